import assert from 'node:assert/strict';
import test from 'node:test';

import { daysPerFrame, nextWindow, resizeWindow, shiftWindow, windowFor } from '../../static/js/model/playback.js';
import { dayOf, isoOf } from '../../static/js/model/time.js';

const data = { first: 100, last: 200 };

test('the window slides, stops at the end of the data, and starts over', () => {
  assert.deepEqual(nextWindow({ from: 100, to: 109 }, { ...data, days: 3 }), { from: 103, to: 112, ended: false });
  assert.deepEqual(nextWindow({ from: 190, to: 199 }, { ...data, days: 5 }), { from: 191, to: 200, ended: false });
  assert.deepEqual(nextWindow({ from: 191, to: 200 }, data), { from: 100, to: 109, ended: false });
  assert.deepEqual(nextWindow({ from: 191, to: 200 }, { ...data, loop: false }), { from: 191, to: 200, ended: true });
});

test('a window longer than the data is the data', () => {
  assert.deepEqual(windowFor(150, 1000, data), { from: 100, to: 200 });
});

test('arrow keys move by days and months, and not out of the data', () => {
  assert.deepEqual(shiftWindow({ from: 150, to: 159 }, { days: -1, ...data }), { from: 149, to: 158 });
  assert.deepEqual(shiftWindow({ from: 195, to: 199 }, { days: 7, ...data }), { from: 196, to: 200 });
  const year = { first: dayOf('2020-01-01'), last: dayOf('2020-12-31') };
  const moved = shiftWindow({ from: dayOf('2020-01-31'), to: dayOf('2020-02-09') }, { months: 1, ...year });
  assert.deepEqual([isoOf(moved.from), isoOf(moved.to)], ['2020-02-29', '2020-03-09']);
});

test('an edge stops at the other edge and at the data', () => {
  assert.deepEqual(resizeWindow({ from: 120, to: 130 }, 'from', 140, data), { from: 130, to: 130 });
  assert.deepEqual(resizeWindow({ from: 120, to: 130 }, 'to', 300, data), { from: 120, to: 200 });
  assert.deepEqual(resizeWindow({ from: 120, to: 130 }, 'from', 10, data), { from: 100, to: 130 });
});

test('speed one is a week a second', () => assert.equal(daysPerFrame(1, 1000), 7));
