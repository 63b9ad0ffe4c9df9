/** Paints the events: discs where only "about here" is known, dots, split rings, bubbles with their pies. */
import { metresPerPixel } from '../model/geo.js';
import { drawCircle, drawContested, drawGlyph } from './shapes.js';

const DOT = 4.6;
/** A disc smaller than this looks like a target, wider ones make a fog: they show on hover, or when asked for. */
const LEAST_DISC = 12;
const WIDEST_DISC = 56;
const SIGN = 9.5;
const PALE = 0.42;

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
  paintBubbles(context, frame, scene);
  if (scene.veiled && scene.selected >= 0 && scene.selected < bubbles.count) veil(context, frame, scene);
  if (scene.hovered >= 0 && scene.hovered < bubbles.count) ring(context, frame, scene, scene.hovered, 2, 1.5);
  if (scene.selected >= 0 && scene.selected < bubbles.count) {
    ring(context, frame, scene, scene.selected, 4.5, 5, scene.palette.halo);
    ring(context, frame, scene, scene.selected, 4.5, 2);
  }
}

/** In a story the event that is spoken of keeps its full strength, the rest pales. */
function veil(context, frame, scene) {
  const b = scene.selected;
  context.globalCompositeOperation = 'destination-in';
  context.globalAlpha = PALE;
  context.fillStyle = scene.palette.ink;
  context.fillRect(0, 0, frame.width, frame.height);
  context.globalCompositeOperation = 'source-over';
  context.globalAlpha = 1;
  if (scene.bubbles.lone[b] < 0) return;
  paintDisc(context, frame, scene, b);
  paintDot(context, frame, scene, b);
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
  for (let b = 0; b < scene.bubbles.count; b++) {
    if (scene.bubbles.lone[b] >= 0) paintDisc(context, frame, scene, b);
  }
}

function paintDisc(context, frame, scene, b) {
  const { bubbles, snapshot } = scene;
  const { sites } = snapshot;
  const lit = b === scene.hovered || b === scene.selected;
  const site = snapshot.site[bubbles.lone[b]];
  if (sites.precision[site] !== 2) return;
  const r = (sites.radiusKm[site] * 1000) / metresPerPixel(sites.lat[site], frame.zoom);
  if (r < LEAST_DISC && !lit && !scene.discs) return;
  const group = groupOf(scene, b);
  const x = bubbles.x[b] - frame.left;
  const y = bubbles.y[b] - frame.top;
  if (r > WIDEST_DISC && !lit && !scene.discs) {
    if (!bubbles.contested[b]) drawCircle(context, x, y, SIGN, { stroke: group.edge, width: 1, dash: SIGN_DASH });
    return;
  }
  context.globalAlpha = lit ? 0.14 : 0.08;
  drawCircle(context, x, y, r, { fill: group.fill });
  context.globalAlpha = 1;
  drawCircle(context, x, y, r, { stroke: group.edge, width: lit ? 1.25 : 1, dash: DASH });
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
const FULL = Math.PI * 2;
const WIDE = 14;
const NO_DASH = [];
/** For each bubble: the angle that its pie has come to, and the gap between its parts. */
const pies = { angle: new Float64Array(0), gap: new Float64Array(0) };

/** Bubbles never overlap, so they are drawn in layers: one path for what looks the same. */
function paintBubbles(context, frame, scene) {
  const { palette } = scene;
  context.fillStyle = palette.paper;
  traceRings(context, frame, scene.bubbles, 1.5);
  context.fill();
  paintRims(context, frame, scene);
  paintPies(context, frame, scene);
  context.globalAlpha = 0.22;
  context.strokeStyle = palette.ink;
  context.lineWidth = 0.75;
  traceRings(context, frame, scene.bubbles, -3.5, -4.5);
  context.stroke();
  context.globalAlpha = 1;
  paintCounts(context, frame, scene);
}

/** Circles `grow` outside the bubbles, `growWide` for large ones; `vague` picks those (not) mostly of about-here events. */
function traceRings(context, { left, top }, { count, n, x, y, r, about }, grow, growWide = grow, vague = null) {
  context.beginPath();
  for (let b = 0; b < count; b++) {
    if (n[b] < 2 || (vague !== null && about[b] * 2 > n[b] !== vague)) continue;
    const radius = r[b] + (r[b] > WIDE ? growWide : grow);
    context.moveTo(x[b] - left + radius, y[b] - top);
    context.arc(x[b] - left, y[b] - top, radius, 0, FULL);
  }
}

/** A rim that is broken where most of the events are only about here. */
function paintRims(context, frame, { bubbles, palette }) {
  context.strokeStyle = palette.ink;
  context.lineWidth = 1;
  for (const vague of [false, true]) {
    context.globalAlpha = vague ? 0.75 : 0.4;
    if (vague) context.setLineDash(ABOUT_DASH);
    traceRings(context, frame, bubbles, 1.2, 1.2, vague);
    context.stroke();
  }
  context.setLineDash(NO_DASH);
  context.globalAlpha = 1;
}

/** The rings of types: for each colour one path of thick and one of thin parts. */
function paintPies(context, frame, { bubbles, palette }) {
  startPies(bubbles, palette.groups);
  for (let g = 0; g < palette.groups.length; g++) {
    const { index, fill } = palette.groups[g];
    context.strokeStyle = fill;
    strokePies(context, frame, bubbles, index, true);
    strokePies(context, frame, bubbles, index, false);
    turnPies(bubbles, index);
  }
}

function startPies({ count, n, r, groups, groupCount }, order) {
  if (pies.angle.length < count) Object.assign(pies, { angle: new Float64Array(count * 2), gap: new Float64Array(count * 2) });
  for (let b = 0; b < count; b++) {
    if (n[b] < 2) continue;
    let parts = 0;
    for (let g = 0; g < order.length; g++) if (groups[b * groupCount + order[g].index] > 0) parts++;
    pies.angle[b] = -Math.PI / 2;
    pies.gap[b] = parts < 2 ? 0 : Math.min(0.055 * 14 / (r[b] - (r[b] > WIDE ? 2.25 : 1.75)), FULL / parts / 8);
  }
}

/** One group's parts of all large bubbles, or of all small ones. */
function strokePies(context, { left, top }, { count, n, x, y, r, groups, groupCount }, index, wide) {
  const { angle, gap } = pies;
  const inset = wide ? 2.25 : 1.75;
  let drawn = false;
  for (let b = 0; b < count; b++) {
    const part = n[b] < 2 ? 0 : groups[b * groupCount + index];
    if (part === 0 || r[b] > WIDE !== wide) continue;
    if (!drawn) { context.beginPath(); drawn = true; }
    const radius = r[b] - inset;
    const turn = (part / n[b]) * FULL;
    const cut = Math.min(gap[b], turn / 4) / 2;
    const start = angle[b] + cut;
    context.moveTo(x[b] - left + radius * Math.cos(start), y[b] - top + radius * Math.sin(start));
    context.arc(x[b] - left, y[b] - top, radius, start, angle[b] + turn - cut);
  }
  if (!drawn) return;
  context.lineWidth = wide ? 4.5 : 3.5;
  context.stroke();
}

function turnPies({ count, n, groups, groupCount }, index) {
  const { angle } = pies;
  for (let b = 0; b < count; b++) if (n[b] > 1) angle[b] += (groups[b * groupCount + index] / n[b]) * FULL;
}

const sizeOf = (r, n) => (r > 21 ? 13 : n < 100 || r > 17 ? 11 : 10);

function paintCounts(context, { left, top }, { bubbles, palette, words }) {
  context.textAlign = 'center';
  context.textBaseline = 'alphabetic';
  context.fillStyle = palette.ink;
  for (const size of [10, 11, 13]) {
    let set = false;
    for (let b = 0; b < bubbles.count; b++) {
      const n = bubbles.n[b];
      if (n < 2 || sizeOf(bubbles.r[b], n) !== size) continue;
      if (!set) { context.font = palette.fonts[size]; set = true; }
      context.fillText(words.count(n), bubbles.x[b] - left, bubbles.y[b] - top + size * 0.36);
    }
  }
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
