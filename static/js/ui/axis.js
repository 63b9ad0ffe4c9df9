/** The time axis: which unit bars have, where ticks stand, which days are shown. */
import { nextUnit, startOfUnit } from '../model/time.js';

const LEAST_BAR = 3.4;
const UNIT_DAYS = [['day', 1], ['week', 7], ['month', 30.4], ['year', 365]];

/** The finest unit whose bars are wide enough to be seen. */
export function unitFor(days, width) {
  const fits = UNIT_DAYS.find(([unit, length]) => (width * length) / days >= (unit === 'day' ? 5 : LEAST_BAR));
  return fits ? fits[0] : 'year';
}

/** Ticks of a domain: years with quarters, months, or days, as room allows. */
export function ticksOf([from, to], width, words) {
  const days = to - from + 1;
  if (days > 550) return everyYear(from, to, days > 5200 ? 1 : 4, words);
  if (days > 100) return monthly(from, to, words);
  return daily(from, to, width / days, words);
}

function everyYear(from, to, parts, words) {
  const ticks = [];
  for (let day = startOfUnit(from, 'year'); day <= to; day = nextUnit(day, 'year')) {
    if (day >= from) ticks.push({ day, text: words.yearOf(day), major: true });
    for (let month = nextUnit(day, 'month'), k = 1; parts > 1 && k < 12; k++, month = nextUnit(month, 'month')) {
      if (k % 3 === 0 && month >= from && month <= to) ticks.push({ day: month, text: '', major: false });
    }
  }
  if (ticks.length && ticks[0].day > from) ticks.unshift({ day: from, text: words.yearOf(from), major: false });
  return ticks;
}

function monthly(from, to, words) {
  const ticks = [];
  for (let day = startOfUnit(from, 'month'); day <= to; day = nextUnit(day, 'month')) {
    const january = startOfUnit(day, 'year') === day;
    if (day >= from) ticks.push({ day, text: january ? words.yearOf(day) : words.monthOf(day), major: january });
  }
  return ticks;
}

function daily(from, to, perDay, words) {
  const step = perDay > 60 ? 1 : perDay > 22 ? 7 : 14;
  const ticks = [];
  for (let day = from; day <= to; day++) {
    const first = startOfUnit(day, 'month') === day;
    const monday = startOfUnit(day, 'week') === day;
    if (first) ticks.push({ day, text: words.monthYear(day), major: true });
    else if (step === 1 || (monday && (step === 7 || Math.floor((day + 3) / 7) % 2 === 0))) ticks.push({ day, text: words.dayShort(day), major: false });
  }
  return ticks;
}

/** The days an axis shows for a level: all of them, or room around the brush. */
export function domainFor(level, brush, { first, last }) {
  const room = { month: 430, week: 126 }[level];
  if (!room || last - first + 1 <= room) return [first, last];
  const middle = Math.round((brush.from + brush.to) / 2);
  const from = Math.max(first, Math.min(middle - Math.floor(room / 2), last - room + 1));
  return [from, from + room - 1];
}
