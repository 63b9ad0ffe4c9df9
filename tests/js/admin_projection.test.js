import assert from 'node:assert/strict';
import test from 'node:test';

import { createProjection, niceKm, spanOf, touches } from '../../static/js/admin/projection.js';

const view = { lat: 35.93, lon: 36.63, km: 20, width: 200, height: 150 };

test('the middle of the view is the middle of the picture', () => {
  const { x, y } = createProjection(view);
  assert.ok(Math.abs(x(36.63) - 100) < 1e-6);
  assert.ok(Math.abs(y(35.93) - 75) < 1e-6);
});

test('ten kilometres east are half the width of twenty', () => {
  const { x, pxPerKm } = createProjection(view);
  const east = 36.63 + 10 / (111.32 * Math.cos((35.93 * Math.PI) / 180));
  assert.ok(Math.abs(x(east) - 200) < 1);
  assert.equal(pxPerKm, 10);
});

test('north is up', () => {
  const { y } = createProjection(view);
  assert.ok(y(36.0) < y(35.9));
});

test('a span shows all points and their doubt', () => {
  const one = spanOf([{ lat: 35, lon: 36, radius: 0 }]);
  assert.deepEqual([one.lat, one.lon, one.km], [35, 36, 14]);
  assert.ok(spanOf([{ lat: 35, lon: 36, radius: 30 }]).km > 60);
  assert.ok(spanOf([{ lat: 35, lon: 36 }, { lat: 35, lon: 37 }]).km > 91);
});

test('lines far away are left out', () => {
  const { bounds } = createProjection(view);
  assert.equal(touches([36.6, 35.9, 36.7, 36.0], bounds), true);
  assert.equal(touches([40, 35, 41, 36], bounds), false);
  assert.equal(touches([36.0, 35.93, 37.2, 35.93], bounds), true);
});

test('a scale bar has a round length', () => {
  assert.equal(niceKm(7.4), 5);
  assert.equal(niceKm(0.2), 0.5);
});
