/** Names on the map: greedy by rank, eight positions each, left out where nothing fits. */
import { pixels, worldX, worldY } from '../model/geo.js';

const SIZES = { 1: 13.5, 2: 11.5, 3: 10.5, 4: 10.5 };
const TOWNS = new Set(['city', 'town', 'village']);

/** Up to which rank names are shown at a zoom. */
export const rankAt = (zoom) => (zoom < 7 ? 1 : zoom < 8.4 ? 2 : zoom < 9.4 ? 3 : 4);

/**
 * Everything that may be named: the base map's own labels, then places where events happened.
 * @param {{lang: string}} words
 */
export function gatherNames(basemap, places, words) {
  const seen = new Set();
  const own = basemap.labels.map((label) => {
    seen.add(label.en.toLowerCase());
    return { ...label, text: label[words.lang] || label.en, x: worldX(label.lon), y: worldY(label.lat) };
  });
  const more = places.filter((place) => !seen.has(place.en.toLowerCase()))
    .map((place) => ({ ...place, text: place[words.lang] || place.en || place.ar, x: worldX(place.lon), y: worldY(place.lat) }));
  return [...own, ...more].filter((label) => label.text);
}

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
    .filter(({ n }) => n > 0).sort((a, b) => b.n - a.n);
}

/**
 * Chooses a position for each name.
 * @param {object[]} names from gatherNames, in order of importance
 * @param {{boxes: number[][], circles: number[][], dots: number[][]}} obstacles in pane pixels
 * @param {(text: string, size: number, strong: boolean) => number} measure
 * @returns {{text, x, y, size, rank, kind, dot: [number, number] | null}[]}
 */
export function placeLabels(names, frame, obstacles, measure, limit = 90) {
  const world = pixels(frame.zoom);
  const placed = [];
  const boxes = [...obstacles.boxes];
  const most = rankAt(frame.zoom);
  for (const label of names) {
    if (placed.length >= limit) break;
    if (label.rank > most) continue;
    const x = label.x * world - frame.left;
    const y = label.y * world - frame.top;
    if (x < 0 || y < 0 || x > frame.width || y > frame.height) continue;
    const found = TOWNS.has(label.kind) || label.kind === 'site'
      ? placeTown(label, x, y, boxes, obstacles, measure)
      : placeArea(label, x, y, boxes, obstacles, measure, frame.zoom);
    if (found) placed.push(found);
  }
  return placed;
}

function placeTown(label, x, y, boxes, { circles, dots }, measure) {
  const size = SIZES[label.rank] ?? 10.5;
  const width = measure(label.text, size, label.rank === 1);
  const height = size * 1.15;
  const home = circles.find(([cx, cy, r]) => Math.hypot(cx - x, cy - y) < r + 5);
  const reach = (home ? home[2] : 4) + 4;
  const [bx, by] = home ?? [x, y];
  for (const hard of label.rank === 1 ? [false, true] : [false]) {
    for (const [left, top] of positions(bx, by, reach, width, height)) {
      const box = [left - 2, top - 1, left + width + 2, top + height + 1];
      if (hits(box, boxes, circles, hard ? null : dots)) continue;
      boxes.push(box);
      const dot = home || dots.some(([cx, cy, r]) => Math.hypot(cx - x, cy - y) < r + 3) ? null : [x, y];
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

/** Countries, seas and rivers: in their middle or not at all; countries yield to nothing but furniture when near. */
function placeArea(label, x, y, boxes, { circles }, measure, zoom) {
  if (label.kind === 'country' && zoom > 10.5) return null;
  const size = label.kind === 'country' ? 11.5 : 11;
  const text = label.kind === 'country' ? label.text.toLocaleUpperCase('en') : label.text;
  const width = measure(text, size, false) + (label.kind === 'country' ? text.length * 2 : 0);
  const box = [x - width / 2 - 3, y - size, x + width / 2 + 3, y + 5];
  if (hits(box, boxes, circles, null)) return null;
  boxes.push(box);
  return { text, x, y, size, rank: label.rank, kind: label.kind, dot: null };
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
