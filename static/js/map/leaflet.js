/** The one module that touches Leaflet: a map to move about in, canvases that stay in step with it, tiles. */
import { latOf, lonOf, pixels } from '../model/geo.js';

const PADDING = 0.12;
const MIN_ZOOM = 6;
const MAX_ZOOM = 16;
const OSM = 'https://tile.openstreetmap.org/{z}/{x}/{y}.png';

/**
 * @param {HTMLElement} element the pane
 * @param {{center: [number, number], zoom: number, animate: boolean}} options
 * @returns {object} chart: the map as the rest of `map/` knows it
 */
export function createChart(element, { center, zoom, animate = true }) {
  const { L } = window;
  const map = L.map(element, {
    center, zoom, minZoom: MIN_ZOOM, maxZoom: MAX_ZOOM, zoomSnap: 0.25, zoomDelta: 1, wheelPxPerZoomLevel: 110,
    zoomControl: false, attributionControl: false, keyboard: true, boxZoom: true, inertia: animate,
    zoomAnimation: animate, fadeAnimation: false, markerZoomAnimation: false, maxBounds: [[24, 22], [46, 56]], maxBoundsViscosity: 0.6,
  });
  const layers = [];
  // A canvas is drawn anew when the view rests, or when a drag has used up its margin.
  map.on('moveend zoomend viewreset resize', () => layers.forEach((layer) => layer.place()));
  map.on('move', () => { if (!map._animatingZoom) layers.forEach((layer) => layer.placeIfSpent()); });
  map.on('zoomanim', (event) => layers.forEach((layer) => layer.follow(event.center, event.zoom)));
  map.on('zoom', () => layers.forEach((layer) => layer.follow(map.getCenter(), map.getZoom())));

  return {
    addCanvas: (name, paint) => { const layer = createCanvasLayer(L, map, name, paint); layers.push(layer); return layer; },
    on: (names, fn) => map.on(names, fn),
    view: () => viewOf(map),
    setView: (to, level, moves = animate) => map.setView(to, level ?? map.getZoom(), { animate: moves }),
    fly: (to, level) => (animate ? map.flyTo(to, level ?? map.getZoom(), { duration: 0.9 }) : map.setView(to, level ?? map.getZoom(), { animate: false })),
    fit: ([west, south, east, north], moves = animate, maxZoom = MAX_ZOOM) =>
      map.fitBounds([[south, west], [north, east]], { padding: [36, 36], animate: moves, maxZoom }),
    panBy: (x, y) => map.panBy([x, y], { animate }),
    zoomBy: (steps) => map.setZoom(map.getZoom() + steps),
    zoomRange: [MIN_ZOOM, MAX_ZOOM],
    resize: () => map.invalidateSize({ animate: false, pan: false }),
    project: (lat, lon) => map.latLngToContainerPoint([lat, lon]),
    pointAt: (event) => { const p = map.mouseEventToContainerPoint(event); const at = map.containerPointToLatLng(p); return { x: p.x, y: p.y, lat: at.lat, lon: at.lng }; },
    setTiles: createTileSwitch(L, map),
    dispose: () => map.remove(),
  };
}

function viewOf(map) {
  const bounds = map.getBounds();
  const { lat, lng } = map.getCenter();
  return {
    center: [lat, lng], zoom: map.getZoom(),
    bounds: [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()],
    width: map.getSize().x, height: map.getSize().y,
  };
}

/** One tile layer at a time: null (our own map), 'osm', or {url, attribution}. */
function createTileSwitch(L, map) {
  let layer = null;
  return (wanted) => {
    layer?.remove();
    layer = null;
    if (!wanted) return;
    const { url, attribution } = wanted === 'osm' ? { url: OSM, attribution: '' } : wanted;
    // Without a Referer OpenStreetMap answers 403; the site's own policy would strip it.
    layer = L.tileLayer(url, { attribution, maxZoom: 19, referrerPolicy: 'strict-origin-when-cross-origin' }).addTo(map);
  };
}

/** A canvas a little larger than the pane. `paint(context, frame)` draws in CSS pixels. */
function createCanvasLayer(L, map, name, paint) {
  const canvas = document.createElement('canvas');
  canvas.className = `map-layer leaflet-zoom-animated ${name}-layer`;
  canvas.setAttribute('aria-hidden', 'true');
  const pane = map.createPane(name);
  pane.appendChild(canvas);
  const context = canvas.getContext('2d', { alpha: true });
  const frame = { zoom: 0, scale: 1, left: 0, top: 0, width: 0, height: 0, ratio: 1, view: null, bounds: null, number: 0 };

  function place() {
    const size = map.getSize();
    const margin = size.multiplyBy(PADDING).round();
    const corner = map.containerPointToLayerPoint(margin.multiplyBy(-1)).round();
    const ratio = Math.min(3, window.devicePixelRatio || 1);
    resize(canvas, frame, size.x + 2 * margin.x, size.y + 2 * margin.y, ratio);
    L.DomUtil.setTransform(canvas, corner, 1);
    const origin = map.getPixelOrigin().add(corner);
    describe(frame, map, origin, margin);
    repaint();
  }

  function repaint() {
    if (frame.width === 0) return;
    context.setTransform(frame.ratio, 0, 0, frame.ratio, 0, 0);
    context.clearRect(0, 0, frame.width, frame.height);
    paint(context, frame);
  }

  function placeIfSpent() {
    const moved = map.containerPointToLayerPoint([0, 0]).subtract(frame.rest);
    if (Math.abs(moved.x) > frame.margin.x * 0.9 || Math.abs(moved.y) > frame.margin.y * 0.9) place();
  }

  /** While the zoom is on its way the picture is stretched, not drawn. */
  function follow(center, zoom) {
    if (frame.width === 0) return;
    const scale = map.getZoomScale(zoom, frame.zoom);
    const half = map.getSize().multiplyBy(0.5);
    const corner = map.project(frame.corner, zoom);
    const origin = map._getNewPixelOrigin ? map._getNewPixelOrigin(center, zoom) : map.project(center, zoom).subtract(half);
    L.DomUtil.setTransform(canvas, corner.subtract(origin), scale);
  }

  return { place, repaint, placeIfSpent, follow, frame, canvas, pane };
}

function resize(canvas, frame, width, height, ratio) {
  if (frame.width === width && frame.height === height && frame.ratio === ratio) return;
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  canvas.style.width = `${width}px`;
  canvas.style.height = `${height}px`;
  Object.assign(frame, { width, height, ratio });
}

/** Where the canvas lies; `number` counts on whenever that changes. `left`, `top` in world pixels at `zoom`, `bounds` in degrees, `margin` around the pane. */
function describe(frame, map, origin, margin) {
  const zoom = map.getZoom();
  const world = pixels(zoom);
  Object.assign(frame, {
    zoom, scale: world, left: origin.x, top: origin.y, margin, number: frame.number + 1,
    rest: map.containerPointToLayerPoint([0, 0]), corner: map.unproject(origin, zoom),
    bounds: [lonOf(origin.x / world), latOf((origin.y + frame.height) / world), lonOf((origin.x + frame.width) / world), latOf(origin.y / world)],
  });
}
