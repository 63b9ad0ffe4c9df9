/** The brush's handles: pointer and keys over the histogram. Painting is histogram.js's. */
import { resizeWindow, shiftWindow, windowFor } from '../model/playback.js';
import { h } from './dom.js';

const EDGE = 12;
/** Width of a grip: those of a period of a day or two stand beside each other, not on each other. */
const GRIP = 24;

/**
 * @param {HTMLElement} plot
 * @param {{words, view, axis: () => object, current: () => {from, to, compare}, onChange(period, which), zoomAxis(factor, x)}} options
 */
export function createBrush(plot, { words, view, axis, current, onChange, zoomAxis }) {
  const body = slider('div.brush', words.t('brush'));
  const start = slider('div.grip', words.t('brushStart'));
  const end = slider('div.grip', words.t('brushEnd'));
  plot.append(body, start, end);
  body.addEventListener('keydown', (event) => onKey(event, (step) => shiftWindow(current(), { ...step, ...range() })));
  start.addEventListener('keydown', (event) => onKey(event, (step) => moveEdge('from', step)));
  end.addEventListener('keydown', (event) => onKey(event, (step) => moveEdge('to', step)));
  plot.addEventListener('pointerdown', grab);
  plot.addEventListener('wheel', (event) => {
    if (!view.rows || Math.abs(event.deltaY) < Math.abs(event.deltaX)) return;
    event.preventDefault();
    zoomAxis(event.deltaY > 0 ? 1.18 : 0.85, xOf(event));
  }, { passive: false });

  let width = '';
  const range = () => ({ first: view.rows.first, last: view.rows.last });
  const xOf = (event) => event.clientX - plot.getBoundingClientRect().left;

  function moveEdge(edge, { days = 0, months = 0 }) {
    const now = current();
    return resizeWindow(now, edge, now[edge] + days + months * 30, range());
  }

  function onKey(event, make) {
    const ahead = view.rtl ? 'ArrowLeft' : 'ArrowRight';
    const backward = view.rtl ? 'ArrowRight' : 'ArrowLeft';
    const sign = event.key === ahead || event.key === 'ArrowUp' ? 1 : event.key === backward || event.key === 'ArrowDown' ? -1 : 0;
    if (!view.rows || sign === 0 || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    onChange(make(event.shiftKey ? { months: sign } : { days: sign }));
  }

  /** What a pointer takes hold of: an edge, the brush, or empty time where a new one is drawn. */
  function grab(event) {
    if (!view.rows || event.button > 0) return;
    const x = xOf(event);
    const day = axis().day(x);
    const hold = holdAt(x, day, event.pointerType === 'touch' ? 22 : EDGE);
    event.preventDefault();
    plot.setPointerCapture(event.pointerId);
    let moved = false;
    const move = (e) => {
      const to = axis().day(xOf(e));
      moved ||= Math.abs(xOf(e) - x) > 3;
      if (moved) onChange(dragged(hold, day, to), hold.which);
    };
    const done = () => {
      plot.removeEventListener('pointermove', move);
      plot.removeEventListener('pointerup', done);
      plot.removeEventListener('pointercancel', done);
      if (!moved && hold.part === 'new') jump(day);
    };
    plot.addEventListener('pointermove', move);
    plot.addEventListener('pointerup', done);
    plot.addEventListener('pointercancel', done);
    (hold.part === 'from' ? start : hold.part === 'to' ? end : body).focus({ preventScroll: true });
  }

  function holdAt(x, day, reach) {
    const now = current();
    const periods = now.compare ? [['b', now], ['a', now.compare]] : [['b', now]];
    for (const [which, period] of periods) {
      const part = partAt(period, x, day, reach);
      if (part) return { which, part, period: { from: period.from, to: period.to } };
    }
    return { which: 'b', part: 'new', period: now };
  }

  function partAt({ from, to }, x, day, reach) {
    const { x: at } = axis();
    const [a, z] = [at(from), at(to + 1)];
    const near = Math.min(reach, Math.max(5, Math.abs(z - a) / 2.5));
    if (Math.abs(x - a) <= near && (x - a) * (z - a) <= (z - a) ** 2) return Math.abs(x - z) < Math.abs(x - a) ? 'to' : 'from';
    if (Math.abs(x - z) <= near) return 'to';
    const whole = from <= view.rows.first && to >= view.rows.last;
    return day >= from && day <= to && !whole ? 'body' : null;
  }

  function dragged({ part, period }, from, to) {
    if (part === 'body') return shiftWindow(period, { days: to - from, ...range() });
    if (part === 'new') return { from: Math.max(view.rows.first, Math.min(from, to)), to: Math.min(view.rows.last, Math.max(from, to)) };
    return resizeWindow(period, part, part === 'to' ? to : to, range());
  }

  function jump(day) {
    const { from, to } = current();
    const whole = from <= view.rows.first && to >= view.rows.last;
    const length = whole ? 30 : to - from + 1;
    onChange(windowFor(day - Math.floor(length / 2), length, range()));
  }

  return {
    place({ from, to }, rows) {
      const { x } = axis();
      const clip = (value) => Math.max(0, Math.min(view.width, value));
      const [a, z] = [clip(x(from)), clip(x(to + 1))];
      move(body, Math.min(a, z));
      const wide = Math.abs(z - a).toFixed(1);
      if (wide !== width) { width = wide; body.style.width = `${wide}px`; }
      const apart = Math.max(0, GRIP - Math.abs(z - a)) / 2 * (view.rtl ? -1 : 1);
      move(start, a - apart);
      move(end, z + apart);
    },
    /** What the handles say of themselves; written when the brush rests. */
    tell({ from, to }, rows) {
      describe(start, from, rows.first, to, words.day(from));
      describe(end, to, from, rows.last, words.day(to));
      describe(body, from, rows.first, rows.last, words.span(from, to));
    },
  };
}

function move(node, x) {
  node.style.transform = `translateX(${x.toFixed(1)}px)`;
}

const slider = (tag, label) => h(tag, { role: 'slider', tabindex: '0', 'aria-label': label, 'aria-orientation': 'horizontal', 'aria-valuemin': 0, 'aria-valuemax': 1, 'aria-valuenow': 0 });

function describe(node, now, min, max, text) {
  if (node.dataset.text === text && node.dataset.now === String(now)) return;
  node.dataset.text = text;
  node.dataset.now = now;
  node.setAttribute('aria-valuemin', min);
  node.setAttribute('aria-valuemax', max);
  node.setAttribute('aria-valuenow', now);
  node.setAttribute('aria-valuetext', text);
}
