import assert from 'node:assert/strict';
import test from 'node:test';

import { distanceKm, latOf, lonOf, metresPerPixel, worldX, worldY } from '../../static/js/model/geo.js';
import { addMonths, binStarts, dayOf, isoOf, nextUnit, startOfUnit } from '../../static/js/model/time.js';

test('ISO days and day numbers go both ways', () => {
  for (const iso of ['1970-01-01', '2020-02-29', '1969-12-31', '2026-11-21', '0800-06-01']) {
    assert.equal(isoOf(dayOf(iso)), iso);
  }
  assert.equal(dayOf('2020-01-01'), 18262);
});

for (const text of ['2020-02-30', '2019-02-29', '2020-13-01', '2020-1-1', '20200101', '2020-01-01T00', '', null, 5,
  'abcd-ef-gh', '2020-00-10', '2020-01-00']) {
  test(`${JSON.stringify(text)} is not a day`, () => assert.equal(dayOf(text), null));
}

const units = [
  ['2020-02-20', 'day', '2020-02-20', '2020-02-21'], ['2020-02-20', 'week', '2020-02-17', '2020-02-24'],
  ['2020-02-17', 'week', '2020-02-17', '2020-02-24'], ['2020-02-23', 'week', '2020-02-17', '2020-02-24'],
  ['1969-12-31', 'week', '1969-12-29', '1970-01-05'], ['2020-02-20', 'month', '2020-02-01', '2020-03-01'],
  ['2020-12-31', 'month', '2020-12-01', '2021-01-01'], ['2020-02-20', 'year', '2020-01-01', '2021-01-01'],
];
for (const [day, unit, start, next] of units) {
  test(`the ${unit} of ${day} is ${start} to before ${next}`, () => {
    assert.equal(isoOf(startOfUnit(dayOf(day), unit)), start);
    assert.equal(isoOf(nextUnit(dayOf(day), unit)), next);
  });
}

test('a month on from the 31st is the last day of a shorter month', () => {
  assert.equal(isoOf(addMonths(dayOf('2020-01-31'), 1)), '2020-02-29');
  assert.equal(isoOf(addMonths(dayOf('2020-03-31'), -1)), '2020-02-29');
  assert.equal(isoOf(addMonths(dayOf('2020-01-15'), -13)), '2018-12-15');
});

test('bins cover the period and touch it', () => {
  const starts = binStarts(dayOf('2020-01-15'), dayOf('2020-03-02'), 'month');
  assert.deepEqual(Array.from(starts, isoOf), ['2020-01-01', '2020-02-01', '2020-03-01']);
});

test('the projection goes both ways and puts Greenwich on the equator in the middle', () => {
  assert.deepEqual([worldX(0), worldY(0)], [0.5, 0.5]);
  assert.ok(Math.abs(latOf(worldY(35.93)) - 35.93) < 1e-9);
  assert.ok(Math.abs(lonOf(worldX(36.63)) - 36.63) < 1e-9);
  assert.ok(worldY(90) >= 0 && Number.isFinite(worldY(90)));
});

test('distances are true: Idlib to Aleppo is some 59 km', () => {
  assert.ok(Math.abs(distanceKm(35.9306, 36.6339, 36.2021, 37.1343) - 54.2) < 1);
  assert.ok(Math.abs(metresPerPixel(0, 0) - 156543.03) < 0.1);
});
