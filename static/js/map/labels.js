/** Names on the map: greedy by rank, eight positions each, left out where nothing fits. */
import { pixels, worldX, worldY } from '../model/geo.js';
import { landOf, spotInside } from './areas.js';
import { TOWNS } from './towns.js';

/** This many places with the most events are named as early as small towns. */
const BUSY = 28;
const MOST_PLACES = 600;
const SIZES = { 1: 13.5, 2: 11.5, 3: 10.5, 4: 10.5 };
const POINTS = new Set(['city', 'site']);

/** Up to which rank names are shown at a zoom. */
export const rankAt = (zoom) => (zoom < 7 ? 1 : zoom < 8.4 ? 2 : zoom < 9.4 ? 3 : 4);

/**
 * Everything that may be named, most important first: the base map's labels, towns, then places where events happened.
 * A place that lies on one that is named already is the same place, however it is spelled.
 */
export function gatherNames(basemap, places, words) {
  const towns = TOWNS.map(([, en, ar, lat, lon, rank]) => ({ en, ar, lat, lon, rank, kind: 'city' }));
  const named = [];
  for (const label of [...basemap.labels, ...towns, ...places]) {
    const text = label[words.lang] || label.en || label.ar;
    if (!text || (POINTS.has(label.kind) && named.some((other) => isSame(other, label)))) continue;
    named.push({ ...label, text, x: worldX(label.lon), y: worldY(label.lat) });
  }
  return named.sort((a, b) => turnOf(a) - turnOf(b));
}

/** Countries and seas find room anywhere, so towns choose before them. */
const turnOf = (label) => (label.kind === 'country' || label.kind === 'sea' ? 2.5 : label.rank);

const isSame = (a, b) => POINTS.has(a.kind) && (a.en === b.en || Math.abs(a.lat - b.lat) < 0.012 && Math.abs(a.lon - b.lon) < 0.015);

/** Places with events of their own, the busiest first, as names of the lowest rank. */
export function placesOf(snapshot, names) {
  const { site, sites } = snapshot;
  const totals = new Uint32Array(names.places.length);
  const at = new Int32Array(names.places.length).fill(-1);
  for (let row = 0; row < site.length; row++) {
    const place = sites.place[site[row]];
    if (place < 0 || sites.precision[site[row]] !== 1) continue;
    totals[place]++;
    at[place] = site[row];
  }
  return names.places.map((place, index) => ({ en: place.en ?? '', ar: place.ar ?? '', kind: 'site', rank: 4, lat: sites.lat[at[index]], lon: sites.lon[at[index]], n: totals[index] }))
    .filter(({ n }) => n > 0).sort((a, b) => b.n - a.n).slice(0, MOST_PLACES)
    .map((label, k) => ({ ...label, rank: k < BUSY ? 3 : 4 }));
}

/**
 * Chooses a position for each name.
 * @param {object[]} names from gatherNames, in order of importance
 * @param {{boxes: number[][], circles: number[][], dots: number[][]}} obstacles in pane pixels
 * @param {{measure(text, size, strong) => number, contains(land: string | null, x, y) => boolean}} asks widths, and what lies where
 * @returns {{text, x, y, size, rank, kind, dot: [number, number] | null}[]}
 */
export function placeLabels(names, frame, obstacles, { measure, contains }, limit = frame.zoom < 10.5 ? 44 : 80) {
  const world = pixels(frame.zoom);
  const placed = [];
  const boxes = [...obstacles.boxes];
  const most = rankAt(frame.zoom);
  for (const label of names) {
    if (placed.length >= limit) break;
    if (label.rank > most) continue;
    const x = label.x * world - frame.left;
    const y = label.y * world - frame.top;
    const roams = label.kind === 'country' || label.kind === 'sea';
    if (!roams && (x < 0 || y < 0 || x > frame.width || y > frame.height)) continue;
    const found = POINTS.has(label.kind)
      ? placeTown(label, x, y, boxes, obstacles, measure, paneOf(frame))
      : placeArea(label, x, y, { boxes, obstacles, measure, contains, frame, roams });
    if (found) placed.push(found);
  }
  return placed;
}

/** The part of the canvas that is in sight; the rest is for dragging. */
function paneOf({ width, height, margin: { x = 0, y = 0 } = {} }) {
  return { width, height, left: x, top: y, right: width - x, bottom: height - y };
}

/** Within the canvas, and in sight wholly or not at all: no name is cut by the edge of the map. */
function fits([x0, y0, x1, y1], { width, height, left, top, right, bottom }) {
  if (x0 < 0 || y0 < 0 || x1 > width || y1 > height) return false;
  const outside = x1 <= left || x0 >= right || y1 <= top || y0 >= bottom;
  return outside || (x0 >= left && x1 <= right && y0 >= top && y1 <= bottom);
}

function placeTown(label, x, y, boxes, { circles, dots }, measure, pane) {
  const size = SIZES[label.rank] ?? 10.5;
  const width = measure(label.text, size, label.rank === 1);
  const height = size * 1.15;
  const home = circles.find(([cx, cy, r]) => Math.hypot(cx - x, cy - y) < r + 5);
  const reach = (home ? home[2] : 4) + 4;
  const [bx, by] = home ?? [x, y];
  for (const hard of label.rank === 1 ? [false, true] : [false]) {
    for (const [left, top] of positions(bx, by, reach, width, height)) {
      const air = label.rank > 3 ? 9 : 2;
      const box = [left - air, top - air / 2, left + width + air, top + height + air / 2];
      if (!fits(box, pane) || hits(box, boxes, circles, hard ? null : dots)) continue;
      const dot = home || dots.some(([cx, cy, r]) => Math.hypot(cx - x, cy - y) < r + 3) ? null : [x, y];
      const spot = dot && [x - 5, y - 5, x + 5, y + 5];
      if (spot && hits(spot, boxes, [], null)) return null;
      boxes.push(box, ...(spot ? [spot] : []));
      return { text: label.text, x: left + width / 2, y: top + height * 0.8, size, rank: label.rank, kind: label.kind, dot };
    }
  }
  return null;
}

const positions = (x, y, reach, w, h) => [
  [x + reach, y - h / 2], [x - reach - w, y - h / 2], [x - w / 2, y - reach - h], [x - w / 2, y + reach],
  [x + reach * 0.7, y - reach * 0.7 - h], [x + reach * 0.7, y + reach * 0.7],
  [x - reach * 0.7 - w, y - reach * 0.7 - h], [x - reach * 0.7 - w, y + reach * 0.7],
];

/** Rivers and lakes stand in their middle or not at all; a country or sea seeks the part of it that is in sight. */
function placeArea(label, x, y, { boxes, obstacles, measure, contains, frame, roams }) {
  const country = label.kind === 'country';
  if (country && (frame.zoom > 11 || label.en === 'Syria')) return null;
  const size = country ? 11.5 : 11;
  const text = country ? label.text.toLocaleUpperCase('en') : label.text;
  const width = measure(text, size, false) + (country ? text.length * 2.4 : 0);
  const free = (box) => !hits(box, boxes, obstacles.circles, obstacles.dots);
  const { margin } = frame;
  const pane = [margin.x + 8, margin.y + 8, frame.width - margin.x - 8, frame.height - margin.y - 8];
  const spot = roams ? spotInside({ x, y, width, height: size }, pane, (px, py) => contains(landOf(label), px, py), free) : [x, y];
  if (!spot) return null;
  const box = [spot[0] - width / 2 - 3, spot[1] - size, spot[0] + width / 2 + 3, spot[1] + 5];
  if (!free(box) || box[0] < pane[0] || box[2] > pane[2]) return null;
  boxes.push(box);
  return { text, x: spot[0], y: spot[1], size, rank: label.rank, kind: label.kind, dot: null };
}

function hits([x0, y0, x1, y1], boxes, circles, dots) {
  for (const b of boxes) if (x0 < b[2] && x1 > b[0] && y0 < b[3] && y1 > b[1]) return true;
  return meets(circles, x0, y0, x1, y1) || (dots !== null && meets(dots, x0, y0, x1, y1));
}

function meets(discs, x0, y0, x1, y1) {
  for (const [cx, cy, r] of discs) {
    const dx = Math.max(x0, Math.min(cx, x1)) - cx;
    const dy = Math.max(y0, Math.min(cy, y1)) - cy;
    if (dx * dx + dy * dy < r * r) return true;
  }
  return false;
}

/** Shields of motorways: the first free spot along each part of the road. */
export function placeShields(roads, frame, boxes, obstacles) {
  const world = pixels(frame.zoom);
  const shields = [];
  for (const road of roads) {
    let last = null;
    for (let i = 0; i < road.line.length; i += 2) {
      const x = Math.round(worldX(road.line[i]) * world - frame.left);
      const y = Math.round(worldY(road.line[i + 1]) * world - frame.top);
      if (x < 60 || y < 60 || x > frame.width - 60 || y > frame.height - 60) continue;
      if (last && Math.hypot(x - last[0], y - last[1]) < 320) continue;
      const box = [x - 16, y - 11, x + 16, y + 11];
      if (hits(box, boxes, obstacles.circles, obstacles.dots)) continue;
      boxes.push(box);
      last = [x, y];
      shields.push({ text: road.ref, x, y });
    }
  }
  return shields;
}
