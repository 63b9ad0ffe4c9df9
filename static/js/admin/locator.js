/** Small maps beside a fact: the base map around a point, with the point, its doubt, or its candidates. */
import { decodeBasemap } from '../model/basemap.js';
import { createProjection, niceKm, spanOf, touches } from './projection.js';

const SVG = 'http://www.w3.org/2000/svg';
const KM = globalThis.document?.documentElement.lang === 'ar' ? 'كم' : 'km';
let basemap = null;

/** Draws all `[data-locator]` under `root` that are not drawn yet. */
export async function drawLocators(root = document) {
  const places = [...root.querySelectorAll('[data-locator]:not([data-drawn])')];
  if (!places.length) return;
  places.forEach((element) => element.setAttribute('data-drawn', ''));
  basemap ??= loadBasemap();
  const map = await basemap.catch(() => null);
  places.forEach((element) => draw(element, map));
}

async function loadBasemap() {
  const response = await fetch(new URL('../../basemap/region.json', import.meta.url));
  return decodeBasemap(await response.json());
}

function draw(element, map) {
  const points = pointsOf(element);
  if (!points.length) return;
  const [width, height] = [Number(element.dataset.width), Number(element.dataset.height)];
  const region = element.dataset.precision === '3' ? map?.governorates.find((g) => g.id === element.dataset.place) : null;
  const view = region ? spanOf(cornersOf(region.rings), 40, width / height) : spanOf(points, 14, width / height);
  const projection = createProjection({ ...view, width, height });
  const svg = make('svg', { class: 'map', viewBox: `0 0 ${width} ${height}`, width, height, 'aria-hidden': 'true', direction: 'ltr' });
  svg.append(make('rect', { class: map ? 'mp-sea' : 'mp-land', width, height }));
  if (map) drawGround(svg, map, projection);
  drawPoints(svg, element, points, projection, region);
  drawScale(svg, projection, width, height);
  element.replaceChildren(svg);
}

/** The points of an element: its own, a second one, or the candidates of the popover it stands in. */
function pointsOf(element) {
  if ('candidates' in element.dataset) {
    const inputs = element.closest('form, dialog, body').querySelectorAll('input[data-letter]');
    return [...inputs].map(({ dataset: d, checked }) => ({ ...numbers(d.lat, d.lon, 0), letter: d.letter, chosen: checked })).filter(isPoint);
  }
  const d = element.dataset;
  const [own, other] = [numbers(d.lat, d.lon, d.radius), numbers(d.lat2, d.lon2, d.radius2)];
  const shownExactly = 'public' in d && own.lat === other.lat && own.lon === other.lon;
  return (shownExactly ? [own] : [own, other]).filter(isPoint);
}

function numbers(lat, lon, radius) {
  return { lat: Number.parseFloat(lat), lon: Number.parseFloat(lon), radius: Number.parseFloat(radius) || 0 };
}

function isPoint({ lat, lon }) {
  return Number.isFinite(lat) && Number.isFinite(lon);
}

function cornersOf(rings) {
  const points = [];
  for (const ring of rings) for (let i = 0; i < ring.length; i += 2) points.push({ lon: ring[i], lat: ring[i + 1] });
  return points;
}

function drawGround(svg, map, projection) {
  const near = (lines) => lines.filter((line) => touches(line, projection.bounds));
  const syria = map.land.filter((land) => land.country === 'syria');
  const abroad = map.land.filter((land) => land.country !== 'syria');
  const path = (lines, name) => { if (lines.length) svg.append(make('path', { class: name, d: pathOf(lines, projection), 'fill-rule': 'evenodd' })); };
  path(near(abroad.flatMap((land) => land.rings)), 'mp-abroad');
  path(near(syria.flatMap((land) => land.rings)), 'mp-land');
  path(near(map.lakes), 'mp-sea');
  path(near(map.rivers.map((river) => river.line)), 'mp-river');
  path(near(map.governorateLines), 'mp-gov');
  path(near(map.roads.map((road) => road.line)), 'mp-road');
  path(near(map.borders.map((border) => border.line)), 'mp-border');
  path(near(map.coast), 'mp-border');
  drawTowns(svg, map, projection);
}

function drawTowns(svg, map, { x, y, bounds: [west, south, east, north] }) {
  const arabic = globalThis.document?.documentElement.lang === 'ar';
  const towns = map.labels.filter((l) => l.kind === 'city' && l.lon > west && l.lon < east && l.lat > south && l.lat < north);
  for (const town of towns.toSorted((a, b) => a.rank - b.rank).slice(0, 9)) {
    const [px, py] = [x(town.lon), y(town.lat)];
    svg.append(make('rect', { class: 'mp-town', x: px - 2.5, y: py - 2.5, width: 5, height: 5, rx: 1 }));
    svg.append(make('text', { class: 'mp-label', x: px + 6, y: py + 4 }, arabic ? town.ar : town.en));
  }
}

function drawPoints(svg, element, points, projection, region) {
  const { x, y, pxPerKm } = projection;
  if (region) svg.append(make('path', { class: 'mp-hatch', d: pathOf(region.rings, projection), 'fill-rule': 'evenodd' }));
  points.toReversed().forEach((point, index) => {
    const first = index === points.length - 1;
    const [cx, cy] = [x(point.lon), y(point.lat)];
    if (point.letter) { drawLetter(svg, point, cx, cy); return; }
    const isPublic = 'public' in element.dataset && (!first || points.length === 1);
    const radius = Math.max(9, point.radius * pxPerKm);
    const area = element.dataset.precision === '3' && first ? 'mp-hatch' : 'mp-disc';
    if (!region && (point.radius || first)) svg.append(make('circle', { class: isPublic ? 'mp-pubdisc' : area, cx, cy, r: radius }));
    if (region || area === 'mp-hatch') return;
    const dot = isPublic ? 'mp-pub' : first && !('public' in element.dataset) ? 'mp-dot' : 'mp-dot2';
    svg.append(make('circle', { class: dot, cx, cy, r: 4 }));
  });
}

function drawLetter(svg, point, cx, cy) {
  svg.append(make('circle', { class: point.chosen ? 'mp-dot' : 'mp-alt', cx, cy, r: 8 }));
  svg.append(make('text', { class: `mp-letter ${point.chosen ? 'mp-dot-t' : 'mp-alt-t'}`, x: cx, y: cy + 4, 'text-anchor': 'middle' }, point.letter));
}

function drawScale(svg, { pxPerKm }, width, height) {
  const km = niceKm((width * 0.3) / pxPerKm);
  const group = make('g', { class: 'mp-scale' });
  group.append(make('path', { d: `M8 ${height - 13}v4h${(km * pxPerKm).toFixed(1)}v-4` }));
  group.append(make('text', { x: 13 + km * pxPerKm, y: height - 8 }, `${km} ${KM}`));
  svg.append(group);
}

function pathOf(lines, { x, y }) {
  const parts = [];
  for (const line of lines) {
    for (let i = 0; i < line.length; i += 2) parts.push(`${i ? 'L' : 'M'}${x(line[i]).toFixed(1)} ${y(line[i + 1]).toFixed(1)}`);
  }
  return parts.join('');
}

function make(name, attributes, text = '') {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  if (text) element.textContent = text;
  return element;
}
