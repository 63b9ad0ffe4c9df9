import assert from 'node:assert/strict';
import { test } from 'node:test';

import { spotInside } from '../../static/js/map/areas.js';
import { gatherNames, placeLabels, rankAt } from '../../static/js/map/labels.js';
import { bubbleOfRow, obstaclesOf } from '../../static/js/map/marks.js';
import { createPair, moonRadius } from '../../static/js/map/moons.js';
import { placeTags } from '../../static/js/map/regions.js';
import { TOWNS } from '../../static/js/map/towns.js';
import { pixels, worldX, worldY } from '../../static/js/model/geo.js';

const asks = { measure: (text, size) => text.length * size * 0.55, contains: () => true };

function makeFrame({ zoom = 9, lat = 35.93, lon = 36.63, width = 900, height = 700 } = {}) {
  const scale = pixels(zoom);
  return { zoom, scale, width, height, left: worldX(lon) * scale - width / 2, top: worldY(lat) * scale - height / 2, margin: { x: 0, y: 0 } };
}

const boxOf = ({ text, x, y, size }) => { const half = asks.measure(text, size) / 2; return [x - half, y - size * 0.9, x + half, y + size * 0.25]; };
const overlap = (a, b) => a[0] < b[2] && a[2] > b[0] && a[1] < b[3] && a[3] > b[1];

for (const zoom of [7, 8.5, 9.5, 11]) {
  test(`no two names overlap at zoom ${zoom}, and the important come first`, () => {
    const frame = makeFrame({ zoom });
    const labels = placeLabels(gatherNames({ labels: [] }, [], { lang: 'en' }), frame, { boxes: [], circles: [], dots: [] }, asks);
    assert.ok(labels.length > 3);
    labels.forEach((a, i) => labels.slice(i + 1).forEach((b) => assert.ok(!overlap(boxOf(a), boxOf(b)), `${a.text} on ${b.text}`)));
    assert.ok(labels.every((label) => label.rank <= rankAt(zoom)));
    assert.ok(labels.some((label) => label.text === 'Idlib'));
  });
}

test('names keep clear of bubbles and of furniture', () => {
  const frame = makeFrame();
  const circles = [[450, 350, 40], [600, 300, 30]];
  const boxes = [[0, 500, 260, 700]];
  const labels = placeLabels(gatherNames({ labels: [] }, [], { lang: 'en' }), frame, { boxes, circles, dots: [] }, asks);
  for (const label of labels) {
    const box = boxOf(label);
    assert.ok(!overlap(box, boxes[0]), label.text);
    for (const [cx, cy, r] of circles) {
      const gap = Math.hypot(Math.max(box[0], Math.min(cx, box[2])) - cx, Math.max(box[1], Math.min(cy, box[3])) - cy);
      assert.ok(gap >= r - 1, label.text);
    }
  }
});

test('no name of a town is cut by the edge of what is in sight', () => {
  for (let shift = -60; shift <= 60; shift += 4) {
    const frame = { ...makeFrame({ lon: 36.63 + shift / 100 }), margin: { x: 100, y: 80 } };
    for (const label of placeLabels(gatherNames({ labels: [] }, [], { lang: 'en' }), frame, { boxes: [], circles: [], dots: [] }, asks)) {
      const [x0, y0, x1, y1] = boxOf(label);
      const [inside, outside] = [x0 >= 100 && x1 <= 800 && y0 >= 80 && y1 <= 620, x1 <= 100 || x0 >= 800 || y1 <= 80 || y0 >= 620];
      assert.ok(inside || outside, label.text);
    }
  }
});

test('a place that lies on a named town is not named twice', () => {
  const [, en, ar, lat, lon] = TOWNS[0];
  const names = gatherNames({ labels: [] }, [{ en: `${en} town`, ar, lat: lat + 0.001, lon, rank: 3, kind: 'site' }], { lang: 'en' });
  assert.equal(names.filter((name) => name.text.startsWith(en)).length, 1);
});

test('names are in the language of the reader', () => {
  const names = gatherNames({ labels: [] }, [], { lang: 'ar' });
  assert.ok(names.every((name) => /[\u0600-\u06ff]/.test(name.text)));
});

test('a country is named within its part that is in sight', () => {
  const inside = (x) => x > 500;
  const spot = spotInside({ x: 0, y: 0, width: 80, height: 12 }, [0, 0, 900, 700], inside, () => true);
  assert.ok(spot[0] - 44 > 500);
  assert.equal(spotInside({ x: 0, y: 0, width: 80, height: 12 }, [0, 0, 400, 700], inside, () => true), null);
});

function makeBubbles(list) {
  return {
    count: list.length, x: list.map((b) => b.x), y: list.map((b) => b.y), r: list.map((b) => b.r ?? 4.6), n: list.map((b) => b.n ?? 1),
    lone: list.map((b) => b.lone ?? -1), contested: list.map((b) => b.contested ?? 0),
  };
}

test('a selected row is found as its dot, else in the bubble over its place, else nowhere', () => {
  const bubbles = makeBubbles([{ x: 10, y: 10, lone: 7 }, { x: 100, y: 100, n: 5, r: 13 }]);
  assert.equal(bubbleOfRow(bubbles, 7, 500, 500), 0);
  assert.equal(bubbleOfRow(bubbles, 3, 104, 98), 1);
  assert.equal(bubbleOfRow(bubbles, 3, 500, 500), -1);
});

test('a contested dot needs the room of its ring', () => {
  const { circles, dots } = obstaclesOf(makeBubbles([{ x: 0, y: 0, lone: 1, contested: 1 }, { x: 50, y: 0, lone: 2 }, { x: 90, y: 0, n: 9, r: 15 }]), { left: 0, top: 0 });
  assert.deepEqual(circles, [[90, 0, 17]]);
  assert.ok(dots[0][2] > dots[1][2]);
});

test('two periods are counted as two groups of one', () => {
  const pair = createPair(2)({ siteCounts: [3, 0], siteLone: [0, 0], count: 3 }, { siteCounts: [1, 2], siteLone: [9, 0], count: 3 });
  assert.deepEqual([...pair.siteGroups], [3, 1, 0, 2]);
  assert.deepEqual([...pair.siteCounts], [4, 2]);
  assert.ok(moonRadius(40) > moonRadius(10) && moonRadius(0) === 0);
});

test('tags of regions never overlap, stay in the pane and leave furniture free', () => {
  const frame = { width: 900, height: 700, margin: { x: 40, y: 30 } };
  const regions = Array.from({ length: 9 }, (_, i) => ({ index: i, place: i, n: 20 - i, label: `somewhere in Region ${i}`, centre: [450, 350], radius: 80, box: [370, 270, 530, 430], wide: false }));
  const blocked = [[40, 30, 300, 120]];
  const words = { count: String, t: (key, { n }) => `in ${n} more areas` };
  const tags = placeTags(regions, frame, { circles: [[450, 350, 60]] }, { words, measure: asks.measure, blocked });
  assert.equal(tags.length, 4);
  assert.equal(tags.reduce((sum, { region }) => sum + region.n, 0), regions.reduce((sum, { n }) => sum + n, 0));
  tags.forEach(({ box }, i) => {
    assert.ok(box[0] >= 40 && box[1] >= 30 && box[2] <= 860 && box[3] <= 670);
    assert.ok(!overlap(box, blocked[0]));
    tags.slice(i + 1).forEach((other) => assert.ok(!overlap(box, other.box)));
  });
});
