/** The time part: sentence, levels, histogram, and the brush that moves by pointer and by key. */
import { addMonths, dayOf, isoOf, nextUnit, startOfUnit } from '../model/time.js';
import { resizeWindow, shiftWindow } from '../model/playback.js';
import { domainFor, ticksOf, unitFor } from './axis.js';
import { createBrush } from './brush.js';
import { h, icon, pick, replace } from './dom.js';
import { axisOf, createHistogram } from './histogram.js';
import { createSentence } from './sentence.js';

const LEVELS = ['all', 'year', 'month', 'week'];

/**
 * @param {HTMLElement} element .tl with .tl-head and .tl-plot
 * @param {{state, words, palette, onReset: () => void, onCompare: () => void}} options
 */
export function createTimeline(element, { state, words, palette, onReset, onCompare }) {
  const head = element.querySelector('.tl-head');
  const plot = element.querySelector('.tl-plot');
  const canvas = h('canvas', { role: 'img', 'aria-label': words.t('histogram') });
  const context = canvas.getContext('2d');
  const paintHistogram = createHistogram(context);
  const sentence = createSentence(words);
  const levels = new Map(LEVELS.map((level) => [level, h('button', { 'aria-pressed': 'false', onclick: () => setLevel(level) }, words.t(level))]));
  const compare = h('button.btn.compare-open', { 'aria-pressed': 'false', 'aria-label': words.t('compare'), onclick: onCompare }, icon('cmp', true), h('span', {}, words.t('compare')));
  const compareSmall = h('button.btn.icon.compare-small', { 'aria-pressed': 'false', 'aria-label': words.t('compare'), onclick: onCompare }, icon('cmp', true));
  const reset = h('button.btn.reset', { 'aria-label': words.t('reset'), onclick: onReset }, icon('reset', true), h('span', {}, words.t('reset')));
  replace(head, sentence.element, sentence.live, h('div.seg', { role: 'group', 'aria-label': words.t('levels') }, ...levels.values()), compare, reset);
  const view = { domain: [0, 1], width: 0, height: 0, x0: words.dir === 'rtl' ? 58 : 48, rtl: words.dir === 'rtl', rows: null, level: null };
  const brush = createBrush(plot, { words, view, axis: () => axisOf(view), onChange: setPeriod, current, zoomAxis });
  plot.prepend(canvas);
  let last = null;
  const observer = new ResizeObserver(() => { measure(); draw(last); });
  observer.observe(plot);

  function current() {
    const { from, to } = last?.visible ?? { from: 0, to: 1 };
    return { from, to, compare: comparePeriod(state.get()) };
  }

  function setPeriod({ from, to }, which = 'b') {
    if (which === 'a') return state.update({ compare: { from: isoOf(from), to: isoOf(to) } });
    const { first, last: end } = view.rows;
    return state.update({ from: from <= first && to >= end ? null : isoOf(from), to: from <= first && to >= end ? null : isoOf(to) });
  }

  function setLevel(level) {
    if (!view.rows) return;
    const { first, last: end } = view.rows;
    if (level === 'all') { view.domain = [first, end]; view.level = null; setPeriod({ from: first, to: end }); draw(last); return; }
    const now = current();
    const whole = now.from <= first && now.to >= end;
    const from = startOfUnit(whole ? busiest(level) : now.from, level);
    const period = { from, to: nextUnit(from, level) - 1 };
    view.domain = domainFor(level, period, view.rows);
    view.level = level;
    setPeriod({ from: Math.max(first, period.from), to: Math.min(end, period.to) });
    draw(last);
  }

  /** The start of the fullest bar: where a first look at one year, month or week begins. */
  function busiest(level) {
    const histogram = last.visible.histogram(level);
    let best = 0;
    let most = -1;
    for (let b = 0; b < histogram.bins; b++) {
      let sum = 0;
      for (let g = b * histogram.groups; g < (b + 1) * histogram.groups; g++) sum += histogram.sure[g] + histogram.unsure[g];
      if (sum > most) { most = sum; best = b; }
    }
    return histogram.starts[best];
  }

  function zoomAxis(factor, x) {
    const { first, last: end } = view.rows;
    const [a, z] = view.domain;
    const length = Math.max(28, Math.min(end - first + 1, Math.round((z - a + 1) * factor)));
    const day = axisOf(view).day(x);
    const start = Math.max(first, Math.min(Math.round(day - ((day - a) / (z - a + 1)) * length), end - length + 1));
    view.domain = [start, start + length - 1];
    draw(last);
  }

  function measure() {
    view.width = plot.clientWidth;
    view.height = plot.clientHeight;
    view.x0 = view.width < 500 ? (view.rtl ? 44 : 30) : view.rtl ? 58 : 48;
    const ratio = view.ratio = Math.min(3, window.devicePixelRatio || 1);
    canvas.width = Math.round(view.width * ratio);
    canvas.height = Math.round(view.height * ratio);
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
  }

  function keepInSight({ from, to }) {
    const [a, z] = view.domain;
    if (from >= a && to <= z) return;
    const { first, last: end } = view.rows;
    const length = z - a + 1;
    if (to - from + 1 >= length) { view.domain = [first, end]; return; }
    const start = Math.max(first, Math.min(from < a ? from : to - length + 1, end - length + 1));
    view.domain = [start, start + length - 1];
  }

  function draw(frame) {
    if (view.width === 0) measure();
    if (!frame || view.width === 0) { if (view.width) paintEmpty(context, view, palette); return; }
    last = frame;
    keepInSight(frame.visible);
    const unit = unitFor(view.domain[1] - view.domain[0] + 1, view.width - view.x0 - 16);
    const brushes = brushesOf(frame);
    paintHistogram({
      ...view, histogram: frame.visible.histogram(unit), palette, words, brushes, end: view.rows.last,
      ticks: ticks(),
    });
    brush.place(frame.visible, view.rows);
    if (!frame.hurried) settle(frame);
    sentence.draw(frame);
  }

  /** What nobody reads while the brush moves. */
  function settle(frame) {
    brush.tell(frame.visible, view.rows);
    const now = levelOf(frame);
    for (const [level, button] of levels) setPressed(button, level === now);
    for (const button of [compare, compareSmall]) setPressed(button, Boolean(frame.state.compare));
  }

  /** The ticks of the axis stay while it does. */
  function ticks() {
    const key = `${view.domain}|${view.width}`;
    if (key !== view.ticksKey) Object.assign(view, { ticksKey: key, ticks: ticksOf(view.domain, view.width, words) });
    return view.ticks;
  }

  function levelOf({ state: { from, to }, visible }) {
    if (!from && !to) return 'all';
    return ['year', 'month', 'week'].find((unit) => startOfUnit(visible.from, unit) === visible.from && nextUnit(visible.from, unit) === visible.to + 1) ?? null;
  }

  return {
    open(rows) { view.rows = rows; view.domain = [rows.first, rows.last]; measure(); },
    draw,
    reset() { if (view.rows) view.domain = [view.rows.first, view.rows.last]; },
    /** The same beside the play button, where there is no room for the words: on phones. */
    compareButton: () => compareSmall,
    resetButton: () => h('button.btn.icon.reset-small', { 'aria-label': words.t('reset'), onclick: onReset }, icon('reset', true)),
    levelsPick: () => pick(words.t('levels'), LEVELS.map((level) => [level, words.t(level)]), 'all', setLevel, '.levels-pick'),
    /** Arrow keys anywhere on the page: by days or months, along the axis of the page. */
    shift(step) {
      if (!view.rows) return;
      const { first, last: end } = view.rows;
      const now = current();
      if (now.from <= first && now.to >= end) { setPeriod(step.months > 0 || step.days > 0 ? { from: first, to: addMonths(first, 1) - 1 } : { from: addMonths(end, -1) + 1, to: end }); return; }
      setPeriod(shiftWindow(now, { ...step, first, last: end }));
    },
    resize(days) {
      const now = current();
      if (view.rows) setPeriod(resizeWindow(now, 'to', now.to + days, view.rows));
    },
  };
}

const setPressed = (button, on) => { if (button.getAttribute('aria-pressed') !== String(on)) button.setAttribute('aria-pressed', String(on)); };

function comparePeriod({ compare }) {
  return compare ? { from: dayOf(compare.from), to: dayOf(compare.to) } : null;
}

function brushesOf({ state, visible }) {
  const other = comparePeriod(state);
  const own = { from: visible.from, to: visible.to, name: 'B' };
  return other ? [{ ...other, name: 'A' }, own] : [own];
}

/** Before there are events: an axis without bars, in its place. */
function paintEmpty(context, { width, height, x0, rtl }, palette) {
  context.clearRect(0, 0, width, height);
  context.strokeStyle = palette.line2;
  context.lineWidth = 1;
  context.beginPath();
  const y = height - 19.5;
  context.moveTo(rtl ? 16 : x0, y);
  context.lineTo(rtl ? width - x0 : width - 16, y);
  for (let k = 0; k <= 5; k++) {
    const x = Math.round((rtl ? 16 : x0) + (k / 5) * (width - x0 - 16)) + 0.5;
    context.moveTo(x, y);
    context.lineTo(x, y + 6);
  }
  context.stroke();
}
