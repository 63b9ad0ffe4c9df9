/** The marks of the map as drawing functions on a 2D context, in CSS pixels. */

const TURN = Math.PI * 2;

/** Shapes of the event types, read from the page's drawn signs so that list and canvas agree. */
export function readGlyphs(document, types) {
  return Object.fromEntries(types.map((type) => {
    const path = document.querySelector(`#g-${type} path`)?.getAttribute('d');
    return [type, new Path2D(path ?? 'M-1-1H1V1H-1Z')];
  }));
}

/** A glyph of radius `r` at x, y. */
export function drawGlyph(context, path, x, y, r, fill, edge) {
  context.save();
  context.translate(x, y);
  context.scale(r, r);
  context.lineWidth = 1 / r;
  context.lineJoin = 'round';
  context.fillStyle = fill;
  context.strokeStyle = edge;
  context.fill(path);
  context.stroke(path);
  context.restore();
}

/** A ring whose parts are `counts[offset + order[i]]`, from 12 o'clock, coloured by `groups`. */
export function drawPie(context, x, y, r, width, counts, offset, groups, total) {
  const parts = groups.reduce((sum, group) => sum + (counts[offset + group.index] > 0 ? 1 : 0), 0);
  const gap = parts < 2 ? 0 : Math.min(0.055 * 14 / r, TURN / parts / 8);
  let angle = -Math.PI / 2;
  context.lineWidth = width;
  for (const group of groups) {
    const n = counts[offset + group.index];
    if (n === 0) continue;
    const turn = (n / total) * TURN;
    const cut = Math.min(gap, turn / 4);
    context.beginPath();
    context.arc(x, y, r, angle + cut / 2, angle + turn - cut / 2);
    context.strokeStyle = group.fill;
    context.stroke();
    angle += turn;
  }
}

export function drawCircle(context, x, y, r, { fill, stroke, width = 1, dash = null }) {
  context.beginPath();
  context.arc(x, y, r, 0, TURN);
  if (fill) { context.fillStyle = fill; context.fill(); }
  if (!stroke) return;
  context.lineWidth = width;
  context.strokeStyle = stroke;
  if (dash) context.setLineDash(dash);
  context.stroke();
  if (dash) context.setLineDash(NO_DASH);
}

const NO_DASH = [];

/** Two halves of one ring: what one source says (filled), what another says (open). */
export function drawContested(context, x, y, r, colours) {
  const half = 1.3 * (r / 8.6);
  const cut = 0.3;
  for (const side of [0, 1]) {
    const start = -Math.PI / 2 + cut + side * Math.PI;
    const end = Math.PI / 2 - cut + side * Math.PI;
    context.beginPath();
    context.arc(x, y, r + half, start, end);
    context.arc(x, y, r - half, end, start, true);
    context.closePath();
    context.fillStyle = side === 1 ? colours.ink : colours.paper;
    context.strokeStyle = colours.ink;
    context.lineWidth = 1;
    context.lineJoin = 'round';
    context.fill();
    context.stroke();
  }
}

/** A pattern of lines at 45 degrees; made once a colour. */
export function createHatch(context, colour, ratio, step = 6) {
  const size = Math.round(step * Math.SQRT2 * ratio);
  const tile = document.createElement('canvas');
  tile.width = tile.height = size;
  const pen = tile.getContext('2d');
  pen.strokeStyle = colour;
  pen.lineWidth = 1.2 * ratio;
  pen.beginPath();
  for (const shift of [-size, 0, size]) {
    pen.moveTo(shift, size);
    pen.lineTo(shift + size, 0);
  }
  pen.stroke();
  const pattern = context.createPattern(tile, 'repeat');
  pattern.setTransform(new DOMMatrix().scale(1 / ratio));
  return pattern;
}

/** Half a disc: the left one for period A, the right one for B; flat sides touch. */
export function drawHalfMoon(context, x, y, r, side, fill, stroke, width = 1) {
  const from = side === 'a' ? Math.PI / 2 : -Math.PI / 2;
  context.beginPath();
  context.arc(x, y, r, from, from + Math.PI);
  context.closePath();
  context.fillStyle = fill;
  context.fill();
  if (!stroke) return;
  context.lineWidth = width;
  context.strokeStyle = stroke;
  context.stroke();
}

/** Text with a halo, so that it reads on lines and land alike. */
export function drawHaloText(context, text, x, y, { font, fill, halo, align = 'center' }) {
  context.font = font;
  context.textAlign = align;
  context.textBaseline = 'alphabetic';
  context.lineJoin = 'round';
  if (halo) {
    context.lineWidth = 3;
    context.strokeStyle = halo;
    context.strokeText(text, x, y);
  }
  context.fillStyle = fill;
  context.fillText(text, x, y);
}
