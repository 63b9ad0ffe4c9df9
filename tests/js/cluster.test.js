import assert from 'node:assert/strict';
import test from 'node:test';

import { createClusters, radiusOf } from '../../static/js/model/cluster.js';
import { createRows } from '../../static/js/model/rows.js';
import { defaults, merge } from '../../static/js/model/state.js';
import { isoOf } from '../../static/js/model/time.js';
import { makeMany, makeSnapshot } from './make_snapshot.js';

const SYRIA = [34, 33, 40, 38];

function cluster(data, patch = {}, view = { zoom: 8, bounds: SYRIA }) {
  const rows = createRows(data.snapshot, data.names);
  const visible = rows.apply(merge(defaults(), patch));
  return { visible, rows, bubbles: createClusters(rows).update(visible, view) };
}

const sum = (array, count) => array.subarray(0, count).reduce((a, b) => a + b, 0);

for (const zoom of [6, 6.5, 8, 10, 12]) {
  test(`no two bubbles are nearer than the gap at zoom ${zoom}`, () => {
    const { bubbles } = cluster(makeMany(20_000, { seed: 5, places: 3000 }), {}, { zoom, bounds: SYRIA });
    for (let a = 0; a < bubbles.count; a++) {
      for (let b = a + 1; b < bubbles.count; b++) {
        const space = Math.hypot(bubbles.x[a] - bubbles.x[b], bubbles.y[a] - bubbles.y[b]) - bubbles.r[a] - bubbles.r[b];
        assert.ok(space > 3 - 0.001, `${a} and ${b}: ${space}`);
      }
    }
    assert.ok(bubbles.count >= 1);
  });
}

test('every visible row is in one bubble or one region, and in one group', () => {
  const data = makeMany(5000, { seed: 2 });
  const { bubbles, visible } = cluster(data, { from: '2018-01-01', to: '2018-12-31', colour: 'sources' });
  const { regions } = bubbles;
  assert.equal(sum(bubbles.n, bubbles.count) + sum(regions.n, regions.count), visible.count);
  assert.equal(sum(bubbles.groups, bubbles.count * bubbles.groupCount), sum(bubbles.n, bubbles.count));
  assert.equal(sum(regions.groups, regions.count * bubbles.groupCount), sum(regions.n, regions.count));
  const rows = new Set();
  for (let b = 0; b < bubbles.count; b++) {
    const own = bubbles.rowsOf(b);
    assert.equal(own.length, bubbles.n[b]);
    own.forEach((row) => rows.add(row));
    if (bubbles.lone[b] >= 0) assert.deepEqual(own, [bubbles.lone[b]]);
  }
  assert.equal(rows.size, sum(bubbles.n, bubbles.count));
});

test('a lone event is a dot with its row; a contested one takes room for its ring', () => {
  const { bubbles } = cluster(makeSnapshot([{ lat: 35.9, lon: 36.6 }, { lat: 35, lon: 38, contested: true, place: 'azaz' }]));
  assert.equal(bubbles.count, 2);
  const at = (row) => Array.from(bubbles.lone.subarray(0, 2)).indexOf(row);
  assert.ok(Math.abs(bubbles.r[at(0)] - 4.6) < 1e-6);
  assert.equal(bubbles.r[at(1)], 11.5);
  assert.equal(bubbles.contested[at(1)], 1);
});

test('events of a region are one count for the region, not dots', () => {
  const region = { place: 'idlib-governorate', precision: 3, radiusKm: 50 };
  const { bubbles } = cluster(makeSnapshot([region, region, { place: 'azaz', lat: 36.59, lon: 37.05 }]));
  assert.equal(bubbles.count, 1);
  assert.equal(bubbles.regions.count, 1);
  assert.equal(bubbles.regions.n[0], 2);
});

test('a bubble of one site cannot be parted by zooming; one of two sites can', () => {
  const one = cluster(makeSnapshot([{}, {}])).bubbles;
  assert.equal(one.count, 1);
  assert.equal(one.separable(0, 16), false);
  assert.equal(one.site[0], 0);
  const two = cluster(makeSnapshot([{}, { lat: 35.861, place: 'azaz' }])).bubbles;
  assert.equal(two.count, 1);
  assert.equal(two.separable(0, 16), true);
  assert.deepEqual(two.bounds(0), [36.8, 35.86, 36.8, 35.861]);
});

test('mostly "about here" shows in the bubble', () => {
  const { bubbles } = cluster(makeSnapshot([{ precision: 2 }, { precision: 2 }, {}]));
  assert.equal(bubbles.about[0], 2);
});

test('a hit finds the bubble under a point, and nothing beside it', () => {
  const { bubbles } = cluster(makeSnapshot([{}, {}, {}]));
  assert.equal(bubbles.hit(bubbles.x[0] + 3, bubbles.y[0]), 0);
  assert.equal(bubbles.hit(bubbles.x[0] + 60, bubbles.y[0]), -1);
});

test('panning does not change the bubbles in the middle of the view', () => {
  const data = makeMany(8000, { seed: 4, places: 2000 });
  const middle = (view) => {
    const { bubbles } = cluster(data, {}, view);
    return Array.from({ length: bubbles.count }, (_, b) => `${bubbles.x[b].toFixed(3)} ${bubbles.n[b]}`);
  };
  const before = middle({ zoom: 9, bounds: [36, 35, 37.5, 36.5] });
  const after = middle({ zoom: 9, bounds: [36.02, 35.01, 37.52, 36.51] });
  assert.deepEqual(after, before);
});

test('bubbles that followed step by step are those of a fresh start', () => {
  const { snapshot, names } = makeMany(6000, { seed: 9, places: 900, days: 400 });
  const rows = createRows(snapshot, names);
  const clusters = createClusters(rows);
  const view = { zoom: 9, bounds: [35.5, 34.5, 38, 36.8] };
  let state = defaults();
  let seed = 7;
  const random = (n) => { seed = (seed * 1103515245 + 12345) % 2 ** 31; return seed % n; };
  for (let k = 0; k < 120; k++) {
    const from = rows.first + random(k % 10 === 0 ? 350 : 60);
    const patch = k % 7 === 3 ? { types: k % 2 ? [] : ['shelling', 'armed_clash'] } : k % 11 === 5 ? { colour: k % 2 ? 'type' : 'sources' } : { from: isoOf(from), to: isoOf(from + 30) };
    state = merge(state, patch);
    const visible = rows.apply(state);
    if (k % 5 === 4) continue;
    const followed = described(clusters.update(visible, view));
    assert.deepEqual(followed, described(createClusters(rows).update(visible, view)), `step ${k}`);
  }
});

function described(bubbles) {
  const { count, groupCount } = bubbles;
  return Array.from({ length: count }, (_, b) => [bubbles.x[b], bubbles.y[b], bubbles.n[b], bubbles.r[b], bubbles.lone[b], bubbles.site[b], bubbles.about[b], ...bubbles.groups.subarray(b * groupCount, (b + 1) * groupCount)]);
}

test('radii follow the count and end at 30', () => {
  assert.ok(Math.abs(radiusOf(4) - 12.5) < 1e-9);
  assert.equal(radiusOf(10_000), 30);
});

test('an empty view has no bubbles', () => {
  const { bubbles } = cluster(makeSnapshot([]));
  assert.equal(bubbles.count, 0);
  assert.equal(bubbles.hit(0, 0), -1);
});
