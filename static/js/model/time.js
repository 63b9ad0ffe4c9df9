/** Day numbers (days since 1970-01-01), ISO days, and the bins of a time axis. */

const DAY_MS = 86_400_000;
const ISO_DAY = /^(\d{4})-(\d{2})-(\d{2})$/;

/** The day number of an ISO day; null for anything that is not a real day. */
export function dayOf(iso) {
  const parts = typeof iso === 'string' ? ISO_DAY.exec(iso) : null;
  if (!parts) return null;
  const ms = Date.UTC(+parts[1], +parts[2] - 1, +parts[3]);
  return isoOf(ms / DAY_MS) === iso ? ms / DAY_MS : null;
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
