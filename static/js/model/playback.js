/** Window arithmetic of the brush and of playback, on day numbers; both ends inclusive. */

import { addMonths } from './time.js';

const DAYS_PER_SECOND = 7;

/** How many days (a fraction) the window slides in `elapsedMs`: speed 1 is a week a second. */
export const daysPerFrame = (speed, elapsedMs) => (speed * DAYS_PER_SECOND * elapsedMs) / 1000;

/** The window `days` on. At the end of the data it starts over (loop) or stays and says `ended`. */
export function nextWindow({ from, to }, { first, last, days = 1, loop = true }) {
  if (to < last) return { ...clampWindow({ from: from + days, to: to + days }, { first, last }), ended: false };
  if (loop) return { ...windowFor(first, to - from + 1, { first, last }), ended: false };
  return { from, to, ended: true };
}

/** A window of `length` days that starts on `day`, pushed inside the data. */
export const windowFor = (day, length, { first, last }) =>
  clampWindow({ from: day, to: day + length - 1 }, { first, last });

/** Both ends moved by days or months; the length in days is kept, and the window stays inside the data. */
export function shiftWindow({ from, to }, { days = 0, months = 0, first, last }) {
  const start = addMonths(from, months) + days;
  return clampWindow({ from: start, to: start + to - from }, { first, last });
}

/** One edge ('from' | 'to') moved to a day; it never passes the other, nor leaves the data. */
export function resizeWindow({ from, to }, edge, day, { first, last }) {
  if (edge === 'from') return { from: Math.max(first, Math.min(day, to)), to };
  return { from, to: Math.min(last, Math.max(day, from)) };
}

/** The window pushed inside first..last with its length kept as far as it fits. */
function clampWindow({ from, to }, { first, last }) {
  const length = Math.min(to - from, last - first);
  const start = Math.max(first, Math.min(from, last - length));
  return { from: start, to: start + length };
}
