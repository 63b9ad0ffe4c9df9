/** The list: the accessible twin of the map. Only what is seen has nodes, however long it is. */
import { createRest } from '../model/rest.js';
import { describe } from '../model/snapshot.js';
import { h, pick, replace, setHidden, setText } from './dom.js';
import { createItem } from './item.js';

const TALLEST = 6_000_000;
const ORDERS = [['newest', 'newest'], ['oldest', 'oldest'], ['deaths', 'deaths'], ['sources', 'bySources']];
const FETCH_MS = 90;

/**
 * @param {HTMLElement} element
 * @param {{state, words, onOpen(row), bounds: () => number[]}} options `bounds` of the map, for "only this view"
 */
export function createList(element, { state, words, onOpen, bounds }) {
  const count = h('b.num');
  const total = h('span.muted.num');
  const only = h('button.switch', { role: 'switch', 'aria-checked': 'false', onclick: () => state.update({ list: state.get().list === 'view' ? 'all' : 'view' }) }, h('i', { 'aria-hidden': 'true' }), h('span', {}, words.t('onlyView')));
  const sort = pick(words.t('sortBy'), ORDERS.map(([key, label]) => [key, words.t(label)]), 'newest', (value) => { order = value; port.scrollTop = scrolled = 0; refresh(); }, '.bare');
  const sheet = h('ol.list');
  const port = h('div.list-port', { tabindex: '-1' }, sheet);
  const note = h('p.list-note', { hidden: true }, words.t('listEmpty'));
  const head = h('div.panel-head', {},
    h('div.row', {}, h('span.big', {}, count, ' ', total), sort),
    h('div.row', {}, only, h('span.keys', { 'aria-hidden': 'true' }, h('span.kbd', { dir: 'ltr' }, 'j'), h('span.kbd', { dir: 'ltr' }, 'k'))));
  replace(element, head, note, port);
  const pool = [];
  let rows = null;
  let texts = null;
  let list = { count: 0, at: () => -1, indexOf: () => -1 };
  let order = 'newest';
  let height = 113;
  let current = -1;
  let last = null;
  /** The items are of an earlier step than the count above them. */
  let stale = false;
  const fetching = createRest(FETCH_MS, fetchTexts);
  // Both are read when they change, never while drawing: reading them costs a layout.
  let scrolled = 0;
  let view = 600;
  port.addEventListener('scroll', () => { scrolled = port.scrollTop; layout(); }, { passive: true });
  new ResizeObserver(() => { view = port.clientHeight; height = pool[0]?.element.offsetHeight || height; layout(); }).observe(port);

  function refresh(frame = last) {
    if (!frame || !rows) return;
    last = frame;
    const inView = frame.state.list === 'view';
    stale = Boolean(frame.hurried) && list.count > 0 && frame.visible.count > 0;
    if (stale && !inView) { setText(count, words.count(frame.visible.count)); return; }
    list = frame.visible.list({ order, bounds: inView ? bounds() : null });
    setText(count, words.count(list.count));
    stale &&= list.count > 0;
    if (stale) return;
    setText(total, words.t('ofTotal', { n: rows.count }));
    only.setAttribute('aria-checked', String(inView));
    setHidden(note, list.count > 0 || rows.count === 0);
    const tall = Math.min(TALLEST, list.count * height);
    if (sheet.dataset.tall !== String(tall)) { sheet.dataset.tall = tall; sheet.style.height = `${tall}px`; }
    layout();
  }

  function catchUp() { if (stale) refresh({ ...last, hurried: false }); }

  /** How far down the list is, in pixels of a list that nobody had to shorten. */
  function depth() {
    const real = list.count * height - view;
    const shown = Math.min(TALLEST, list.count * height) - view;
    return shown <= 0 || real <= shown ? scrolled : (scrolled / shown) * real;
  }

  function layout() {
    if (!rows) return;
    if (stale) { catchUp(); return; }
    const top = depth();
    const first = Math.max(0, Math.floor(top / height) - 1);
    const needed = Math.min(list.count - first, Math.ceil(view / height) + 3);
    while (pool.length < needed) pool.push(slot());
    for (let i = 0; i < pool.length; i++) fill(pool[i], i < needed ? first + i : -1, top);
    if (!last?.moving) fetching.touch();
  }

  function slot() {
    const made = { row: -1, k: -1, version: '', place: '', attributes: {} };
    const item = createItem(words, () => onOpen(made.row));
    sheet.append(item.element);
    if (pool.length === 0) height = item.element.offsetHeight || height;
    return Object.assign(made, item);
  }

  function fill(at, k, top) {
    const row = k < 0 ? -1 : list.at(k);
    setHidden(at.element, row < 0);
    at.k = k;
    if (row < 0) { at.row = -1; return; }
    const place = `translateY(${Math.round(scrolled + k * height - top)}px)`;
    if (place !== at.place) { at.place = place; at.element.style.transform = place; }
    const text = texts ? texts.peek(row) : null;
    const version = `${row}${text ? 't' : ''}`;
    if (version !== at.version) { at.version = version; at.row = row; at.fill(describe(rows.snapshot, rows.names, row), text ?? (texts ? null : {})); }
    setAttribute(at, 'aria-setsize', list.count);
    setAttribute(at, 'aria-posinset', k + 1);
    setAttribute(at, 'aria-current', row === current);
  }

  /** Attributes that stay are not written again: in the list that is most of them. */
  function setAttribute(at, name, value) {
    if (at.attributes[name] === value) return;
    at.attributes[name] = value;
    at.element.setAttribute(name, value);
  }

  /** Texts come in blocks, for what is on screen, once scrolling and brushing rest. */
  async function fetchTexts() {
    if (!texts) return;
    const missing = pool.filter((at) => at.row >= 0 && !texts.peek(at.row)).map((at) => at.row);
    if (missing.length === 0) return;
    await Promise.allSettled(missing.map((row) => texts.of(row)));
    layout();
  }

  function reveal(k) {
    const real = k * height;
    const top = depth();
    const goal = real < top ? real : real + height > top + view ? real + height - view : null;
    if (goal === null) return;
    const full = list.count * height;
    port.scrollTop = full > TALLEST ? (goal / (full - view)) * (TALLEST - view) : goal;
    scrolled = port.scrollTop;
    layout();
  }

  return {
    open(value, loaded) { rows = value; texts = loaded; pool.forEach((at) => { at.version = ''; }); },
    draw: refresh,
    setTexts(loaded) { texts = loaded; pool.forEach((at) => { at.version = ''; }); layout(); },
    setCurrent(row) { catchUp(); current = row; if (row >= 0) { const k = list.indexOf(row); if (k >= 0) reveal(k); } layout(); },
    position(row) { catchUp(); return { k: list.indexOf(row), n: list.count }; },
    /** The row `step` places from `row`; from nowhere, the first. */
    neighbour(row, step) {
      catchUp();
      const k = row < 0 ? -1 : list.indexOf(row);
      const next = k < 0 ? 0 : k + step;
      return next >= 0 && next < list.count ? list.at(next) : -1;
    },
    focus(row) {
      catchUp();
      const k = list.indexOf(row);
      if (k < 0) return;
      reveal(k);
      pool.find((at) => at.row === row)?.button.focus({ preventScroll: true });
    },
    get focused() { return pool.find((at) => at.element.contains(document.activeElement))?.row ?? -1; },
  };
}
