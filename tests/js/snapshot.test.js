import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';

import { prepareNames } from '../../static/js/model/names.js';
import { SnapshotError, decodeSnapshot, describe } from '../../static/js/model/snapshot.js';
import { SUB_TYPES, TIME_PRECISIONS } from '../../static/js/model/vocabulary.js';

const { defaults, cases, broken } = JSON.parse(readFileSync(new URL('../snapshot_cases.json', import.meta.url)));

const bufferOf = (hex) => Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16)).buffer;

const namesOf = (written) => prepareNames({
  places: written.places.map((slug) => ({ slug })), actors: written.actors.map((slug) => ({ slug })),
  sources: written.sources.map((slug) => ({ slug })),
});

/** A decoded row in the words of the cases. */
function asWritten(uid, row) {
  const slugs = (items) => items.map((item) => item.slug).sort();
  return {
    uid, place: row.place?.slug ?? null, start_day: row.start, end_day: row.end,
    sub_type: SUB_TYPES.indexOf(row.subType), time_precision: TIME_PRECISIONS.indexOf(row.timePrecision),
    geo_precision: row.precision, lat: row.lat, lon: row.lon, radius_km: row.radiusKm,
    low: row.low, best: row.best, high: row.high, n_sources: row.sourceCount, contested: row.contested,
    actors: slugs(row.actors), sources: slugs(row.sources),
  };
}

for (const written of cases) {
  test(`bytes give the rows that are written down: ${written.name}`, () => {
    const snapshot = decodeSnapshot(bufferOf(written.hex));
    const names = namesOf(written);
    const rows = new Map(written.rows.map((row) => [row.uid, { ...defaults, ...row }]));
    assert.equal(snapshot.count, written.rows.length);
    written.order.forEach((uid, row) => assert.deepEqual(asWritten(uid, describe(snapshot, names, row)), rows.get(uid)));
    if (snapshot.count) assert.equal(snapshot.lastDay, Math.max(...Array.from(rows.values(), (row) => row.end_day)));
  });
}

for (const { name, hex, code } of broken) {
  test(`a broken file is told apart and refused: ${name}`, () => {
    assert.throws(() => decodeSnapshot(bufferOf(hex)), (error) => error instanceof SnapshotError && error.code === code);
  });
}

test('whatever byte is wrong, decoding ends in an error of its own or in rows', () => {
  const { hex } = cases.find(({ name }) => name === 'several actors and sources, and none');
  const whole = new Uint8Array(bufferOf(hex));
  for (let at = 0; at < whole.length; at++) {
    for (const value of [0, 1, 127, 128, 255]) {
      const bytes = whole.slice();
      bytes[at] = value;
      try {
        decodeSnapshot(bytes.buffer, { checksum: false });
      } catch (error) {
        assert.ok(error instanceof SnapshotError, `byte ${at} = ${value}: ${error.stack}`);
      }
    }
  }
});
