/** The map pane: base map, names, events; answers to pointer and keys with what was hit. */
import { metresPerPixel, pixels, worldX, worldY } from '../model/geo.js';
import { createRest } from '../model/rest.js';
import { createBasemap } from './basemap.js';
import { gatherNames, placeLabels, placeShields } from './labels.js';
import { createChart } from './leaflet.js';
import { bubbleOfRow, obstaclesOf, paintMarks } from './marks.js';
import { moonRadius, paintMoons } from './moons.js';
import { paintLabels } from './names_paint.js';
import { createLies, hatchedOf, layoutRegions, paintRegions, paintTags, placeTags, taggedOf } from './regions.js';
import { readGlyphs } from './shapes.js';

const SETTLE_MS = 130;
/** While marks move, other areas are hatched no more often than this. */
const HATCH_MS = 250;
const EMPTY = { count: 0, regions: { count: 0 }, groupCount: 0, n: [], hit: () => -1 };

/**
 * @param {HTMLElement} element the pane's canvas element
 * @param {{basemap, words, palette, center, zoom, animate, types: string[]}} options
 */
export function createMapView(element, { basemap, words, palette, center, zoom, animate, types }) {
  const land = createBasemap(basemap);
  const scene = {
    bubbles: EMPTY, snapshot: null, names: { places: [] }, typeOf: () => types[0], palette, words, basemap: land,
    glyphs: readGlyphs(document, types), hovered: -1, selected: -1, discs: false, pair: false, focus: null, veiled: false, strong: -1, showNames: true, tiles: null,
  };
  const scratch = document.createElement('canvas');
  const chart = createChart(element, { center, zoom, animate });
  /** What may be named; gathered when names are placed, which the first events need not wait for. */
  let names = null;
  let places = () => [];
  let labels = [];
  let shields = [];
  let laid = { zoom: NaN, left: 0, top: 0 };
  let regions = [];
  let tags = [];
  let cluster = null;
  let picked = null;
  const settling = createRest(SETTLE_MS, rest);
  /** What the frame fixes of the regions, by site, and what the tags and hatches in sight were made for. */
  const lies = { number: -1, places: createLies(), tags: '', hatches: '', hatched: 0 };
  /** Boxes of what stands over the map; read when the view rests, since reading them costs a layout. */
  let fixed = null;

  const base = chart.addCanvas('base', (context, frame) => { if (!scene.tiles) land.paint(context, frame, palette); });
  const text = chart.addCanvas('names', (context, frame) => {
    gatherRegions(frame);
    const subject = focusTags();
    if (!scene.focus && !scene.pair) paintRegions(context, frame, regions, scene);
    if (subject.length) paintRegions(context, frame, subject.map((tag) => tag.region), { ...scene, strong: subject[0].region.index });
    if (!scene.tiles && scene.showNames && laid.zoom === frame.zoom) {
      // Names that were placed for another part of the same zoom keep their places on the ground.
      context.translate(laid.left - frame.left, laid.top - frame.top);
      paintLabels(context, labels, shields, palette);
      context.translate(frame.left - laid.left, frame.top - laid.top);
    }
    paintTags(context, subject, scene);
  });
  const marks = chart.addCanvas('marks', paint);

  function paint(context, frame) {
    if (cluster) scene.bubbles = cluster(frame);
    scene.selected = picked ? bubbleOfRow(scene.bubbles, picked.row, worldX(picked.lon) * pixels(frame.zoom), worldY(picked.lat) * pixels(frame.zoom)) : -1;
    if (scene.hovered >= scene.bubbles.count) scene.hovered = -1;
    if (!scene.snapshot) return;
    gatherRegions(frame);
    tagRegions(context, frame);
    if (scene.pair) paintMoons(context, frame, scene); else paintMarks(context, frame, scene);
    if (!scene.focus) paintTags(context, tags, scene);
    settling.touch();
  }

  function gatherRegions(frame) {
    if (lies.number !== frame.number) { lies.number = frame.number; lies.places = createLies(); }
    regions = scene.pair ? [] : layoutRegions(scene.bubbles, frame, scene, lies.places);
  }

  /** Tags keep their places while steps follow each other; a new view, other regions or longer counts move them. */
  function tagRegions(context, frame) {
    const shown = taggedOf(regions, words);
    const key = `${frame.number}${shown.map(({ place, centre, n, index }) => `|${index < 0 ? '+' : place}:${centre[0]}:${String(n).length}`).join('')}`;
    if (key === lies.tags && settling.pending) { for (const tag of tags) if (tag.region.index < 0) tag.region = shown.at(-1); return; }
    lies.tags = key;
    fixed ??= furniture(element, frame);
    tags = placeTags(regions, frame, obstaclesOf(scene.bubbles, frame), { words, measure: measurer(context, palette), blocked: fixed });
  }

  /** Hatches lie with the names, below the marks, so that they are drawn anew only when other areas are hatched. */
  function hatchRegions() {
    const hatched = scene.focus ? [] : hatchedOf(regions, scene.strong);
    const key = `${lies.number}|${palette.ink}|${scene.strong}|${hatched.map(({ place, centre }) => `${place}:${centre[0]}`).join()}`;
    const now = performance.now();
    if (key === lies.hatches || (settling.pending && now - lies.hatched < HATCH_MS)) return false;
    lies.hatches = key;
    lies.hatched = now;
    return true;
  }

  /** Marks that have come to rest: names and tags make way for them. */
  function rest() {
    const before = String(tags.map((tag) => tag.box));
    tagRegions(marks.canvas.getContext('2d'), marks.frame);
    settle();
    if (String(tags.map((tag) => tag.box)) !== before) { marks.repaint(); settling.cancel(); }
  }

  /** In a story the area that is spoken of is drawn below the paled marks, at full strength. */
  const focusTags = () => (scene.focus ? tags.filter(({ region }) => scene.names.places[region.place]?.slug === scene.focus) : []);

  /** Names keep clear of the marks once those rest; while they move, names stay where they are. */
  function settle() {
    settling.cancel();
    const { frame } = text;
    if (frame.width === 0) return;
    const obstacles = scene.pair ? moonObstacles(scene.bubbles, frame) : obstaclesOf(scene.bubbles, frame);
    fixed = furniture(element, frame);
    const boxes = [...fixed, ...tags.map((tag) => tag.box)];
    const measure = measurer(text.canvas.getContext('2d'), palette);
    const plain = scratch.getContext('2d');
    names ??= gatherNames(basemap, places(), words);
    labels = placeLabels(names, frame, { ...obstacles, boxes }, { measure, contains: (country, x, y) => land.contains(plain, frame, country)(x, y) });
    laid = { zoom: frame.zoom, left: frame.left, top: frame.top };
    shields = placeShields(basemap.roads, frame, [...boxes, ...labels.map((l) => labelBox(l, measure))], obstacles);
    hatchRegions();
    text.repaint();
  }

  function draw() {
    marks.repaint();
    if (hatchRegions()) text.repaint();
  }

  chart.on('moveend', () => { settle(); });
  const view = {
    chart,
    setData({ snapshot, names: tables, places: busy, typeOf }) {
      Object.assign(scene, { snapshot, names: tables, typeOf });
      lies.number = -1;
      names = null;
      places = busy;
    },
    /** `update(frame) -> Bubbles` is asked at every paint; `pair` draws half-moons. */
    setClusters(update, { pair = false } = {}) { cluster = update; scene.pair = pair; },
    draw,
    settle,
    redraw() { for (const layer of [base, text, marks]) layer.place(); settle(); },
    pick(row, lat, lon) { picked = row < 0 ? null : { row, lat, lon }; draw(); },
    option(name, value) {
      scene[name] = value;
      if (name === 'tiles') chart.setTiles(value);
      view.redraw();
    },
    /** What lies at a point of the pane: {kind: 'tag' | 'bubble', ...} or null. */
    at(x, y) { return hitAt(x, y, { scene, tags, frame: marks.frame }); },
    hover(hit) {
      const bubble = hit?.kind === 'bubble' ? hit.bubble : -1;
      const strong = hit?.kind === 'tag' ? hit.region.index : -1;
      if (bubble === scene.hovered && strong === scene.strong) return false;
      Object.assign(scene, { hovered: bubble, strong });
      draw();
      return true;
    },
    scene,
    scaleBar: () => scaleBar(chart.view()),
  };
  for (const layer of [base, text, marks]) layer.place();
  // Names wait for the first events, if those come soon: they would have to make way for them.
  settling.touch();
  return view;
}

function hitAt(x, y, { scene, tags, frame }) {
  const cx = x + frame.margin.x;
  const cy = y + frame.margin.y;
  const tag = tags.find(({ box }) => cx >= box[0] && cx <= box[2] && cy >= box[1] && cy <= box[3]);
  if (tag) return { kind: 'tag', region: tag.region, x: tag.box[2] - frame.margin.x, y: tag.box[1] - frame.margin.y + 12, r: 0 };
  const { bubbles } = scene;
  const bubble = bubbles.hit(cx + frame.left, cy + frame.top, 4);
  if (bubble < 0) return null;
  return { kind: 'bubble', bubble, x: bubbles.x[bubble] - frame.left - frame.margin.x, y: bubbles.y[bubble] - frame.top - frame.margin.y, r: bubbles.r[bubble] };
}

/** Boxes of the legend, the buttons and the scale, in canvas pixels. */
function furniture(element, frame) {
  const pane = element.getBoundingClientRect();
  return [...(element.closest('.app') ?? element.parentElement).querySelectorAll('[data-furniture]')].filter((part) => part.offsetWidth > 0).map((part) => {
    const box = part.getBoundingClientRect();
    const dx = frame.margin.x - pane.left;
    const dy = frame.margin.y - pane.top;
    return [box.left + dx - 4, box.top + dy - 4, box.right + dx + 4, box.bottom + dy + 4];
  });
}

const moonObstacles = (bubbles, frame) => ({
  dots: [],
  circles: Array.from({ length: bubbles.count }, (_, b) => {
    const most = Math.max(bubbles.groups[b * 2], bubbles.groups[b * 2 + 1]);
    return [bubbles.x[b] - frame.left, bubbles.y[b] - frame.top, moonRadius(most) + (most >= 10 ? 16 : 2)];
  }),
});

const widths = new Map();
const MOST_WIDTHS = 5000;

/** Widths of texts; what was measured is remembered. */
function measurer(context, palette) {
  return (text, size, strong) => {
    const font = `${strong ? 600 : 400} ${size}px ${palette.family}`;
    const key = font + text;
    let width = widths.get(key);
    if (width !== undefined) return width;
    context.font = font;
    width = context.measureText(text).width;
    if (widths.size >= MOST_WIDTHS) widths.clear();
    widths.set(key, width);
    return width;
  };
}

function labelBox({ x, y, text, size, rank }, measure) {
  const half = measure(text, size, rank === 1) / 2;
  return [x - half - 2, y - size, x + half + 2, y + 4];
}

/** A round length that fits: {km, width in px}. */
function scaleBar({ center, zoom }) {
  const perPixel = metresPerPixel(center[0], zoom) / 1000;
  const most = perPixel * 76;
  const power = 10 ** Math.floor(Math.log10(most));
  const km = [5, 2, 1].map((step) => step * power).find((length) => length <= most);
  return { km, width: km / perPixel };
}
