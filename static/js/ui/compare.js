/** Two periods side by side: sums, change by type and by governorate, and what may explain it. */
import { dayOf, isoOf } from '../model/time.js';
import { placeName } from '../model/names.js';
import { EVENT_TYPES } from '../model/vocabulary.js';
import { glyph, h, icon, replace, s } from './dom.js';
import { TYPE_ORDER } from './palette.js';

const FEW = 10;
const PLACES = 7;

/** `createCompare(element, {state, words, onClose})` with `draw({state, visible, other, rows})`. */
export function createCompare(element, { state, words, onClose }) {
  const title = h('h2.grow', {}, words.t('compareTitle'));
  const bar = h('div.card-bar', {}, title, h('button.btn.quiet.icon.close', { 'aria-label': words.t('closeCompare'), onclick: onClose }, icon('x')));
  const body = h('div.cmp', { tabindex: '0', 'aria-label': words.t('compareTitle'), role: 'region' });
  const periods = { a: periodRow('a'), b: periodRow('b') };
  const tables = h('div');
  replace(body, periods.a.element, periods.b.element, tables);

  function periodRow(side) {
    const label = words.t(side === 'a' ? 'periodA' : 'periodB');
    const field = (key) => h('input', { type: 'date', 'aria-label': `${label}, ${words.t(key)}`, onchange: () => change() });
    const [from, to] = [field('from'), field('until')];
    const value = h('span.v.num');
    const change = () => {
      if (!from.value || !to.value || from.value > to.value) return;
      const period = { from: from.value, to: to.value };
      state.update(side === 'a' ? { compare: period } : period);
    };
    const moon = s('svg', { class: 'sw', viewBox: '0 0 12 12', 'aria-hidden': 'true' }, s('path', { class: `half-${side}`, d: side === 'a' ? 'M6 1A5 5 0 0 0 6 11Z' : 'M6 1A5 5 0 0 1 6 11Z' }));
    const letter = words.lang === 'ar' ? { a: 'أ', b: 'ب' }[side] : side.toUpperCase();
    const spanText = h('span.muted');
    const element = h('div.period', {}, moon, h('details', {}, h('summary', {}, `${letter} `, spanText), h('span.dates', {}, from, to)), value);
    return {
      element,
      set(count, start, end) {
        value.textContent = words.count(count);
        spanText.textContent = words.span(start, end);
        if (document.activeElement !== from) from.value = isoOf(start);
        if (document.activeElement !== to) to.value = isoOf(end);
      },
    };
  }

  function draw({ visible, other, rows, state: { compare } }) {
    if (!element.contains(body)) replace(element, bar, body);
    const [aFrom, aTo] = [dayOf(compare.from), dayOf(compare.to)];
    periods.a.set(other.count, aFrom, aTo);
    periods.b.set(visible.count, visible.from, visible.to);
    const days = [aTo - aFrom + 1, visible.to - visible.from + 1];
    replace(tables, delta(other.count, visible.count, days), typeTable(other, visible), placeTable(other, visible, rows), reports(other, visible));
  }

  function delta(a, b, [daysA, daysB]) {
    const change = b - a;
    const pct = changeText(a, b, words);
    const said = change === 0 ? words.t('sameEvents') : words.t(change < 0 ? 'fewerEvents' : 'moreEvents', { n: Math.abs(change), pct });
    const length = daysA === daysB ? words.t('sameLength', { n: daysA }) : words.t('otherLength', { a: daysA, b: daysB });
    return h('p.delta', {}, h('b.num', {}, said), ' ', length);
  }

  function typeTable(other, visible) {
    const a = Uint32Array.from(other.counts('type'));
    const b = Uint32Array.from(visible.counts('type'));
    const lines = TYPE_ORDER.map((type) => ({ label: words.typeShort(type), mark: glyph(type, 14), a: a[EVENT_TYPES.indexOf(type)], b: b[EVENT_TYPES.indexOf(type)] }));
    return table(words.t('byTypeHead'), lines);
  }

  function placeTable(other, visible, { names }) {
    const a = Uint32Array.from(other.counts('place'));
    const b = Uint32Array.from(visible.counts('place'));
    const lines = names.places.map((place, i) => ({ place, label: bare(placeName(place, words.lang)), a: a[i], b: b[i] }))
      .filter(({ place, a: x, b: y }) => place.kind === 'governorate' && x + y > 0).sort((x, y) => y.a + y.b - x.a - x.b).slice(0, PLACES);
    return lines.length ? table(words.t('byPlaceHead'), lines) : null;
  }

  function table(head, lines) {
    const most = Math.max(1, ...lines.flatMap((line) => [line.a, line.b]));
    const names = words.lang === 'ar' ? ['أ', 'ب'] : ['A', 'B'];
    return h('table', {}, h('colgroup', {}, h('col'), h('col.c'), h('col.n'), h('col.n'), h('col.d')),
      h('thead', {}, h('tr', {}, h('th', { scope: 'col', colspan: 2 }, head), h('th', { scope: 'col' }, names[0]), h('th', { scope: 'col' }, names[1]), h('th', { scope: 'col' }, words.t('change')))),
      h('tbody', {}, ...lines.map((line) => h('tr', {}, h('td', {}, h('span.cell', {}, line.mark, h('span', {}, line.label))), h('td.c', {}, barsOf(line.a, line.b, most)),
        h('td.n.num', {}, words.count(line.a)), h('td.n.num', {}, words.count(line.b)), h('td.d.num', {}, changeText(line.a, line.b, words))))));
  }

  function reports(other, visible) {
    const sources = (view) => view.counts('source').reduce((sum, n) => sum + (n > 0 ? 1 : 0), 0);
    const [a, b] = [sources(other), sources(visible)];
    return h('p.note', {}, words.t('fewerReports', { a, b }));
  }

  return { draw, close() { replace(element); }, setTitle(text) { title.textContent = text; } };
}

function barsOf(a, b, most) {
  const [first, second] = [h('i'), h('i')];
  first.style.transform = `scaleX(${a ? Math.max(0.02, a / most) : 0})`;
  second.style.transform = `scaleX(${b ? Math.max(0.02, b / most) : 0})`;
  return h('div.bars', { 'aria-hidden': 'true' }, first, second);
}

/** The heading says that they are governorates. */
const bare = (name) => name.replace(/ Governorate$/, '').replace(/^محافظة /, '');

/** Percent where the first period has ten or more, else the difference: small numbers make large percents. */
export function changeText(a, b, words) {
  if (a >= FEW) return words.percent((b - a) / a);
  const change = b - a;
  return `${change > 0 ? '+' : change < 0 ? '−' : '±'}${words.num(Math.abs(change))}`;
}

/** The period before this one, of the same length; pushed inside the data. */
export function periodBefore({ from, to }, first, last) {
  const length = to - from + 1;
  if (from - length >= first) return { a: { from: from - length, to: from - 1 }, b: { from, to } };
  const half = Math.max(1, Math.floor((last - first + 1) / 2));
  const size = Math.min(length, half);
  const start = Math.max(first, Math.min(from - size, last - 2 * size + 1));
  return { a: { from: start, to: start + size - 1 }, b: { from: start + size, to: start + 2 * size - 1 } };
}
