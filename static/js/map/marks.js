/** Paints the events: discs where only "about here" is known, dots, split rings, bubbles with their pies. */
import { metresPerPixel } from '../model/geo.js';
import { drawCircle, drawContested, drawGlyph, drawPie } from './shapes.js';

const DOT = 4.6;
/** A disc smaller than this looks like a target, wider ones make a fog: they show on hover, or when asked for. */
const LEAST_DISC = 12;
const WIDEST_DISC = 56;
const SIGN = 9.5;

/**
 * @param {CanvasRenderingContext2D} context
 * @param {object} frame of leaflet.js
 * @param {object} scene {bubbles, snapshot, typeOf(row), palette, glyphs, words, discs, hovered, selected}
 */
export function paintMarks(context, frame, scene) {
  const { bubbles } = scene;
  paintDiscs(context, frame, scene);
  for (let b = 0; b < bubbles.count; b++) {
    if (bubbles.n[b] === 1) paintDot(context, frame, scene, b);
  }
  for (let b = 0; b < bubbles.count; b++) {
    if (bubbles.n[b] > 1) paintBubble(context, frame, scene, b);
  }
  if (scene.hovered >= 0 && scene.hovered < bubbles.count) ring(context, frame, scene, scene.hovered, 2, 1.5);
  if (scene.selected >= 0 && scene.selected < bubbles.count) {
    ring(context, frame, scene, scene.selected, 4.5, 5, scene.palette.halo);
    ring(context, frame, scene, scene.selected, 4.5, 2);
  }
}

function ring(context, { left, top }, { bubbles, palette }, b, grow, width, colour = palette.ink) {
  drawCircle(context, bubbles.x[b] - left, bubbles.y[b] - top, radiusShown(bubbles, b) + grow, { stroke: colour, width });
}

const radiusShown = (bubbles, b) => (bubbles.n[b] === 1 ? (bubbles.contested[b] ? 9.9 : 6) : bubbles.r[b]);

/** The colour group that the whole of a bubble of one event belongs to. */
function groupOf({ bubbles, palette }, b) {
  const at = b * bubbles.groupCount;
  return palette.groups.find((group) => bubbles.groups[at + group.index] > 0) ?? palette.groups[0];
}

const DASH = [3, 2.6];
const SIGN_DASH = [2.2, 2.4];

function paintDiscs(context, frame, scene) {
  const { bubbles, snapshot } = scene;
  const { sites } = snapshot;
  for (let b = 0; b < bubbles.count; b++) {
    const row = bubbles.lone[b];
    const lit = b === scene.hovered || b === scene.selected;
    if (row < 0) continue;
    const site = snapshot.site[row];
    if (sites.precision[site] !== 2) continue;
    const r = (sites.radiusKm[site] * 1000) / metresPerPixel(sites.lat[site], frame.zoom);
    if (r < LEAST_DISC && !lit && !scene.discs) continue;
    const group = groupOf(scene, b);
    const x = bubbles.x[b] - frame.left;
    const y = bubbles.y[b] - frame.top;
    if (r > WIDEST_DISC && !lit && !scene.discs) {
      if (!bubbles.contested[b]) drawCircle(context, x, y, SIGN, { stroke: group.edge, width: 1, dash: SIGN_DASH });
      continue;
    }
    context.globalAlpha = lit ? 0.14 : 0.08;
    drawCircle(context, x, y, r, { fill: group.fill });
    context.globalAlpha = 1;
    drawCircle(context, x, y, r, { stroke: group.edge, width: lit ? 1.25 : 1, dash: DASH });
  }
}

function paintDot(context, frame, scene, b) {
  const { bubbles, palette, glyphs } = scene;
  const x = bubbles.x[b] - frame.left;
  const y = bubbles.y[b] - frame.top;
  if (bubbles.contested[b]) {
    context.globalAlpha = 0.8;
    drawCircle(context, x, y, 9.6, { fill: palette.land });
    context.globalAlpha = 1;
    drawContested(context, x, y, 8.6, palette);
  }
  const group = groupOf(scene, b);
  drawGlyph(context, glyphs[scene.typeOf(bubbles.lone[b])], x, y, DOT, group.fill, group.edge);
}

const ABOUT_DASH = [2.4, 2];

function paintBubble(context, frame, scene, b) {
  const { bubbles, palette } = scene;
  const x = bubbles.x[b] - frame.left;
  const y = bubbles.y[b] - frame.top;
  const r = bubbles.r[b];
  const n = bubbles.n[b];
  const width = r > 14 ? 4.5 : 3.5;
  const vague = bubbles.about[b] * 2 > n;
  drawCircle(context, x, y, r + 1.5, { fill: palette.paper });
  context.globalAlpha = vague ? 0.75 : 0.4;
  drawCircle(context, x, y, r + 1.2, { stroke: palette.ink, width: 1, dash: vague ? ABOUT_DASH : null });
  context.globalAlpha = 1;
  drawPie(context, x, y, r - width / 2, width, bubbles.groups, b * bubbles.groupCount, palette.groups, n);
  context.globalAlpha = 0.22;
  drawCircle(context, x, y, r - width, { stroke: palette.ink, width: 0.75 });
  context.globalAlpha = 1;
  const size = r > 21 ? 13 : n < 100 || r > 17 ? 11 : 10;
  context.font = palette.fonts[size];
  context.textAlign = 'center';
  context.textBaseline = 'alphabetic';
  context.fillStyle = palette.ink;
  context.fillText(scene.words.count(n), x, y + size * 0.36);
}

/** What labels must keep clear of: circles of bubbles, and the smaller marks. */
export function obstaclesOf(bubbles, frame) {
  const circles = [];
  const dots = [];
  for (let b = 0; b < bubbles.count; b++) {
    const mark = [bubbles.x[b] - frame.left, bubbles.y[b] - frame.top, radiusShown(bubbles, b) + 2];
    (bubbles.n[b] > 1 ? circles : dots).push(mark);
  }
  return { circles, dots };
}

/** The bubble that a row is drawn in: its own dot, or the nearest bubble over its site. -1: none. */
export function bubbleOfRow(bubbles, row, x, y) {
  let best = -1;
  let least = 30;
  for (let b = 0; b < bubbles.count; b++) {
    if (bubbles.lone[b] === row) return b;
    if (bubbles.n[b] < 2) continue;
    const gap = Math.hypot(bubbles.x[b] - x, bubbles.y[b] - y) - bubbles.r[b];
    if (gap < least) { least = gap; best = b; }
  }
  return best;
}
