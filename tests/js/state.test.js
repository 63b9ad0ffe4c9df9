import assert from 'node:assert/strict';
import test from 'node:test';

import { filterQuery, formatQuery, parseQuery } from '../../static/js/model/query.js';
import { createState, defaults, isFiltered, merge } from '../../static/js/model/state.js';
import { subTypesOf } from '../../static/js/model/vocabulary.js';
import { makeSnapshot } from './make_snapshot.js';

test('update merges, calls subscribers at once, and resolves when they are done', async () => {
  const state = createState();
  const calls = [];
  let painted;
  state.subscribe((now, before) => {
    calls.push([now.q, before.q]);
    return new Promise((resolve) => { painted = resolve; });
  });
  let done = false;
  const promise = state.update({ q: 'market' }).then(() => { done = true; });
  assert.deepEqual(calls, [['market', '']]);
  await Promise.resolve();
  assert.equal(done, false);
  painted();
  await promise;
  assert.equal(done, true);
  assert.ok(Object.isFrozen(state.get()));
});

test('nothing changed: nobody is called; unsubscribed: no more calls', async () => {
  const state = createState({ types: ['shelling'] });
  let calls = 0;
  const stop = state.subscribe(() => { calls++; });
  await state.update({ types: ['shelling'], from: null, zoom: undefined });
  assert.equal(calls, 0);
  stop();
  await state.update({ q: 'x' });
  assert.equal(calls, 0);
});

const senseless = [{ from: '2020-02-31' }, { types: ['nonsense'] }, { types: 'shelling' }, { zoom: 99 }, { zoom: NaN },
  { bbox: [0, 10, 0, 5] }, { center: [100, 0] }, { colour: 'red' }, { q: 5 }, { compare: { from: '2020-01-02', to: '2020-01-01' } },
  { compare: 'x' }, { unheard: 1 }, Object.create({ q: 'x' }), { precision: [4] }, { window: 0 }];
for (const patch of senseless) {
  test(`senseless is dropped: ${JSON.stringify(patch)}`, () => assert.equal(merge(defaults(), patch), defaults()));
}

test('a period given backwards is turned round', () => {
  const { from, to } = merge(defaults(), { from: '2020-03-01', to: '2020-01-01' });
  assert.deepEqual([from, to], ['2020-01-01', '2020-03-01']);
});

test('filters count as filters, the view does not', () => {
  assert.equal(isFiltered(merge(defaults(), { zoom: 9, lang: 'ar', colour: 'actor' })), false);
  assert.equal(isFiltered(merge(defaults(), { actors: ['hts'] })), true);
});

const queries = [
  ['', {}],
  ['from=2020-01-01&to=2020-03-31', { from: '2020-01-01', to: '2020-03-31' }],
  ['type=battles', { types: subTypesOf('battles') }],
  ['sub_type=armed_clash&sub_type=shelling', { types: ['armed_clash', 'shelling'] }],
  ['actor=hts&actor=russia&source=sohr&place=saraqib', { actors: ['hts', 'russia'], sources: ['sohr'], places: ['saraqib'] }],
  ['precision=1&precision=3', { precision: [1, 3] }],
  ['bbox=36,35,37.5,36.5&q=market+hall', { bbox: [36, 35, 37.5, 36.5], q: 'market hall' }],
  ['center=35.93,36.63&zoom=9.5&colour=actor', { center: [35.93, 36.63], zoom: 9.5, colour: 'actor' }],
  ['compare=2020-04-01..2020-06-30&event=k3m9x2abcd&lang=ar&window=30&list=view',
    { compare: { from: '2020-04-01', to: '2020-06-30' }, event: 'k3m9x2abcd', lang: 'ar', window: 30, list: 'view' }],
  ['q=%D8%B3%D8%B1%D8%A7%D9%82%D8%A8', { q: 'سراقب' }],
];
for (const [query, patch] of queries) {
  test(`the query and the state say the same: ${query}`, () => {
    const parsed = parseQuery(query);
    assert.deepEqual(parsed, { state: merge(defaults(), patch), unknown: [] });
    assert.equal(formatQuery(parsed.state), query);
  });
}

const lenient = [
  ['type=battles,protests', 'type=battles&type=protests'],
  ['precision=exact&precision=about', 'precision=1&precision=2'],
  ['type=battles&sub_type=armed_clash', 'sub_type=armed_clash'],
  ['type=battles&sub_type=shelling', 'sub_type=shelling'],
  ['actor=hts,%20russia', 'actor=hts&actor=russia'],
  ['list=all&colour=type', ''],
  ['?from=2020-01-01', 'from=2020-01-01'],
];
for (const [query, canonical] of lenient) {
  test(`${query} is understood as ${canonical || 'nothing'}`, () => {
    const { state, unknown } = parseQuery(query);
    assert.deepEqual(unknown, []);
    assert.equal(formatQuery(state), canonical);
  });
}

const unknown = [['type=wars', 'type', 'wars'], ['from=yesterday', 'from', 'yesterday'], ['colour=red', 'colour', 'red'],
  ['nonsense=1', 'nonsense', '1'], ['zoom=', 'zoom', ''], ['bbox=1,2,3', 'bbox', '1,2,3'], ['compare=2020', 'compare', '2020'],
  ['actor=nobody', 'actor', 'nobody'], ['place=atlantis', 'place', 'atlantis'], ['constructor=1', 'constructor', '1']];
for (const [query, key, value] of unknown) {
  test(`unknown is reported and ignored: ${query}`, () => {
    const { names } = makeSnapshot([{}]);
    const parsed = parseQuery(`${query}&q=x`, { names });
    assert.deepEqual(parsed.unknown, [{ key, value }]);
    assert.deepEqual(parsed.state, merge(defaults(), { q: 'x' }));
  });
}

test('a whole type beside a part of another is spelled out, since together they would narrow', () => {
  const state = merge(defaults(), { types: [...subTypesOf('riots'), 'shelling'] });
  assert.equal(formatQuery(state), 'sub_type=violent_demonstration&sub_type=mob_violence&sub_type=shelling');
  assert.deepEqual(parseQuery(formatQuery(state)).state.types.toSorted(), state.types.toSorted());
});

test('links to data carry the filters and not the view', () => {
  const state = merge(defaults(), { q: 'x', zoom: 9, types: ['arrests'], event: 'abc' });
  assert.equal(filterQuery(state), 'sub_type=arrests&q=x');
});
