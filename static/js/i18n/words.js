/** A language as functions: messages with holes and plurals, numbers, days and periods. */
import { ar } from './ar.js';
import { createDates } from './dates.js';
import { en } from './en.js';

const LANGUAGES = { en, ar };
const DAY_MS = 86400000;

/**
 * @param {string} lang 'en' | 'ar'; anything else reads as English
 * @returns {object} words: `t(key, holes)`, `num(n)`, `day(dayNumber, {year})`, `span(from, to)`, `name(thing)`, ...
 */
export function createWords(lang) {
  const messages = LANGUAGES[lang] ?? en;
  const num = remembered(createCount(messages));
  const messageOf = remembered((key) => lookUp(messages, key));
  const t = (key, holes = NO_HOLES) => fill(pickForm(messageOf(key), holes.n, messages.plural), holes, num);
  return {
    lang: messages.lang,
    dir: messages.dir,
    locale: messages.locale,
    t,
    num,
    count: num,
    percent: percentFormat(messages.locale),
    ...dateFormats(messages.locale),
    type: (code) => messages.types[code] ?? code,
    typeShort: (code) => messages.typesShort[code] ?? code,
    subType: (code) => messages.subs[code] ?? code,
    title: (code) => messages.titles[code] ?? messages.subs[code] ?? code,
    placeKind: (kind) => messages.kinds[kind] ?? '',
    actorKind: (kind) => messages.actorKinds[kind] ?? '',
  };
}

const lookUp = (messages, key) =>
  key.split('.').reduce((node, part) => node?.[part], messages) ?? lookUpEnglish(key);

const lookUpEnglish = (key) => key.split('.').reduce((node, part) => node?.[part], en) ?? key;

const NO_HOLES = {};
const MOST_REMEMBERED = 5000;

/** What is asked many times a frame is formatted once; a full memory starts over. */
function remembered(make) {
  const known = new Map();
  return (key) => {
    let value = known.get(key);
    if (value !== undefined) return value;
    value = make(key);
    if (known.size >= MOST_REMEMBERED) known.clear();
    known.set(key, value);
    return value;
  };
}

const PLAIN = /^\d{1,21}(\.\d{1,3})?$/;

/** Numbers by the digits and separators of the language: a hundred new ones a frame are too many for Intl, and so is the first. */
function createCount({ locale, digits, thousands, point }) {
  const numbers = once(() => new Intl.NumberFormat(locale));
  return (n) => {
    const plain = String(n);
    if (!PLAIN.test(plain)) return numbers().format(n);
    const whole = plain.includes('.') ? plain.indexOf('.') : plain.length;
    let text = '';
    for (let i = 0; i < plain.length; i++) {
      if (i > 0 && i < whole && (whole - i) % 3 === 0) text += thousands;
      text += i === whole ? point : digits[plain.charCodeAt(i) - 48];
    }
    return text;
  };
}

function pickForm(message, n, formOf) {
  if (typeof message === 'string') return message;
  return message[formOf(Number(n) || 0)] ?? message.other ?? '';
}

function fill(message, holes, num) {
  if (!message.includes('{')) return message;
  return message.replace(/\{(\w{1,12})\}/g, (whole, key) => {
    const value = holes[key];
    if (value === undefined) return whole;
    return typeof value === 'number' ? num(value) : value;
  });
}

function percentFormat(locale) {
  const format = once(() => new Intl.NumberFormat(locale, { style: 'percent', signDisplay: 'exceptZero', maximumFractionDigits: 0 }));
  return (share) => format().format(share).replace('-', '−');
}

/** Days are day numbers since 1970-01-01. A format costs milliseconds: each is made once, when first needed. */
function dateFormats(locale) {
  const format = (options) => once(() => new Intl.DateTimeFormat(locale, { timeZone: 'UTC', ...options }));
  const dates = (options) => { const make = format(options); return once(() => createDates(make())); };
  const full = dates({ day: 'numeric', month: 'short', year: 'numeric' });
  const long = dates({ day: 'numeric', month: 'long', year: 'numeric' });
  const short = dates({ day: 'numeric', month: 'short' });
  const year = format({ year: 'numeric' });
  const month = format({ month: 'short' });
  const monthYear = format({ month: 'long', year: 'numeric' });
  const moment = once(() => new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }));
  const date = (day) => new Date(day * DAY_MS);
  return {
    day: (day) => full().day(day),
    dayLong: (day) => long().day(day),
    dayShort: (day) => short().day(day),
    yearOf: (day) => year().format(date(day)),
    monthOf: (day) => month().format(date(day)),
    monthYear: (day) => monthYear().format(date(day)),
    span: (from, to) => full().span(from, to),
    spanLong: (from, to) => long().span(from, to),
    moment: (value) => moment().format(value),
  };
}

/** What `make` gives, made at the first call. */
function once(make) {
  let made;
  return () => (made ??= make());
}
