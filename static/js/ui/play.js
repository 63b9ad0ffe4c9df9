/** Playback: the window slides over the axis. */
import { dayOf, isoOf } from '../model/time.js';
import { daysPerFrame, nextWindow, windowFor } from '../model/playback.js';
import { h, pick, replace, s, setText } from './dom.js';

const SPEEDS = [0.5, 1, 2, 4, 8];
const WINDOWS = [7, 30, 90, 365];

/** `createPlay(element, {state, words, extra})`; `toggle()` starts and stops. */
export function createPlay(element, { state, words, extra = [], onStop = null }) {
  const sign = s('svg', { class: 'start', viewBox: '0 0 16 16', 'aria-hidden': 'true' }, s('path', { d: 'M4.5 2.2v11.6L13.8 8z' }));
  const bars = s('svg', { class: 'pause', viewBox: '0 0 16 16', 'aria-hidden': 'true' }, s('path', { d: 'M3.5 2.5h3v11h-3zM9.5 2.5h3v11h-3z' }));
  const go = h('button.go', { 'aria-label': words.t('play'), 'aria-pressed': 'false', onclick: () => toggle() }, sign, bars);
  const title = h('b', {}, words.t('play'));
  let speed = 1;
  let rows = null;
  let frame = 0;
  const speeds = pick(words.t('speed'), SPEEDS.map((n) => [String(n), words.t('times', { n })]), '1', (value) => { speed = Number(value); });
  const windows = pick(words.t('window'), [...WINDOWS.map((n) => [String(n), words.t('days', { n })]), ['0', words.t('wholeBrush')]],
    String(state.get().window ?? 30), (value) => { state.update({ window: Number(value) || null }); if (Number(value)) resizeTo(Number(value)); });
  replace(element, go, h('div.what', {}, title, h('small', {}, words.t('slides'))), h('div.opts', {}, speeds, windows, ...extra));

  const range = () => ({ first: rows.first, last: rows.last });
  const period = () => ({ from: dayOf(state.get().from) ?? rows.first, to: dayOf(state.get().to) ?? rows.last });
  const show = ({ from, to }) => state.update({ from: isoOf(from), to: isoOf(to) });

  function resizeTo(days) {
    if (!rows) return;
    const now = period();
    show(windowFor(now.from, days, range()));
  }

  function start() {
    const now = period();
    if (now.from <= rows.first && now.to >= rows.last) show(windowFor(rows.first, state.get().window ?? 30, range()));
    mark(true);
    let before = performance.now();
    let due = 0;
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    const step = (time) => {
      const { from, to } = period();
      due += daysPerFrame(speed, Math.min(100, time - before));
      before = time;
      const least = still ? to - from + 1 : 1;
      if (due >= least) {
        const days = still ? least : Math.floor(due);
        due -= days;
        show(nextWindow({ from, to }, { ...range(), days }));
      }
      frame = requestAnimationFrame(step);
    };
    frame = requestAnimationFrame(step);
  }

  function stop() {
    cancelAnimationFrame(frame);
    frame = 0;
    mark(false);
    onStop?.();
  }

  function mark(playing) {
    go.setAttribute('aria-pressed', String(playing));
    go.setAttribute('aria-label', words.t(playing ? 'pause' : 'play'));
    setText(title, words.t(playing ? 'pause' : 'play'));
  }

  function toggle() {
    if (!rows || rows.count === 0) return;
    if (frame) stop(); else start();
  }

  return { open(value) { rows = value; }, toggle, stop, get playing() { return frame !== 0; } };
}
