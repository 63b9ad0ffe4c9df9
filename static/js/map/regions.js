/** "Somewhere in it": hatched areas with a square tag, never a dot in the middle. */
import { metresPerPixel, pixels, worldX, worldY } from '../model/geo.js';
import { createHatch, drawPie } from './shapes.js';

const TAG_HEIGHT = 24;
/** This many regions are hatched and named; the rest share one tag, for a tag on every event would hide the events. */
const MOST_HATCHED = 2;
const MOST_TAGS = 4;

/** What a frame fixes of its regions, by site, and their last order; a new one for each frame. */
export const createLies = () => ({ known: new Map(), order: [], shown: [] });

/**
 * What is drawn for each region in sight: its outline (or a circle of its radius) and where its tag stands.
 * Counts change a little from step to step, so the last order is put right instead of made anew.
 * @returns {{index, n, label, shape, box, centre}[]} largest count first; boxes in canvas pixels; used again
 */
export function layoutRegions({ regions }, frame, scene, { known, order, shown } = createLies()) {
  for (let k = 0; k < order.length; k++) order[k].n = 0;
  for (let i = 0; i < regions.count; i++) {
    const site = regions.site[i];
    let region = known.get(site);
    if (region === undefined) {
      region = lieOf(regions, i, frame, scene);
      known.set(site, region);
      if (region) order.push(region);
    }
    if (region) { region.index = i; region.n = regions.n[i]; }
  }
  sortByCount(order);
  let count = 0;
  while (count < order.length && order[count].n > 0) { shown[count] = order[count]; count++; }
  shown.length = count;
  return shown;
}

function sortByCount(regions) {
  for (let k = 1; k < regions.length; k++) {
    const region = regions[k];
    let at = k;
    while (at > 0 && regions[at - 1].n < region.n) { regions[at] = regions[at - 1]; at--; }
    regions[at] = region;
  }
}

/** Where a region lies in a frame; null when out of sight. As long as the frame is the same, so is this. */
function lieOf(regions, i, frame, { snapshot, names, basemap, words }) {
  const place = names.places[regions.place[i]] ?? null;
  const outline = place && basemap.outline(place.slug);
  const road = place?.kind === 'route' ? basemap.road(/\bM[45]\b/.exec(place.en)?.[0]) : null;
  const centre = toCanvas(regions.lon[i], regions.lat[i], frame);
  const radius = (snapshot.sites.radiusKm[regions.site[i]] * 1000) / metresPerPixel(regions.lat[i], frame.zoom);
  const box = outline ? boxOf(outline.box, frame) : [centre[0] - radius, centre[1] - radius, centre[0] + radius, centre[1] + radius];
  if (box[0] > frame.width || box[1] > frame.height || box[2] < 0 || box[3] < 0) return null;
  const wide = outline ? box[0] < 0 && box[1] < 0 && box[2] > frame.width && box[3] > frame.height : radius > Math.min(frame.width, frame.height) * 0.3;
  return { index: i, place: regions.place[i], n: 0, label: labelOf(place, words), outline, road, centre, radius, box, wide: wide || (place?.kind === 'route' && !road) };
}

const labelOf = (place, words) => (place ? words.t(place.kind === 'route' ? 'along' : 'somewhereIn', { place: words.lang === 'ar' ? place.ar || place.en : place.en || place.ar }) : words.t('somewhere'));

function toCanvas(lon, lat, frame) {
  const world = pixels(frame.zoom);
  return [worldX(lon) * world - frame.left, worldY(lat) * world - frame.top];
}

function boxOf([west, south, east, north], frame) {
  const [x0, y0] = toCanvas(west, north, frame);
  const [x1, y1] = toCanvas(east, south, frame);
  return [x0, y0, x1, y1];
}

/** The regions that are hatched: the fullest, and the one under the pointer. */
export function hatchedOf(regions, strong) {
  const hatched = regions.slice(0, MOST_HATCHED).filter((region) => region.index === strong || !region.wide);
  const lit = strong < 0 ? -1 : regions.findIndex((region) => region.index === strong);
  if (lit >= MOST_HATCHED) hatched.push(regions[lit]);
  return hatched;
}

/** Hatches; the fewer regions there are, the plainer. `strong` is the index of the one under the pointer. */
export function paintRegions(context, frame, regions, { palette, basemap, strong = -1 }) {
  const drawn = hatchedOf(regions, strong);
  const hatch = hatchOf(context, palette, frame.ratio);
  const quiet = 0.62 / Math.sqrt(Math.max(1, drawn.length));
  for (const region of drawn) {
    const lit = region.index === strong;
    if (region.road) { paintRoad(context, frame, region, palette, basemap, lit); continue; }
    context.save();
    const px = region.outline ? basemap.enter(context, frame) : 1;
    const path = region.outline ? region.outline.path : circlePath(region);
    context.save();
    context.clip(path, 'evenodd');
    context.setTransform(frame.ratio, 0, 0, frame.ratio, 0, 0);
    context.globalAlpha = lit ? 0.55 : Math.max(0.13, 0.3 / Math.sqrt(drawn.length));
    context.fillStyle = hatch;
    context.fillRect(0, 0, frame.width, frame.height);
    context.restore();
    context.globalAlpha = lit ? 1 : Math.max(0.3, quiet);
    context.strokeStyle = palette.ink;
    context.lineWidth = (lit ? 1.5 : 1) * px;
    context.stroke(path);
    context.restore();
  }
}

/** An event somewhere along a road marks the road, not a circle about its middle. */
function paintRoad(context, frame, { road }, palette, basemap, lit) {
  context.save();
  const px = basemap.enter(context, frame);
  context.globalAlpha = lit ? 0.5 : 0.22;
  context.strokeStyle = palette.ink;
  context.lineWidth = 9 * px;
  context.lineCap = 'butt';
  context.setLineDash([1.4 * px, 3.6 * px]);
  context.stroke(road);
  context.restore();
}

function circlePath({ centre, radius }) {
  const path = new Path2D();
  path.arc(centre[0], centre[1], radius, 0, Math.PI * 2);
  return path;
}

let kept = { colour: null, ratio: 0, pattern: null };
function hatchOf(context, palette, ratio) {
  if (kept.colour !== palette.ink || kept.ratio !== ratio) kept = { colour: palette.ink, ratio, pattern: createHatch(context, palette.ink, ratio) };
  return kept.pattern;
}

/**
 * Places a tag for each region: in its middle when that is free, else beside it, always within the pane.
 * @returns {{region, box: [x0, y0, x1, y1]}[]}
 */
export function placeTags(regions, frame, obstacles, { words, measure, blocked }) {
  const tags = [];
  const inner = [frame.margin.x + 8, frame.margin.y + 8, frame.width - frame.margin.x - 8, frame.height - frame.margin.y - 8];
  for (const region of taggedOf(regions, words)) {
    const width = Math.ceil(measure(`${words.count(region.n)} `, 12, true) + measure(region.label, 12, false)) + 38;
    const taken = [...blocked, ...tags.map((tag) => tag.box)];
    const boxes = [...spots(region, width), ...edges(inner, width)].map(([x, y]) => within([x, y, x + width, y + TAG_HEIGHT], inner));
    const free = (box, circles) => taken.every((other) => apart(box, other)) && circles.every((circle) => clear(box, circle));
    const marks = [...obstacles.circles, ...(obstacles.dots ?? [])];
    const box = boxes.find((b) => free(b, marks)) ?? boxes.find((b) => free(b, obstacles.circles)) ?? boxes.find((b) => free(b, []));
    if (box) tags.push({ region, box });
  }
  return tags;
}

/** The regions that have tags; beyond a few the rest share one. */
export const taggedOf = (regions, words) => (regions.length > MOST_TAGS ? [...regions.slice(0, MOST_TAGS - 1), gathered(regions.slice(MOST_TAGS - 1), words)] : regions);

function spots({ box: [x0, y0, x1, y1], centre: [cx, cy], wide }, width) {
  const middle = (y0 + y1) / 2 - TAG_HEIGHT / 2;
  if (wide) return [];
  const upper = y0 + (y1 - y0) * 0.22;
  return [[cx - width / 2, cy - TAG_HEIGHT / 2], [x0 - width * 0.72, upper], [x1 - width * 0.28, upper], [cx - width / 2, y0 - TAG_HEIGHT - 4],
    [cx - width / 2, y1 + 4], [x0 - width, middle], [x1, middle], [cx - width / 2, upper], [cx - width / 2, y1 - TAG_HEIGHT - 8]];
}

/** The regions that have no tag of their own, as one. */
function gathered(regions, words) {
  const n = regions.reduce((sum, region) => sum + region.n, 0);
  return { ...regions[0], n, label: words.t('otherAreas', { n: regions.length }), index: -2, members: regions, wide: true, centre: [0, 0], box: [0, 0, 0, 0] };
}

/** Along the edges of the pane, where a tag covers least. */
const edges = ([left, top, right, bottom], width) => [
  ...[0, 1, 2, 3, 4, 5, 6, 7].map((k) => [left, top + 12 + k * 32]), ...[0, 1, 2, 3].map((k) => [right - width, bottom - 70 - k * 32]),
  ...[0, 1, 2].map((k) => [left + (right - left) * (0.3 + k * 0.2) - width / 2, top])];

function within([x0, y0, x1, y1], [left, top, right, bottom]) {
  const dx = Math.max(left - x0, 0) || Math.min(right - x1, 0);
  const dy = Math.max(top - y0, 0) || Math.min(bottom - y1, 0);
  return [x0 + dx, y0 + dy, x1 + dx, y1 + dy];
}

const apart = (a, b) => a[0] > b[2] + 3 || a[2] < b[0] - 3 || a[1] > b[3] + 3 || a[3] < b[1] - 3;
const clear = ([x0, y0, x1, y1], [cx, cy, r]) =>
  Math.hypot(Math.max(x0, Math.min(cx, x1)) - cx, Math.max(y0, Math.min(cy, y1)) - cy) >= r;

const pie = new Uint32Array(16);

/** The tags: a square label with a pie of types, so that it is never taken for a bubble. */
export function paintTags(context, tags, { bubbles, palette, words, strong = -1 }) {
  const { regions, groupCount } = bubbles;
  const rtl = words.dir === 'rtl';
  for (const { region, box: [x0, y0, x1, y1] } of tags) {
    const x = Math.round(x0) + 0.5;
    const y = Math.round(y0) + 0.5;
    context.beginPath();
    context.roundRect(x, y, x1 - x0, y1 - y0, 2);
    context.fillStyle = palette.paper;
    context.fill();
    context.lineWidth = region.index === strong ? 2 : 1;
    context.strokeStyle = palette.ink;
    context.stroke();
    const start = rtl ? x + (x1 - x0) : x;
    const sign = rtl ? -1 : 1;
    const members = region.members ?? [region];
    pie.fill(0);
    for (const { index } of members) for (let g = 0; g < groupCount; g++) pie[g] += regions.groups[index * groupCount + g];
    drawPie(context, start + sign * 14, y + 12, 5.5, 4, pie, 0, palette.groups, region.n);
    context.textAlign = rtl ? 'right' : 'left';
    context.fillStyle = palette.ink;
    context.font = palette.fonts.strong12;
    const number = words.count(region.n);
    context.fillText(number, start + sign * 27, y + 16);
    const step = context.measureText(number).width + 4;
    context.font = palette.fonts.plain12;
    context.fillText(region.label, start + sign * (27 + step), y + 16);
  }
}
