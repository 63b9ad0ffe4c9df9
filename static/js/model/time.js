/** Day numbers (days since 1970-01-01), ISO days, and the bins of a time axis. */

const DAY_MS = 86_400_000;
/** The day number of an ISO day; null for anything that is not a real day. Allocates nothing. */
export function dayOf(iso) {
  if (typeof iso !== 'string' || iso.length !== 10 || iso[4] !== '-' || iso[7] !== '-') return null;
  const year = digits(iso, 0, 4);
  const month = digits(iso, 5, 7);
  const day = digits(iso, 8, 10);
  if (!(year >= 100 && month >= 1 && month <= 12 && day >= 1 && day <= monthLength(year, month))) return null;
  return Date.UTC(year, month - 1, day) / DAY_MS;
}

function digits(text, from, to) {
  let value = 0;
  for (let i = from; i < to; i++) {
    const digit = text.charCodeAt(i) - 48;
    if (!(digit >= 0 && digit <= 9)) return NaN;
    value = value * 10 + digit;
  }
  return value;
}

function monthLength(year, month) {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

export const dateOf = (day) => new Date(day * DAY_MS);

export const isoOf = (day) => dateOf(day).toISOString().slice(0, 10);

/** The first day of the day's bin. Weeks start on Monday. */
export function startOfUnit(day, unit) {
  if (unit === 'day') return day;
  if (unit === 'week') return day - ((day + 3) % 7 + 7) % 7;
  const date = dateOf(day);
  const month = unit === 'month' ? date.getUTCMonth() : 0;
  return Date.UTC(date.getUTCFullYear(), month, 1) / DAY_MS;
}

/** The first day of the bin after the day's own. */
export function nextUnit(day, unit) {
  if (unit === 'day') return day + 1;
  const start = startOfUnit(day, unit);
  return unit === 'week' ? start + 7 : addMonths(start, unit === 'month' ? 1 : 12);
}

/** The same day of the month `count` months on; the month's last day where it has no such day. */
export function addMonths(day, count) {
  const date = dateOf(day);
  const year = date.getUTCFullYear();
  const month = date.getUTCMonth() + count;
  const last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return Date.UTC(year, month, Math.min(date.getUTCDate(), last)) / DAY_MS;
}

/** The first days of all bins that touch first..last. */
export function binStarts(first, last, unit) {
  const starts = [];
  for (let day = startOfUnit(first, unit); day <= last; day = nextUnit(day, unit)) starts.push(day);
  return Int32Array.from(starts);
}
