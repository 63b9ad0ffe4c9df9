/** Two periods on one map: before is the left half, after the right; the area of each half is its count. */
import { drawCircle, drawHaloText, drawHalfMoon } from './shapes.js';

const NUMBERED = 10;
const INSIDE = 17;

export const moonRadius = (n) => (n === 0 ? 0 : Math.min(38, 2.2 + 2.9 * Math.sqrt(n)));

/** A Visible that counts two: per site the sum, with the two periods as its groups. Arrays are reused. */
export function createPair(sites) {
  const pair = { siteCounts: new Uint32Array(sites), siteGroups: new Uint32Array(sites * 2), siteLone: new Uint32Array(sites), groupCount: 2, count: 0, version: 0 };
  return (a, b) => {
    for (let s = 0; s < sites; s++) {
      pair.siteGroups[s * 2] = a.siteCounts[s];
      pair.siteGroups[s * 2 + 1] = b.siteCounts[s];
      pair.siteCounts[s] = a.siteCounts[s] + b.siteCounts[s];
      pair.siteLone[s] = b.siteCounts[s] === 1 ? b.siteLone[s] : a.siteLone[s];
    }
    pair.count = a.count + b.count;
    pair.version++;
    return pair;
  };
}

export function paintMoons(context, frame, { bubbles, palette, words, hovered }) {
  for (let b = 0; b < bubbles.count; b++) {
    const x = Math.round(bubbles.x[b] - frame.left);
    const y = Math.round(bubbles.y[b] - frame.top);
    const before = bubbles.groups[b * 2];
    const after = bubbles.groups[b * 2 + 1];
    paintMoon(context, x, y, before, after, palette, words);
    if (b === hovered) drawCircle(context, x, y, moonRadius(Math.max(before, after)) + 3, { stroke: palette.ink, width: 1.5 });
  }
}

function paintMoon(context, x, y, before, after, palette, words) {
  const ra = moonRadius(before);
  const rb = moonRadius(after);
  context.globalAlpha = 0.9;
  drawHalfMoon(context, x - 0.5, y, ra + 2, 'a', palette.land);
  drawHalfMoon(context, x + 0.5, y, rb + 2, 'b', palette.land);
  context.globalAlpha = 1;
  if (before) drawHalfMoon(context, x - 0.5, y, ra, 'a', palette.periodA, palette.ink);
  if (after) drawHalfMoon(context, x + 0.5, y, rb, 'b', palette.periodB, palette.ink);
  if (Math.max(before, after) < NUMBERED) return;
  number(context, words.count(before), x, y, ra, -1, palette, palette.onPeriodA);
  number(context, words.count(after), x, y, rb, 1, palette, palette.inkInverse);
}

function number(context, text, x, y, r, side, palette, inside) {
  const within = r > INSIDE;
  drawHaloText(context, text, x + side * (within ? r * 0.47 : r + 3), y + 3.8, {
    font: palette.fonts.strong10, fill: within ? inside : palette.ink, halo: within ? null : palette.halo,
    align: within ? 'center' : side < 0 ? 'right' : 'left',
  });
}
