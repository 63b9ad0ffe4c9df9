/** The one state of the page: filters and view. Frozen; changed through update() only. */

import { dayOf } from './time.js';
import { SUB_TYPES } from './vocabulary.js';

const EMPTY = Object.freeze([]);

const DEFAULTS = Object.freeze({
  from: null, to: null, types: EMPTY, actors: EMPTY, sources: EMPTY, places: EMPTY, precision: EMPTY,
  bbox: null, q: '',
  center: null, zoom: null, colour: 'type', compare: null, event: null, lang: null, window: null, list: 'all',
});

const FILTERS = ['from', 'to', 'types', 'actors', 'sources', 'places', 'precision', 'bbox', 'q'];

export const defaults = () => DEFAULTS;

/** Does any filter differ from its default? */
export const isFiltered = (state) => FILTERS.some((key) => !equal(state[key], DEFAULTS[key]));

export const COLOURS = ['type', 'actor', 'sources'];
export const LANGUAGES = ['en', 'ar'];
export const LISTS = ['all', 'view'];

const isDay = (value) => dayOf(value) !== null;
const isNumber = (low, high) => (value) => Number.isFinite(value) && value >= low && value <= high;
const isOneOf = (list) => (value) => list.includes(value);
const isText = (value) => typeof value === 'string' && value.length <= 200;
const isLat = isNumber(-90, 90);
const isLon = isNumber(-180, 180);
const isBox = (v) => Array.isArray(v) && v.length === 4 && isLon(v[0]) && isLat(v[1]) && isLon(v[2])
  && isLat(v[3]) && v[1] <= v[3];
const isPoint = (v) => Array.isArray(v) && v.length === 2 && isLat(v[0]) && isLon(v[1]);
const isPeriod = (v) => v !== null && typeof v === 'object' && isDay(v.from) && isDay(v.to) && v.from <= v.to;

const one = (passes) => (value, fallback) => (value === null || value === undefined ? fallback
  : passes(value) ? value : undefined);
const many = (passes) => (value, fallback) => {
  if (value === null || value === undefined) return fallback;
  if (!Array.isArray(value)) return undefined;
  return Object.freeze([...new Set(value.filter(passes))]);
};

/** For each key: the value to take, the default for null, undefined for what is senseless. */
const CLEAN = {
  from: one(isDay), to: one(isDay), types: many(isOneOf(SUB_TYPES)), actors: many(isText),
  sources: many(isText), places: many(isText), precision: many(isOneOf([1, 2, 3])), bbox: one(isBox),
  q: one(isText), center: one(isPoint), zoom: one(isNumber(0, 24)), colour: one(isOneOf(COLOURS)),
  compare: one(isPeriod), event: one(isText), lang: one(isOneOf(LANGUAGES)), window: one(isNumber(1, 100_000)),
  list: one(isOneOf(LISTS)),
};

/** The state with the patch merged in; the same object where nothing changes. Senseless values are dropped. */
export function merge(state, patch) {
  let next = null;
  for (const key of Object.keys(patch)) {
    if (!Object.hasOwn(CLEAN, key)) continue;
    const value = CLEAN[key](patch[key], DEFAULTS[key]);
    if (value === undefined || equal(value, state[key])) continue;
    next ??= { ...state };
    next[key] = value;
  }
  if (next && next.from !== null && next.to !== null && next.from > next.to) {
    [next.from, next.to] = [next.to, next.from];
  }
  return next ? Object.freeze(next) : state;
}

function equal(a, b) {
  if (a === b) return true;
  if (a === null || b === null || typeof a !== 'object' || typeof b !== 'object') return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => a[key] === b[key]);
}

/** `{get, update, subscribe}`. `update` resolves once all that subscribers promised is done. */
export function createState(initial = {}) {
  let state = merge(DEFAULTS, initial);
  const subscribers = new Set();

  async function update(patch) {
    const previous = state;
    state = merge(state, patch);
    if (state === previous) return;
    const current = state;
    await Promise.all([...subscribers].map((fn) => fn(current, previous)));
  }

  function subscribe(fn) {
    subscribers.add(fn);
    return () => subscribers.delete(fn);
  }

  return { get: () => state, update, subscribe };
}
