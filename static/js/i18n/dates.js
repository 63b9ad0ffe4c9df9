/** Days and periods in words, hundreds a second: what Intl says is taken apart once and put together again. */

const DAY_MS = 86400000;

/**
 * @param {Intl.DateTimeFormat} format of day, month and perhaps year, in UTC
 * @returns {{day(number): string, span(from: number, to: number): string}} of day numbers since 1970-01-01
 */
export function createDates(format) {
  const fields = { day: [], month: [], year: [] };
  const single = partsOf(format.formatToParts(at(2021, 4, 17)));
  let spans = null;

  const SAMPLE = { day: (n) => at(2021, 0, n), month: (n) => at(2021, n, 17), year: (n) => at(n, 0, 17) };
  /** How a day of the month, a month or a year is written. */
  const written = (type, n) => (fields[type][n] ??= format.formatToParts(SAMPLE[type](n)).find((part) => part.type === type).value);

  function fill(parts, from, to) {
    let text = '';
    for (const { type, start, value } of parts) text += value ?? written(type, (start ? from : to)[type]);
    return text;
  }

  return {
    day: (day) => { const date = dateOf(day); return fill(single, date, date); },
    span(first, last) {
      const [from, to] = [dateOf(first), dateOf(last)];
      if (first === last) return fill(single, from, to);
      spans ??= [at(2021, 4, 19), at(2021, 7, 17), at(2023, 7, 17)].map((to) => partsOf(format.formatRangeToParts(at(2021, 4, 17), to)));
      return fill(spans[from.year !== to.year ? 2 : from.month !== to.month ? 1 : 0], from, to);
    },
  };
}

const at = (year, month, day) => new Date(Date.UTC(year, month, day));

function dateOf(day) {
  const date = new Date(day * DAY_MS);
  return { day: date.getUTCDate(), month: date.getUTCMonth(), year: date.getUTCFullYear() };
}

/** Texts that stay, and fields of the first or the last day. */
const partsOf = (parts) => parts.map(({ type, value, source }) => ({ type, start: source === 'startRange', value: type === 'literal' ? value : null }));
