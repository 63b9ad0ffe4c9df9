/** The state as a query string and back: one grammar for map, embed, API, export and feed. */

import { defaults, merge } from './state.js';
import { EVENT_TYPES, SUB_TYPES, subTypesOf } from './vocabulary.js';

const decimals = (value, places) => String(+value.toFixed(places));
const numbers = (text, count) => {
  const parts = text.split(',').map((part) => (part.trim() === '' ? NaN : Number(part)));
  return parts.length === count && parts.every(Number.isFinite) ? parts : null;
};

const PRECISIONS = { 1: 1, 2: 2, 3: 3, exact: 1, about: 2, region: 3 };

/** Keys that may be repeated ("or"), the state's key, and how one value is read (null: unknown). */
const REPEATED = {
  type: ['types', (v) => (EVENT_TYPES.includes(v) ? subTypesOf(v) : null)],
  sub_type: ['types', (v) => (SUB_TYPES.includes(v) ? [v] : null)],
  actor: ['actors', (v, names) => known(names?.actorIndex, v)],
  source: ['sources', (v, names) => known(names?.sourceIndex, v)],
  place: ['places', (v, names) => known(names?.placeIndex, v)],
  precision: ['precision', (v) => (Object.hasOwn(PRECISIONS, v) ? [PRECISIONS[v]] : null)],
};

const known = (index, slug) => (slug && (!index || index.has(slug)) ? [slug] : null);

const period = (text) => {
  const [from, to, rest] = text.split('..');
  return rest === undefined && to !== undefined ? { from, to } : null;
};

const number = (text) => (text.trim() === '' ? null : Number(text));

/** Keys that stand once: how the value is read (null: unknown) and written. */
const SINGLE = {
  from: [String, String],
  to: [String, String],
  bbox: [(v) => numbers(v, 4), (v) => v.map((n) => decimals(n, 5)).join(',')],
  q: [String, String],
  center: [(v) => numbers(v, 2), (v) => v.map((n) => decimals(n, 5)).join(',')],
  zoom: [number, (v) => decimals(v, 2)],
  colour: [String, String],
  compare: [period, (v) => `${v.from}..${v.to}`],
  event: [String, String],
  lang: [String, String],
  window: [number, String],
  list: [String, String],
};

/** Read a query string. What is not understood is listed, and ignored. */
export function parseQuery(search, { names = null, base = defaults() } = {}) {
  const patch = {};
  const unknown = [];
  const types = { type: [], sub_type: [] };
  for (const [key, value] of new URLSearchParams(search)) {
    if (Object.hasOwn(REPEATED, key)) {
      for (const part of value.split(',').map((p) => p.trim()).filter(Boolean)) {
        if (!takeRepeated(patch, types, key, part, names)) unknown.push({ key, value: part });
      }
    } else if (!Object.hasOwn(SINGLE, key) || !takeSingle(patch, key, value)) {
      unknown.push({ key, value });
    }
  }
  narrowTypes(patch, types);
  return { state: merge(base, patch), unknown };
}

function takeRepeated(patch, types, key, value, names) {
  const [field, read] = REPEATED[key];
  const values = read(value, names);
  if (values === null) return false;
  if (field === 'types') types[key].push(...values);
  else patch[field] = [...(patch[field] ?? []), ...values];
  return true;
}

/** A sub-type narrows its type down; with both keys the narrower one is meant, as on the server. */
function narrowTypes(patch, { type, sub_type: subTypes }) {
  if (type.length + subTypes.length === 0) return;
  const both = type.filter((code) => subTypes.includes(code));
  patch.types = subTypes.length === 0 ? type : both.length ? both : subTypes;
}

/** Whether the value makes sense is the state's to say: it is tried on an empty state. */
function takeSingle(patch, key, value) {
  const read = SINGLE[key][0](value);
  const isDefault = read === defaults()[key];
  if (read === null || (!isDefault && merge(defaults(), { [key]: read }) === defaults())) return false;
  patch[key] = read;
  return true;
}

/** The state as a short, canonical query string without the leading "?". */
export const formatQuery = (state) => format(state, Object.keys(SINGLE).slice(2));

/** Its filters alone, for the API, exports and the feed. */
export const filterQuery = (state) => format(state, ['bbox', 'q']);

function format(state, singles) {
  const write = (key) => (state[key] === defaults()[key] ? [] : [[key, SINGLE[key][1](state[key])]]);
  const pairs = [...write('from'), ...write('to'), ...typePairs(state.types)];
  for (const key of ['actor', 'source', 'place', 'precision']) {
    const values = state[REPEATED[key][0]];
    [...values].sort().forEach((value) => pairs.push([key, value]));
  }
  singles.forEach((key) => pairs.push(...write(key)));
  return pairs.map(([key, value]) => `${key}=${readable(value)}`).join('&');
}

/** Encoded, but with the commas and dots left legible. */
const readable = (value) => encodeURIComponent(value).replaceAll('%2C', ',').replaceAll('%20', '+');

/** Whole event types fold into one pair each, if there are no others: a sub-type beside would narrow them. */
function typePairs(types) {
  const wanted = new Set(types);
  const isWhole = (type) => subTypesOf(type).every((code) => wanted.has(code));
  const whole = EVENT_TYPES.filter(isWhole);
  if (whole.flatMap(subTypesOf).length === wanted.size) return whole.map((type) => ['type', type]);
  return SUB_TYPES.filter((code) => wanted.has(code)).map((code) => ['sub_type', code]);
}
