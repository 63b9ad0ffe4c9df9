/** Paints the names that labels.js placed, with the shields of the motorways. */
import { drawCircle, drawHaloText } from './shapes.js';

const WATER = new Set(['sea', 'lake', 'river']);

export function paintLabels(context, labels, shields, palette) {
  for (const label of labels) {
    if (label.dot) drawCircle(context, label.dot[0], label.dot[1], label.rank < 3 ? 2.2 : 1.7, { fill: palette.label2, stroke: palette.halo, width: 1 });
  }
  for (const label of labels) paintLabel(context, label, palette);
  for (const shield of shields) paintShield(context, shield, palette);
}

function paintLabel(context, label, palette) {
  const strong = label.rank === 1 && label.kind === 'city';
  const country = label.kind === 'country' || label.kind === 'region';
  const fill = WATER.has(label.kind) ? palette.waterLabel : country || label.rank > 2 ? palette.label2 : palette.label;
  const spaced = label.kind === 'country' && 'letterSpacing' in context && !/[\u0600-\u06ff]/.test(label.text);
  if (spaced) context.letterSpacing = '2.4px';
  drawHaloText(context, label.text, label.x, label.y, {
    font: `${strong ? 600 : 400} ${label.size}px ${palette.family}`, fill, halo: WATER.has(label.kind) || country ? null : palette.halo,
  });
  if (spaced) context.letterSpacing = '0px';
}

function paintShield(context, { text, x, y }, palette) {
  context.beginPath();
  context.roundRect(x - 11.5, y - 7.5, 23, 15, 2);
  context.fillStyle = palette.land;
  context.fill();
  context.lineWidth = 1;
  context.strokeStyle = palette.roadCase;
  context.stroke();
  drawHaloText(context, text, x, y + 3.7, { font: `400 9.5px ${palette.family}`, fill: palette.label2, halo: null });
}
