/** Figures of several reports on one scale: a range as a bar, a single count as a ring. */
import { s } from './dom.js';

const WIDTH = 300;
const PAD = 14;
const ROW = 21;

/** @param {{source: string, fatalities: (number | null)[], fatalities_text: string}[]} claims */
export function paintFigures(claims, words) {
  const ranges = claims.slice(0, 6).map(({ source, fatalities: [low, best, high] }) => ({ source, low: low ?? best ?? high, best: best ?? low ?? high, high: high ?? best ?? low }));
  const most = Math.max(5, ...ranges.map((range) => range.high)) * 1.15;
  const step = niceStep(most);
  const tall = ranges.length * ROW + 18;
  const rtl = words.dir === 'rtl';
  const x = (n) => { const px = PAD + (n / most) * (WIDTH - 2 * PAD); return rtl ? WIDTH - px : px; };
  const ticks = Array.from({ length: Math.floor(most / step) + 1 }, (_, k) => k * step);
  const label = ranges.map(({ source, low, high }) => words.t('saysFigure', { who: source, n: low === high ? words.num(low) : `${words.num(low)}–${words.num(high)}` })).join('; ');
  return s('svg', { class: 'figures', width: WIDTH, height: tall, viewBox: `0 0 ${WIDTH} ${tall}`, role: 'img', 'aria-label': label },
    ...ticks.flatMap((n) => [
      s('line', { class: 'grid', x1: x(n), x2: x(n), y1: 1, y2: tall - 14 }),
      s('text', { class: 'tick', x: x(n), y: tall - 2, 'text-anchor': 'middle' }, words.num(n))]),
    ...ranges.flatMap((range, i) => row(range, i * ROW + 5, x, words, rtl)));
}

function row({ source, low, best, high }, y, x, words, rtl) {
  const [a, z] = [Math.min(x(low), x(high)), Math.max(x(low), x(high))];
  const single = low === high;
  const text = `${short(source)}: ${single ? words.num(low) : `${words.num(low)}–${words.num(high)}`}`;
  const before = (rtl ? WIDTH - z : a) > 120;
  const anchor = before === !rtl ? 'end' : 'start';
  const at = anchor === 'end' ? a - 9 : z + 9;
  return [
    single ? s('circle', { class: 'point', cx: a, cy: y + 5, r: 4.5 }) : s('rect', { class: 'range', x: a, y, width: Math.max(2, z - a), height: 10 }),
    single ? null : s('line', { class: 'best', x1: x(best), x2: x(best), y1: y - 2, y2: y + 12 }),
    s('text', { x: at, y: y + 9, 'text-anchor': anchor, direction: 'ltr' }, text),
  ];
}

const short = (source) => (source.length > 22 ? `${source.slice(0, 21)}…` : source);

function niceStep(most) {
  const power = 10 ** Math.floor(Math.log10(most / 4));
  return Math.max(1, [1, 2, 5, 10].map((k) => k * power).find((k) => most / k <= 5) ?? power * 10);
}
