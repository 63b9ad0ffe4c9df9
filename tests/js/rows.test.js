import assert from 'node:assert/strict';
import test from 'node:test';

import { ancestors } from '../../static/js/model/names.js';
import { createRows } from '../../static/js/model/rows.js';
import { actorsOf, endOf, isContested, isUncertain, sourcesOf, startOf, subTypeOf } from '../../static/js/model/snapshot.js';
import { defaults, merge } from '../../static/js/model/state.js';
import { dayOf, isoOf, startOfUnit } from '../../static/js/model/time.js';
import { EVENT_TYPES, SUB_TYPES, TYPE_OF_SUB } from '../../static/js/model/vocabulary.js';
import { makeMany, makeRandom, makeSnapshot } from './make_snapshot.js';

/** The filters once more, row by row, from the meaning of the state alone: what each row fails. */
function failures({ snapshot, names }, row, state) {
  const site = snapshot.site[row];
  const place = snapshot.sites.place[site];
  const has = (wanted, slugs) => wanted.length === 0 || slugs.some((slug) => wanted.includes(slug));
  const [west, south, east, north] = state.bbox ?? [-180, -90, 180, 90];
  const { lat, lon, precision } = snapshot.sites;
  return {
    time: !(startOf(snapshot, row) <= dayOf(state.to ?? '2500-01-01') && endOf(snapshot, row) >= dayOf(state.from ?? '1900-01-01')),
    type: !has(state.types, [SUB_TYPES[subTypeOf(snapshot, row)]]),
    actor: !has(state.actors, actorsOf(snapshot, row).map((id) => names.actors[id].slug)),
    source: !has(state.sources, sourcesOf(snapshot, row).map((id) => names.sources[id].slug)),
    place: !has(state.places, place < 0 ? [] : [place, ...ancestors(names, place)].map((p) => names.places[p].slug)),
    precision: !has(state.precision, [precision[site]]),
    bbox: !(lon[site] >= west && lon[site] <= east && lat[site] >= south && lat[site] <= north),
  };
}

function bruteForce(data, state) {
  const { snapshot, names } = data;
  const out = {
    count: 0, uncertain: 0, contested: 0, best: 0, sites: new Map(), rows: [],
    type: new Uint32Array(EVENT_TYPES.length), sub_type: new Uint32Array(SUB_TYPES.length),
    actor: new Uint32Array(names.actors.length), source: new Uint32Array(names.sources.length),
    place: new Uint32Array(names.places.length), precision: new Uint32Array(4), months: new Map(),
  };
  for (let row = 0; row < snapshot.count; row++) {
    const failed = Object.entries(failures(data, row, state)).filter(([, fails]) => fails).map(([key]) => key);
    const passes = (facet) => failed.every((key) => key === facet);
    const site = snapshot.site[row];
    const place = snapshot.sites.place[site];
    if (failed.length === 0) {
      out.count++;
      out.rows.push(row);
      out.uncertain += isUncertain(snapshot, row);
      out.contested += isContested(snapshot, row);
      out.best += Math.max(0, snapshot.figures.best[snapshot.figure[row]]);
      out.sites.set(site, (out.sites.get(site) ?? 0) + 1);
    }
    if (passes('type')) {
      out.sub_type[subTypeOf(snapshot, row)]++;
      out.type[TYPE_OF_SUB[subTypeOf(snapshot, row)]]++;
    }
    if (passes('actor')) actorsOf(snapshot, row).forEach((id) => out.actor[id]++);
    if (passes('source')) sourcesOf(snapshot, row).forEach((id) => out.source[id]++);
    if (passes('place') && place >= 0) [place, ...ancestors(names, place)].forEach((p) => out.place[p]++);
    if (passes('precision')) out.precision[snapshot.sites.precision[site]]++;
    if (passes('time')) spread(out.months, snapshot, row);
  }
  return out;
}

function spread(months, snapshot, row) {
  const start = startOf(snapshot, row);
  const days = isUncertain(snapshot, row) ? endOf(snapshot, row) - start + 1 : 1;
  for (let day = start; day < start + days; day++) {
    const month = startOfUnit(day, 'month');
    months.set(month, (months.get(month) ?? 0) + 1 / days);
  }
}

/** A random change of the state, as a user would make it; often only the window moves. */
function randomPatch(random, { names, snapshot }) {
  const below = (n) => Math.floor(random() * n);
  const some = (list, most) => Array.from({ length: below(most + 1) }, () => list[below(list.length)]);
  const day = () => isoOf(snapshot.firstDay + below(snapshot.lastDay - snapshot.firstDay + 1));
  const slugs = (items) => items.map((item) => item.slug);
  const patches = [
    () => ({ from: day(), to: day() }), () => ({ from: day() }), () => ({ to: day() }),
    () => ({ from: null, to: null }), () => ({ types: some(SUB_TYPES, 12) }),
    () => ({ actors: some(slugs(names.actors), 2) }), () => ({ sources: some(slugs(names.sources), 2) }),
    () => ({ places: some(slugs(names.places), 20) }), () => ({ precision: some([1, 2, 3], 2) }),
    () => ({ bbox: random() < 0.5 ? null : [36.2, 35.1 + random() * 0.4, 37.2, 36.2] }),
    () => ({ colour: ['type', 'actor', 'sources'][below(3)] }),
  ];
  return patches[below(patches.length)]();
}

function assertSame(visible, expected, data) {
  assert.equal(visible.count, expected.count);
  assert.equal(visible.uncertain, expected.uncertain);
  assert.equal(visible.contested, expected.contested);
  assert.equal(visible.best, expected.best);
  for (const facet of ['type', 'sub_type', 'actor', 'source', 'place', 'precision']) {
    assert.deepEqual(visible.counts(facet), expected[facet], facet);
  }
  visible.siteCounts.forEach((n, site) => assert.equal(n, expected.sites.get(site) ?? 0));
  const { groupCount } = visible;
  visible.siteCounts.forEach((n, site) => assert.equal(
    n, visible.siteGroups.subarray(site * groupCount, (site + 1) * groupCount).reduce((a, b) => a + b, 0)));
  for (const row of expected.rows) {
    if (visible.siteCounts[data.snapshot.site[row]] === 1) assert.equal(visible.siteLone[data.snapshot.site[row]], row);
  }
  const histogram = visible.histogram('month');
  histogram.starts.forEach((start, bin) => {
    let sum = 0;
    for (let i = bin * histogram.groups; i < (bin + 1) * histogram.groups; i++) sum += histogram.sure[i] + histogram.unsure[i];
    assert.ok(Math.abs(sum - (expected.months.get(start) ?? 0)) < 0.01, `bin ${isoOf(start)}`);
  });
}

const PARENTS = [
  { slug: 'syria', en: 'Syria', ar: 'سوريا', kind: 'country', parent: null },
  { slug: 'idlib-governorate', en: 'Idlib Governorate', ar: '', kind: 'governorate', parent: 'syria' },
  { slug: 'saraqib', en: 'Saraqib', ar: 'سراقب', kind: 'city', parent: 'idlib-governorate' },
];

test('after 200 random steps the counts equal a brute-force count, exactly', () => {
  const data = makeMany(3000, { seed: 7, places: 60, days: 700 });
  data.names.places.forEach((place, p) => { if (p > 5) place.parent = p % 6; });
  const rows = createRows(data.snapshot, data.names);
  const random = makeRandom(99);
  let state = defaults();
  for (let step = 0; step < 200; step++) {
    state = merge(state, randomPatch(random, data));
    assertSame(rows.apply(state), bruteForce(data, state), data);
  }
});

test('a step gives the same object and arrays again', () => {
  const { snapshot, names } = makeMany(500);
  const rows = createRows(snapshot, names);
  const visible = rows.apply(defaults());
  const { siteCounts } = visible;
  const again = rows.apply(merge(defaults(), { from: '2018-01-01', to: '2018-02-01' }));
  assert.equal(again, visible);
  assert.equal(again.siteCounts, siteCounts);
  assert.equal(again.histogram('week'), again.histogram('week'));
});

test('a time step allocates next to nothing', () => {
  const { snapshot, names } = makeMany(5000);
  const rows = createRows(snapshot, names);
  const steps = Array.from({ length: 1000 }, (_, day) =>
    merge(defaults(), { from: isoOf(rows.first + day), to: isoOf(rows.first + day + 90) }));
  for (let warm = 0; warm < 5; warm++) steps.forEach((state) => rows.apply(state));
  // The heap also grows by what the compiler and the test runner keep: the leanest of ten rounds counts.
  const rounds = Array.from({ length: 10 }, () => {
    const before = process.memoryUsage().heapUsed;
    for (const state of steps) rows.apply(state);
    return (process.memoryUsage().heapUsed - before) / steps.length;
  });
  assert.ok(Math.min(...rounds.map(Math.abs)) < 500, `bytes a step: ${rounds.map(Math.round)}`);
});

test('an event with a date range is visible wherever the window touches it', () => {
  const { snapshot, names } = makeSnapshot([{ start: '2020-01-10', end: '2020-01-20', timePrecision: 'week' }]);
  const rows = createRows(snapshot, names);
  const cases = [['2020-01-01', '2020-01-09', 0], ['2020-01-01', '2020-01-10', 1], ['2020-01-15', '2020-01-15', 1],
    ['2020-01-20', '2020-02-01', 1], ['2020-01-21', '2020-02-01', 0]];
  for (const [from, to, count] of cases) assert.equal(rows.apply(merge(defaults(), { from, to })).count, count, from);
});

test('a place stands for all places within it', () => {
  const { snapshot, names } = makeSnapshot([{ place: 'saraqib' }, { place: 'azaz' }], { places: PARENTS });
  const rows = createRows(snapshot, names);
  const visible = rows.apply(merge(defaults(), { places: ['syria'] }));
  assert.equal(visible.count, 1);
  assert.equal(visible.counts('place')[names.placeIndex.get('idlib-governorate')], 1);
});

test('search words match names in either language, and rows that the texts gave', () => {
  const { snapshot, names } = makeSnapshot(
    [{ place: 'saraqib' }, { place: 'azaz', actors: ['hts'] }, { place: 'azaz', actors: ['sdf'] }], { places: PARENTS });
  const rows = createRows(snapshot, names);
  assert.equal(rows.apply(merge(defaults(), { q: 'Sarāqib' })).count, 1);
  assert.equal(rows.apply(merge(defaults(), { q: 'سراقب' })).count, 1);
  assert.equal(rows.apply(merge(defaults(), { q: 'hts' })).count, 1);
  assert.equal(rows.apply(merge(defaults(), { q: 'market' })).count, 0);
  rows.setTextMatches('market', Uint32Array.of(2));
  assert.equal(rows.apply(merge(defaults(), { q: 'market' })).count, 1);
  assert.equal(rows.apply(merge(defaults(), { q: 'hts' })).count, 1);
});

test('two periods are compared under the same filters', () => {
  const { snapshot, names } = makeSnapshot([
    { start: '2020-01-01' }, { start: '2020-02-01' }, { start: '2020-02-02', subType: 'arrests' }]);
  const rows = createRows(snapshot, names);
  const state = merge(defaults(), { from: '2020-01-01', to: '2020-01-31', types: ['shelling'],
    compare: { from: '2020-02-01', to: '2020-02-29' } });
  assert.equal(rows.apply(state).count, 1);
  assert.equal(rows.compare(state).count, 1);
  assert.equal(rows.compare(defaults()), null);
});

test('nothing matches: each single loosening says what it would give', () => {
  const { snapshot, names } = makeSnapshot([{ start: '2020-01-01' }, { start: '2020-05-01', subType: 'arrests' }]);
  const rows = createRows(snapshot, names);
  const visible = rows.apply(merge(defaults(), { to: '2020-02-01', types: ['arrests'] }));
  assert.equal(visible.count, 0);
  assert.deepEqual(visible.loosened(), [{ key: 'time', count: 1 }, { key: 'type', count: 1 }]);
});

test('the list is in order, whole or in view only', () => {
  const data = makeMany(6000, { seed: 3 });
  const { snapshot } = data;
  const rows = createRows(snapshot, data.names);
  const state = merge(defaults(), { from: '2018-03-01', to: '2018-09-01', precision: [1, 2] });
  const visible = rows.apply(state);
  const expected = bruteForce(data, state).rows;
  const all = (list) => Array.from({ length: list.count }, (_, k) => list.at(k));
  assert.deepEqual(all(visible.list({ order: 'oldest' })), expected);
  assert.deepEqual(all(visible.list({})), expected.toReversed());
  const deaths = (row) => snapshot.figures.best[snapshot.figure[row]];
  assert.deepEqual(all(visible.list({ order: 'deaths' })), expected.toSorted((a, b) => deaths(b) - deaths(a) || b - a));
  const bounds = [36.3, 35.2, 36.9, 35.9];
  const inView = expected.filter((row) => {
    const [lat, lon] = [snapshot.sites.lat[snapshot.site[row]], snapshot.sites.lon[snapshot.site[row]]];
    return lon >= 36.3 && lon <= 36.9 && lat >= 35.2 && lat <= 35.9;
  });
  const list = visible.list({ bounds });
  assert.deepEqual(all(list), inView.toReversed());
  assert.equal(list.indexOf(inView[0]), inView.length - 1);
  assert.equal(list.indexOf(snapshot.count - 1), -1);
  assert.equal(list.at(list.count), -1);
});

test('no events at all is a calm state', () => {
  const { snapshot, names } = makeSnapshot([]);
  const visible = createRows(snapshot, names).apply(merge(defaults(), { q: 'x', from: '2020-01-01' }));
  assert.equal(visible.count, 0);
  assert.equal(visible.histogram('month').bins, 0);
  assert.equal(visible.list({}).at(0), -1);
});

test('withdrawn rows are gone from rows, counts, bars and what loosening would give, whatever is filtered later', () => {
  const data = makeMany(400, { seed: 7 });
  const rows = createRows(data.snapshot, data.names);
  rows.apply(defaults());
  rows.visible.histogram('month');
  const gone = [0, 5, 17, 399];
  rows.drop(gone);
  const sub = SUB_TYPES[subTypeOf(data.snapshot, 5)];
  const day = isoOf(startOf(data.snapshot, 17));
  for (const patch of [{}, { types: [sub] }, { from: day, to: day }, { from: null, to: null, q: 'a' }, { q: '', types: [] }]) {
    const state = merge(defaults(), patch);
    const visible = rows.apply(state);
    const expected = Array.from({ length: 400 }, (_, row) => row).filter((row) => !gone.includes(row) && (state.q ? visible.has(row) : Object.values(failures(data, row, state)).every((fails) => !fails)));
    assert.equal(visible.count, expected.length);
    gone.forEach((row) => assert.equal(visible.has(row), false));
    const { sure, unsure } = visible.histogram('month');
    const passing = Array.from({ length: 400 }, (_, row) => row).filter((row) => !gone.includes(row) && (state.q ? visible.has(row) : Object.entries(failures(data, row, state)).every(([key, fails]) => key === 'time' || !fails)));
    if (!state.q) assert.ok(Math.abs([...sure, ...unsure].reduce((a, b) => a + b, 0) - passing.length) < 1e-6);
    if (state.types.length) assert.equal(visible.loosened().find(({ key }) => key === 'type').count, 396);
  }
});
