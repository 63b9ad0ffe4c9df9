import assert from 'node:assert/strict';
import { test } from 'node:test';

import { createWords } from '../../static/js/i18n/words.js';
import { ar } from '../../static/js/i18n/ar.js';
import { en } from '../../static/js/i18n/en.js';
import { dayOf } from '../../static/js/model/time.js';
import { SUB_TYPES, subTypesOf } from '../../static/js/model/vocabulary.js';
import { domainFor, ticksOf, unitFor } from '../../static/js/ui/axis.js';
import { safeUrl, saidByAnother } from '../../static/js/ui/claims.js';
import { changeText, periodBefore } from '../../static/js/ui/compare.js';
import { toggled } from '../../static/js/ui/filter_types.js';
import { axisOf } from '../../static/js/ui/histogram.js';
import { killedText, titleOf } from '../../static/js/ui/item.js';
import { createLoop } from '../../static/js/ui/loop.js';
import { mix } from '../../static/js/ui/palette.js';
import { marksOf, sound } from '../../static/js/ui/quote.js';

const english = createWords('en');
const arabic = createWords('ar');

const keysOf = (messages, prefix = '') => Object.entries(messages).flatMap(([key, value]) =>
  (typeof value === 'object' && !('other' in value && typeof value.other === 'string' && !('attack' in value)) ? keysOf(value, `${prefix}${key}.`) : [prefix + key])).sort();

test('Arabic says everything that English says', () => {
  const missing = keysOf({ ...en, titles: {} }).filter((key) => !keysOf({ ...ar, titles: {} }).includes(key));
  assert.deepEqual(missing, []);
});

test('holes of a message are the same in both languages', () => {
  const holes = (message) => [...new Set(String(typeof message === 'string' ? message : message.other).match(/\{\w+\}/g) ?? [])].sort().join();
  for (const key of Object.keys(en)) {
    if (typeof en[key] === 'string' || typeof en[key].other === 'string') assert.equal(holes(ar[key]), holes(en[key]), key);
  }
});

for (const [n, said] of [[1, 'حدث واحد'], [2, 'حدثان'], [3, '٣ أحداث'], [11, '١١ حدثاً'], [100, '١٠٠ حدث']]) {
  test(`Arabic counts ${n} with its own plural`, () => assert.equal(arabic.t('events', { n }), said));
}

test('numbers are written as Intl writes them', () => {
  for (const [words, { locale }] of [[english, en], [arabic, ar]]) {
    const format = new Intl.NumberFormat(locale);
    const forms = new Intl.PluralRules(words.locale);
    for (let n = 0; n < 1300; n += 0.5) assert.equal((words.lang === 'ar' ? ar : en).plural(n), forms.select(n), String(n));
    for (const n of [0, 7, 10, 999, 1000, 1234, 35512, 100000, 1234567, -5, 2.5]) assert.equal(words.count(n), format.format(n));
  }
});

test('days are Levantine and Eastern in Arabic', () => {
  const day = dayOf('2020-02-20');
  assert.equal(english.day(day), '20 Feb 2020');
  assert.match(arabic.day(day), /^٢٠ شباط ٢٠٢٠$/);
});

test('a period says month and year once', () => {
  assert.match(english.span(dayOf('2018-01-01'), dayOf('2018-03-31')), /^1 Jan\s–\s31 Mar 2018$/u);
  assert.equal(english.span(dayOf('2018-01-01'), dayOf('2018-01-01')), '1 Jan 2018');
});

test('switching one type off keeps all others, and switching it on again is no filter', () => {
  const without = toggled([], subTypesOf('riots'));
  assert.equal(without.length, SUB_TYPES.length - subTypesOf('riots').length);
  assert.deepEqual(toggled(without, subTypesOf('riots')), []);
});

test('switching the last type off is no filter, never an empty map', () => {
  assert.deepEqual(toggled(['attack'], ['attack']), []);
});

for (const [a, b, said] of [[100, 44, '−56%'], [10, 10, '0%'], [3, 6, '+3'], [9, 3, '−6'], [0, 0, '±0']]) {
  test(`a change from ${a} to ${b} reads ${said}`, () => assert.equal(changeText(a, b, english), said));
}

test('the period compared with is as long, and just before', () => {
  assert.deepEqual(periodBefore({ from: 100, to: 109 }, 0, 500), { a: { from: 90, to: 99 }, b: { from: 100, to: 109 } });
});

test('two periods at the start of the data stay inside it', () => {
  const { a, b } = periodBefore({ from: 0, to: 500 }, 0, 500);
  assert.ok(a.from >= 0 && b.to <= 500 && a.to + 1 === b.from && a.to - a.from === b.to - b.from);
});

for (const [marks, length, joined] of [
  [[[5, 9], [0, 3]], 20, [[0, 3], [5, 9]]],
  [[[0, 6], [4, 9]], 20, [[0, 9]]],
  [[[-1, 3], [4, 40], [6, 6]], 20, []],
  [null, 5, []],
]) {
  test(`marks ${JSON.stringify(marks)} in ${length} letters are ${JSON.stringify(joined)}`, () => assert.deepEqual(sound(marks, length), joined));
}

test('figures are marked by code points, beside the trigger', () => {
  assert.deepEqual(marksOf({ quote: '😀 five died there', trigger: [7, 11], fatalities_text: 'five died' }), [[7, 11], [2, 11]]);
});

for (const [figures, said] of [
  [{ low: 4, best: 4, high: 4 }, '4 killed'], [{ low: 2, best: 2, high: 12 }, '2–12 killed'], [{ low: null, best: 3, high: null }, '3 killed'],
  [{ low: null, best: null, high: null }, ''], [{ low: 0, best: 0, high: 0 }, ''],
]) {
  test(`figures ${JSON.stringify(figures)} read "${said}"`, () => assert.equal(killedText(figures, english), said));
}

test('a region is named as what the event is somewhere in', () => {
  const event = { subType: 'shelling', precision: 3, place: { en: 'Afrin', ar: 'عفرين', kind: 'district' } };
  assert.equal(titleOf(event, null, english), 'Shelling, somewhere in Afrin');
  assert.match(titleOf(event, null, arabic), /عفرين$/);
});

for (const [days, width, unit] of [[1645, 900, 'week'], [120, 900, 'day'], [36500, 900, 'year'], [7000, 900, 'month']]) {
  test(`${days} days on ${width} pixels have bars of a ${unit}`, () => assert.equal(unitFor(days, width), unit));
}

test('the axis runs to the left in Arabic, and days are found again where they are drawn', () => {
  for (const rtl of [false, true]) {
    const axis = axisOf({ width: 900, domain: [100, 399], rtl, x0: 48 });
    assert.equal(axis.x(110) < axis.x(390), !rtl);
    for (const day of [100, 250, 399]) assert.equal(axis.day((axis.x(day) + axis.x(day + 1)) / 2), day);
  }
});

test('the axis of a week shows what lies around it, inside the data', () => {
  const [from, to] = domainFor('week', { from: 3, to: 9 }, { first: 0, last: 2000 });
  assert.ok(from === 0 && to - from + 1 === 126);
  assert.deepEqual(domainFor('week', { from: 3, to: 9 }, { first: 0, last: 60 }), [0, 60]);
});

test('every year of a long axis has its tick', () => {
  const texts = ticksOf([dayOf('2016-01-01'), dayOf('2019-12-31')], 900, english).map((tick) => tick.text).filter(Boolean);
  assert.deepEqual(texts, ['2016', '2017', '2018', '2019']);
});

for (const [url, safe] of [['https://a.example/x', true], ['javascript:alert(1)', false], ['data:text/html,x', false], ['', false], [undefined, false]]) {
  test(`${url} is ${safe ? '' : 'not '}a link`, () => assert.equal(safeUrl(url), safe));
}

test('colours are mixed by share', () => assert.equal(mix('#000000', '#ffffff', 0.5), 'rgb(128 128 128)'));

test('many changes in a frame are one step, and all are answered once it is painted', async () => {
  const frames = [];
  globalThis.document = { hidden: false };
  globalThis.requestAnimationFrame = (fn) => frames.push(fn);
  const subscribers = [];
  const state = { get: () => ({}), subscribe: (fn) => subscribers.push(fn) };
  let steps = 0;
  createLoop({ state, step: () => { steps++; return {}; }, draw: () => {} });
  const answers = Promise.all([subscribers[0](), subscribers[0](), subscribers[0]()]);
  while (frames.length) frames.shift()();
  await answers;
  assert.equal(steps, 1);
  delete globalThis.document;
  delete globalThis.requestAnimationFrame;
});

for (const [source, by, said] of [['Enab Baladi', 'Syria Civil Defence', true], ['SANA', 'SANA', false], ['SANA', 'sana ', false], ['SANA', '', false]]) {
  test(`${source} reporting what "${by}" says ${said ? 'names' : 'does not name'} the speaker`, () => assert.equal(saidByAnother({ source, reported_by: by }), said));
}

for (const words of [english, arabic]) {
  test(`numbers and their plurals are as Intl has them: ${words.lang}`, () => {
    const format = new Intl.NumberFormat(words.locale);
    const forms = new Intl.PluralRules(words.locale);
    for (let n = 0; n < 1300; n += 0.5) assert.equal((words.lang === 'ar' ? ar : en).plural(n), forms.select(n), String(n));
    for (const n of [0, 7, 10, 999, 1000, 12345, 1234567, 0.5, 1234.25, 1234567.125, -3, -1234.5, 1e21, 0.12345, Infinity]) assert.equal(words.num(n), format.format(n));
  });
}
