/**
 * Paints the stacked histogram: sure bars below, pale ones for uncertain dates on top, grey outside the brush.
 * Bars change when filters do, not when the brush moves: once it moves, they are kept as two pictures, in colour and in grey.
 */

const AXIS = 20;
const TOP = 16;

/**
 * `createHistogram(context) -> (plot)`; the context is scaled to CSS pixels by `plot.ratio`.
 * A plot is {width, height, ratio, domain: [number, number], histogram, brushes: {from, to, name}[], palette, words, rtl, x0, end, ticks}.
 */
export function createHistogram(context) {
  const pictures = { grey: null, coloured: null };
  const widths = new Map();
  let key = {};
  let scale = null;
  return (plot) => {
    const now = keyOf(plot);
    const isNew = Object.keys(now).some((name) => now[name] !== key[name]);
    if (isNew) {
      key = now;
      scale = scaleOf(plot);
      pictures.grey = null;
    } else if (!pictures.grey) {
      for (const name of ['grey', 'coloured']) pictures[name] = makePicture(plot, scale, name === 'coloured' ? paintStack : paintRest);
    }
    context.clearRect(0, 0, plot.width, plot.height);
    paintBrushGround(context, plot, scale);
    if (isNew) paintParts(context, plot, scale, underBrush(plot, scale)); else layPictures(context, pictures, plot, scale);
    for (const brush of plot.brushes) paintBrush(context, brush, plot, scale, widths);
  };
}

/** Everything that the pictures depend on. */
const keyOf = ({ width, height, ratio, domain, histogram, palette, ticks }) =>
  ({ width, height, ratio, from: domain[0], to: domain[1], histogram, version: histogram.version, groups: palette.groups, ticks });

function makePicture(plot, scale, paint) {
  const [width, height] = [Math.round(plot.width * plot.ratio), Math.round(plot.height * plot.ratio)];
  const canvas = globalThis.OffscreenCanvas ? new OffscreenCanvas(width, height) : Object.assign(document.createElement('canvas'), { width, height });
  const context = canvas.getContext('2d');
  context.setTransform(plot.ratio, 0, 0, plot.ratio, 0, 0);
  paintParts(context, plot, scale, paint);
  return canvas.transferToImageBitmap?.() ?? canvas;
}

function paintParts(context, plot, scale, paint) {
  paintGrid(context, plot, scale);
  paintBars(context, plot, scale, paint);
  line(context, scale.x(plot.domain[0]), scale.base + 0.5, scale.x(plot.domain[1] + 1), scale.base + 0.5, plot.palette.line3);
  paintTicks(context, plot, scale);
}

/** Paints a bar in colour where a brush touches it, else in grey. */
function underBrush({ brushes, domain, histogram }, { first, last }) {
  const spans = brushes.map(({ from, to }) => [Math.max(from, domain[0]), Math.min(to, domain[1])]).filter(([from, to]) => from <= to && first <= last)
    .map(([from, to]) => [histogram.binOf(from), histogram.binOf(to)]);
  return (context, plot, scale, b, left, wide) => (spans.some(([from, to]) => b >= from && b <= to) ? paintStack : paintRest)(context, plot, scale, b, left, wide);
}

/** The grey picture with what lies under a brush in colour. */
function layPictures(context, { grey, coloured }, plot, scale) {
  const bars = Math.round((scale.base + 1) * plot.ratio);
  const parts = plot.brushes.map((brush) => barsUnder(brush, plot, scale)).filter(Boolean).sort((a, b) => a[0] - b[0]);
  let done = 0;
  const lay = (picture, to, top = 0, bottom = bars) => {
    const [x, wide] = [done, to - done];
    if (wide > 0 && bottom > top) context.drawImage(picture, x, top, wide, bottom - top, x / plot.ratio, top / plot.ratio, wide / plot.ratio, (bottom - top) / plot.ratio);
    done = Math.max(done, to);
  };
  for (const [from, to] of parts) { lay(grey, from); lay(coloured, to); }
  lay(grey, grey.width);
  done = 0;
  lay(grey, grey.width, bars, grey.height);
}

/** The bars that a brush touches, from edge to edge in device pixels; null when none. */
function barsUnder({ from, to }, plot, { x, first, last }) {
  const { histogram, domain, ratio, end } = plot;
  const [start, stop] = [Math.max(from, domain[0]), Math.min(to, domain[1])];
  if (stop < start || last < first) return null;
  const after = histogram.binOf(stop) + 1;
  const a = x(Math.max(histogram.starts[histogram.binOf(start)], domain[0]));
  const z = x(Math.min(after < histogram.bins ? histogram.starts[after] : end + 1, domain[1] + 1));
  return [Math.round(Math.min(a, z) * ratio), Math.round(Math.max(a, z) * ratio)];
}

/** Where a day lies; `x` mirrors in right-to-left pages. */
export function axisOf({ width, domain, rtl, x0 }) {
  const end = width - 16;
  const perDay = (end - x0) / (domain[1] + 1 - domain[0]);
  return {
    perDay,
    x: (day) => { const px = x0 + (day - domain[0]) * perDay; return rtl ? width - px : px; },
    day: (x) => Math.floor(domain[0] + ((rtl ? width - x : x) - x0) / perDay),
  };
}

function scaleOf(plot) {
  const { height, histogram, domain } = plot;
  const base = height - AXIS;
  const [first, last] = binsIn(histogram, domain);
  let most = 1;
  for (let b = first; b <= last; b++) most = Math.max(most, sumOf(histogram.sure, histogram.groups, b) + sumOf(histogram.unsure, histogram.groups, b));
  const step = niceStep(most);
  return { ...axisOf(plot), base, first, last, most, step, k: (base - TOP) / most };
}

function binsIn(histogram, [from, to]) {
  if (histogram.bins === 0) return [0, -1];
  return [Math.max(0, histogram.binOf(from)), Math.min(histogram.bins - 1, histogram.binOf(to))];
}

function sumOf(values, groups, bin) {
  let sum = 0;
  for (let g = bin * groups; g < (bin + 1) * groups; g++) sum += values[g];
  return sum;
}

function niceStep(most) {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, most / 2)));
  return Math.max(1, [1, 2, 5, 10].map((s) => s * power).find((s) => most / s < 3.2) ?? power * 10);
}

function line(context, x1, y1, x2, y2, colour, dash = null, width = 1) {
  context.strokeStyle = colour;
  context.lineWidth = width;
  if (dash) context.setLineDash(dash);
  context.beginPath();
  context.moveTo(x1, y1);
  context.lineTo(x2, y2);
  context.stroke();
  if (dash) context.setLineDash([]);
}

function paintGrid(context, { words, palette, domain, rtl, width, x0, histogram }, { x, base, k, step, most }) {
  context.font = `400 10px ${palette.family}`;
  context.textAlign = rtl ? 'left' : 'right';
  context.textBaseline = 'alphabetic';
  context.fillStyle = palette.ink3;
  const edge = rtl ? width - x0 + 6 : x0 - 6;
  for (let n = step; n <= most; n += step) {
    const y = Math.round(base - n * k) + 0.5;
    line(context, x(domain[0]), y, x(domain[1] + 1), y, palette.line);
    if (y > 18) context.fillText(words.num(n), edge, y + 3.5);
  }
  const narrow = x0 < 46;
  if (narrow) context.textAlign = rtl ? 'right' : 'left';
  context.fillText(words.t(`perUnit.${histogram.unit}`), narrow ? (rtl ? width - 6 : 6) : edge, 9);
}

function paintBars(context, plot, scale, paint) {
  const { histogram, domain } = plot;
  const { starts, bins } = histogram;
  for (let b = scale.first; b <= scale.last; b++) {
    const start = Math.max(starts[b], domain[0]);
    const end = Math.min(b + 1 < bins ? starts[b + 1] : plot.end + 1, domain[1] + 1);
    const a = scale.x(start);
    const z = scale.x(end);
    const wide = Math.abs(z - a);
    const gap = wide >= 12 ? 2 : wide >= 3 ? 1 : 0;
    const left = Math.min(a, z);
    paint(context, plot, scale, b, left, wide - gap);
  }
}

function paintStack(context, { histogram, palette }, { base, k }, b, left, wide) {
  let y = base;
  const at = b * histogram.groups;
  for (const sure of [true, false]) {
    const values = sure ? histogram.sure : histogram.unsure;
    for (const group of palette.groups) {
      const tall = values[at + group.index] * k;
      if (tall <= 0) continue;
      y -= tall;
      context.fillStyle = sure ? group.fill : group.pale;
      context.fillRect(left, y, wide, tall);
    }
  }
}

function paintRest(context, { histogram, palette }, { base, k }, b, left, wide) {
  const sure = sumOf(histogram.sure, histogram.groups, b) * k;
  const unsure = sumOf(histogram.unsure, histogram.groups, b) * k;
  context.fillStyle = palette.rest;
  context.fillRect(left, base - sure, wide, sure);
  context.fillStyle = palette.restPale;
  context.fillRect(left, base - sure - unsure, wide, unsure);
}

function paintTicks(context, plot, scale) {
  const { palette, rtl } = plot;
  context.textAlign = rtl ? 'right' : 'left';
  context.fillStyle = palette.ink2;
  context.font = `400 11px ${palette.family}`;
  let edge = rtl ? Infinity : -Infinity;
  for (const { day, text, major } of plot.ticks) {
    const x = Math.round(scale.x(day)) + 0.5;
    line(context, x, scale.base + 1, x, scale.base + (major ? 6 : 4), major ? palette.line3 : palette.line2);
    if (!text) continue;
    const at = x + (rtl ? -4 : 4);
    const width = context.measureText(text).width;
    if (rtl ? at > edge || at - width < 2 : at < edge || at + width > plot.width - 2) continue;
    context.fillText(text, at, scale.base + 15);
    edge = rtl ? at - width - 8 : at + width + 8;
  }
}

function span(brush, { domain }, { x }) {
  const from = Math.max(brush.from, domain[0]);
  const to = Math.min(brush.to, domain[1]);
  if (to < from) return null;
  const [a, z] = [x(from), x(to + 1)];
  return { left: Math.round(Math.min(a, z)), right: Math.round(Math.max(a, z)) };
}

function paintBrushGround(context, plot, scale) {
  context.fillStyle = plot.palette.paper3;
  for (const brush of plot.brushes) {
    const at = span(brush, plot, scale);
    if (at) context.fillRect(at.left, TOP - 4, at.right - at.left, scale.base - TOP + 4);
  }
}

function paintBrush(context, brush, plot, scale, widths) {
  const at = span(brush, plot, scale);
  if (!at) return;
  const { palette } = plot;
  const dash = brush.name === 'A' ? [3, 2] : null;
  const top = TOP - 3.5;
  line(context, at.left + 0.5, top, at.right - 0.5, top, palette.ink, dash);
  for (const x of [at.left + 0.5, at.right - 0.5]) {
    line(context, x, top, x, scale.base, palette.ink, dash);
    paintGrip(context, x, TOP + (scale.base - TOP) / 2 - 11, palette);
  }
  paintFlags(context, brush, at, plot, widths);
}

function paintGrip(context, x, y, palette) {
  context.beginPath();
  context.roundRect(x - 4, y, 8, 20, 2);
  context.fillStyle = palette.paper;
  context.fill();
  context.strokeStyle = palette.ink;
  context.lineWidth = 1;
  context.stroke();
  line(context, x - 1, y + 6, x - 1, y + 14, palette.ink, null, 0.8);
  line(context, x + 1, y + 6, x + 1, y + 14, palette.ink, null, 0.8);
}

/** The first and last day outwards of the brush; a name above it while two are compared. */
function paintFlags(context, { from, to, name }, { left, right }, { palette, words, rtl, width, brushes, x0 }, widths) {
  context.fillStyle = palette.ink;
  if (brushes.length > 1) {
    context.font = `600 11px ${palette.family}`;
    context.textAlign = 'center';
    context.fillText(words.lang === 'ar' ? { A: 'أ', B: 'ب' }[name] : name, (left + right) / 2, 9);
    return;
  }
  context.font = `400 11px ${palette.family}`;
  const whole = left <= x0 + 1 && right >= width - 17;
  if (whole || (rtl && left <= 17 && right >= width - x0 - 1)) return;
  const [first, last] = rtl ? [to, from] : [from, to];
  const [a, z] = [words.dayShort(first), words.dayShort(last)];
  const roomLeft = left - 6 - widthOf(context, a, widths) > 44 || rtl;
  context.textAlign = roomLeft ? 'right' : 'left';
  context.fillText(a, roomLeft ? left - 4 : left + 2, 9);
  const roomRight = right + 6 + widthOf(context, z, widths) < width;
  const shift = roomRight ? 4 : -2;
  if (roomLeft || roomRight || right - left > 120) {
    context.textAlign = roomRight ? 'left' : 'right';
    context.fillText(z, right + shift, 9);
  }
}

/** Days of the year are few; each is measured once. */
function widthOf(context, text, widths) {
  let width = widths.get(text);
  if (width === undefined) widths.set(text, width = context.measureText(text).width);
  return width;
}
