import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';

import { decodeBasemap } from '../../static/js/model/basemap.js';

const file = JSON.parse(readFileSync(new URL('../../static/basemap/region.json', import.meta.url)));

function makeFile(patch = {}) {
  return {
    version: 1,
    units: 10,
    core: [0, 0, 1, 1],
    frame: [0, 0, 2, 2],
    arcs: [[0, 0, 10, 0, 0, 10], [10, 10, -10, 0, 0, -10], [0, 0, 5, 5, 5, 5]],
    land: [{ country: 'syria', polygons: [[[0, 1]]] }],
    governorates: [{ id: 'south', polygons: [[[0, ~2]]] }, { id: 'north', polygons: [[[2, 1]]] }],
    lines: { coast: [0, 1], border: [], ceasefire: [2], governorate: [2] },
    lakes: [[1, 1, 1, 0, 0, 1, -1, -1]],
    rivers: [{ id: 'r', en: 'R', ar: 'ر', rank: 1, line: [3, 4, -1, -1] }],
    roads: [{ ref: 'M5', line: [0, 0, 1, 2] }],
    labels: [{ en: 'A', ar: 'أ', kind: 'city', rank: 1, lat: 0.5, lon: 0.5 }],
    ...patch,
  };
}

function isClosed(ring) {
  return ring[0] === ring.at(-2) && ring[1] === ring.at(-1);
}

function contains(rings, x, y) {
  let inside = false;
  for (const ring of rings) {
    for (let i = 0; i + 3 < ring.length; i += 2) {
      const [ax, ay, bx, by] = ring.subarray(i, i + 4);
      if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
    }
  }
  return inside;
}

test('steps become degrees', () => {
  const { roads, rivers } = decodeBasemap(makeFile());
  assert.deepEqual(roads[0].line, Float64Array.of(0, 0, 0.1, 0.2));
  assert.deepEqual(rivers[0].line, Float64Array.of(0.3, 0.4, 0.2, 0.3));
});

test('arcs join to closed rings without doubled corners', () => {
  const { land } = decodeBasemap(makeFile());
  assert.deepEqual(land[0].rings, [Float64Array.of(0, 0, 1, 0, 1, 1, 0, 1, 0, 0)]);
});

test('a reference below zero walks its arc backwards', () => {
  const { governorates } = decodeBasemap(makeFile());
  assert.deepEqual(governorates[0].rings[0], Float64Array.of(0, 0, 1, 0, 1, 1, 0.5, 0.5, 0, 0));
});

test('borders say of which kind they are', () => {
  const { borders } = decodeBasemap(makeFile());
  assert.deepEqual(borders.map(({ kind }) => kind), ['ceasefire']);
});

for (const broken of [makeFile({ version: 2 }), {}, null, undefined]) {
  test(`a file of version ${broken?.version} is refused`, () => {
    assert.throws(() => decodeBasemap(broken), RangeError);
  });
}

test('the delivered file decodes to closed rings within the frame', () => {
  const { frame, land, governorates, lakes } = decodeBasemap(file);
  const rings = [...land, ...governorates].flatMap((feature) => feature.rings);
  assert.equal(governorates.length, 14);
  assert.ok([...rings, ...lakes].every(isClosed));
  assert.ok(rings.every((ring) => ring.every((value, i) => (
    i % 2 ? value >= frame[1] && value <= frame[3] : value >= frame[0] && value <= frame[2]
  ))));
});

test('Idlib lies in its governorate, Aleppo does not', () => {
  const { governorates } = decodeBasemap(file);
  const { rings } = governorates.find(({ id }) => id === 'idlib-governorate');
  assert.ok(contains(rings, 36.634, 35.931));
  assert.ok(!contains(rings, 37.155, 36.202));
});
