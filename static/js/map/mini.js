/** The still map of an event's page: the same base map and marks, without moving. */
import { decodeBasemap } from '../model/basemap.js';
import { latOf, lonOf, metresPerPixel, pixels, worldX, worldY } from '../model/geo.js';
import { createBasemap } from './basemap.js';
import { gatherNames, placeLabels, placeShields } from './labels.js';
import { paintLabels } from './names_paint.js';
import { createHatch, drawCircle, drawContested, drawGlyph, readGlyphs } from './shapes.js';

const TOKENS = { sea: 'map-sea', land: 'map-land', abroad: 'map-abroad', border: 'map-border', coast: 'map-border', admin: 'map-admin', river: 'map-river', roadCase: 'map-road-case', label: 'map-label', label2: 'map-label-2', halo: 'map-halo', waterLabel: 'map-water-label', ink: 'ink', paper: 'paper' };

draw(document.querySelector('.mini-map'), JSON.parse(document.getElementById('event-data').textContent));

async function draw(element, event) {
  const file = await (await fetch(element.dataset.basemap)).json();
  const basemap = decodeBasemap(file);
  const canvas = document.createElement('canvas');
  element.append(canvas);
  const paint = () => paintAll(canvas, element, basemap, event);
  paint();
  new ResizeObserver(paint).observe(element);
}

function paintAll(canvas, element, basemap, event) {
  const frame = frameOf(element, event);
  canvas.width = frame.width * frame.ratio;
  canvas.height = frame.height * frame.ratio;
  canvas.style.width = `${frame.width}px`;
  canvas.style.height = `${frame.height}px`;
  const context = canvas.getContext('2d');
  context.setTransform(frame.ratio, 0, 0, frame.ratio, 0, 0);
  const colours = readColours();
  const land = createBasemap(basemap);
  land.paint(context, frame, colours);
  paintNames(context, frame, basemap, land, colours, event);
  paintEvent(context, frame, land, colours, event);
}

/** A view about the event: as near as the circle of its doubt allows. */
function frameOf(element, { latitude, longitude, radius_km: radius, geo_precision: precision }) {
  const [width, height] = [element.clientWidth, element.clientHeight];
  const wanted = precision === 1 ? 9.4 : Math.log2((height * 0.38 * metresPerPixel(latitude, 0)) / (Math.max(2, radius) * 1000));
  const zoom = Math.max(6, Math.min(9.8, wanted));
  const scale = pixels(zoom);
  const [left, top] = [worldX(longitude) * scale - width / 2, worldY(latitude) * scale - height / 2];
  return {
    width, height, zoom, scale, left, top, ratio: Math.min(3, window.devicePixelRatio || 1), margin: { x: 0, y: 0 },
    bounds: [lonOf(left / scale), latOf((top + height) / scale), lonOf((left + width) / scale), latOf(top / scale)],
  };
}

function readColours() {
  const style = getComputedStyle(document.documentElement);
  const token = (name) => style.getPropertyValue(`--${name}`).trim();
  return { ...Object.fromEntries(Object.entries(TOKENS).map(([key, name]) => [key, token(name)])), token, family: getComputedStyle(document.body).fontFamily };
}

function paintNames(context, frame, basemap, land, colours, { radius_km: radius, latitude, geo_precision: precision }) {
  const words = { lang: document.documentElement.lang };
  const reach = precision === 2 ? Math.min(60, (radius * 1000) / metresPerPixel(latitude, frame.zoom)) : 12;
  const obstacles = { circles: [[frame.width / 2, frame.height / 2, Math.max(12, reach)]], dots: [], boxes: [] };
  const measure = (text, size, strong) => { context.font = `${strong ? 600 : 400} ${size}px ${colours.family}`; return context.measureText(text).width; };
  const labels = placeLabels(gatherNames(basemap, [], words), frame, obstacles, { measure, contains: (country, x, y) => land.contains(context, frame, country)(x, y) });
  paintLabels(context, labels, placeShields(basemap.roads, frame, labels.map((l) => [l.x - 40, l.y - 14, l.x + 40, l.y + 4]), obstacles), colours);
}

function paintEvent(context, frame, land, colours, event) {
  const [x, y] = [frame.width / 2, frame.height / 2];
  const type = event.event_type_code;
  const [fill, edge] = [colours.token(type), colours.token(`${type}-edge`)];
  const radius = (event.radius_km * 1000) / metresPerPixel(event.latitude, frame.zoom);
  if (event.geo_precision === 3) { paintArea(context, frame, land, colours, event, radius); return; }
  if (event.geo_precision === 2) {
    context.globalAlpha = 0.14;
    drawCircle(context, x, y, radius, { fill });
    context.globalAlpha = 1;
    drawCircle(context, x, y, radius, { stroke: edge, dash: [3, 2.6] });
  }
  if (event.is_contested) drawContested(context, x, y, 8.6, colours);
  drawGlyph(context, readGlyphs(document, [type])[type], x, y, event.is_contested ? 4.6 : 5.4, fill, edge);
}

function paintArea(context, frame, land, colours, { place_slug: slug }, radius) {
  const outline = land.outline(slug);
  context.save();
  if (outline) land.enter(context, frame);
  const path = outline?.path ?? new Path2D();
  if (!outline) path.arc(frame.width / 2, frame.height / 2, radius, 0, Math.PI * 2);
  context.clip(path, 'evenodd');
  context.setTransform(frame.ratio, 0, 0, frame.ratio, 0, 0);
  context.globalAlpha = 0.35;
  context.fillStyle = createHatch(context, colours.ink, frame.ratio);
  context.fillRect(0, 0, frame.width, frame.height);
  context.restore();
}
