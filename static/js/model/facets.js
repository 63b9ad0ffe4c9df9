/** The filters as one bit each, and which dictionary entries fail which. */

import { ancestors } from './names.js';
import { fold, wordsOf } from './search.js';
import { SUB_TYPES } from './vocabulary.js';

export const TIME = 1;
export const TYPE = 2;
export const ACTOR = 4;
export const SOURCE = 8;
export const PLACE = 16;
export const PRECISION = 32;
export const BBOX = 64;
export const TEXT = 128;
/** A withdrawn event fails two filters for good, so that it is neither shown nor counted as nearly shown. */
export const GONE = BBOX | TEXT;

/** The state's key of each filter, by bit. */
export const FACET_KEYS = {
  [TIME]: 'time', [TYPE]: 'type', [ACTOR]: 'actor', [SOURCE]: 'source', [PLACE]: 'place',
  [PRECISION]: 'precision', [BBOX]: 'bbox', [TEXT]: 'q',
};

const BITS = { types: TYPE, actors: ACTOR, sources: SOURCE, places: PLACE, precision: PRECISION, bbox: BBOX, q: TEXT };

/**
 * What each site, actor set ("what": sub-type and actors) and source set ("says") fails.
 * A row's filters are the three looked up and joined; TEXT alone is the other way round: names and texts add up.
 */
export function createFacets(snapshot, names) {
  const { sites, actorSets, sourceSets, count } = snapshot;
  const facets = {
    sites: new Uint8Array(sites.count),
    whats: new Uint8Array(actorSets.subType.length),
    says: new Uint8Array(sourceSets.count.length),
    /** What the last update did: one filter that it changed, whether nothing but `whats`, and the bits flipped there. */
    facet: 0,
    onlyWhats: false,
    flips: new Uint8Array(actorSets.subType.length),
    texts: null,
    textRows: null,
    gone: null,
    update,
    setTextRows,
    drop,
  };
  const before = facets.whats.slice();
  let last = {};
  let dropped = false;
  let textQuery = null;
  let found = null;

  /** Take over a state. True where a filter other than time changed. */
  function update(state) {
    facets.facet = 0;
    facets.onlyWhats = true;
    for (const key of KEYS) {
      if (same(state[key], last[key]) && !(key === 'q' && dropped)) continue;
      UPDATES[key](state[key]);
      facets.facet = BITS[key];
      facets.onlyWhats &&= key === 'types' || key === 'actors';
    }
    last = state;
    dropped = false;
    if (facets.facet !== 0) flip(facets.flips, before, facets.whats);
    return facets.facet !== 0;
  }

  const UPDATES = {
    types: (types) => {
      const wanted = types?.length ? new Set(types.map((code) => SUB_TYPES.indexOf(code))) : null;
      mark(facets.whats, TYPE, wanted && ((w) => wanted.has(actorSets.subType[w])));
    },
    actors: (slugs) => markSets(facets.whats, ACTOR, actorSets, slugs, names.actorIndex),
    sources: (slugs) => markSets(facets.says, SOURCE, sourceSets, slugs, names.sourceIndex),
    places: (slugs) => {
      const wanted = slugs?.length ? placesWithin(names, slugs) : null;
      mark(facets.sites, PLACE, wanted && ((s) => wanted.has(sites.place[s])));
    },
    precision: (levels) => {
      const wanted = levels?.length ? new Set(levels.map(Number)) : null;
      mark(facets.sites, PRECISION, wanted && ((s) => wanted.has(sites.precision[s])));
    },
    bbox: (box) => mark(facets.sites, BBOX, box && ((s) => inBox(box, sites.lat[s], sites.lon[s]))),
    q: (q) => setText(q),
  };

  const KEYS = Object.keys(UPDATES);

  function setText(q) {
    const words = wordsOf(q ?? '');
    facets.texts = words.length ? textHits(snapshot, names, words) : null;
    facets.textRows = words.length && fold(q) === textQuery ? found : null;
  }

  /** Rows whose texts match `q`. */
  function setTextRows(q, rows) {
    textQuery = fold(q);
    found = new Uint8Array((count >> 3) + 1);
    for (const row of rows) found[row >> 3] |= 1 << (row & 7);
    last = { ...last, q: undefined };
  }

  /** These rows are never shown again. */
  function drop(rows) {
    if (rows.length === 0) return;
    facets.gone ??= new Uint8Array((count >> 3) + 1);
    for (const row of rows) facets.gone[row >> 3] |= 1 << (row & 7);
    dropped = true;
  }

  return facets;
}

/** The bits that differ from `before`, which then becomes `now`. */
function flip(flips, before, now) {
  for (let i = 0; i < flips.length; i++) flips[i] = before[i] ^ now[i];
  before.set(now);
}

function same(a, b) {
  if (a === b || (a ?? '') === (b ?? '')) return true;
  return Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((v, i) => v === b[i]);
}

/** Set the bit on all entries that do not pass; no test at all: clear it. */
function mark(entries, bit, passes) {
  for (let i = 0; i < entries.length; i++) {
    if (passes && !passes(i)) entries[i] |= bit;
    else entries[i] &= ~bit;
  }
}

function markSets(entries, bit, { offsets, ids }, slugs, index) {
  const wanted = slugs?.length ? new Set(slugs.map((slug) => index.get(slug))) : null;
  mark(entries, bit, wanted && ((set) => {
    for (let i = offsets[set]; i < offsets[set + 1]; i++) if (wanted.has(ids[i])) return true;
    return false;
  }));
}

/** The places named and all within them. */
function placesWithin(names, slugs) {
  const wanted = new Set(slugs.map((slug) => names.placeIndex.get(slug)).filter((p) => p !== undefined));
  const within = new Set(wanted);
  names.places.forEach((_, p) => {
    if (ancestors(names, p).some((a) => wanted.has(a))) within.add(p);
  });
  return within;
}

/** West, south, east, north; a box with west > east crosses the date line. */
export function inBox([west, south, east, north], lat, lon) {
  if (lat < south || lat > north) return false;
  return west <= east ? lon >= west && lon <= east : lon >= west || lon <= east;
}

/** For each site and actor set, the words (a bit each) that its names hold; `all` is every word. */
function textHits(snapshot, names, words) {
  const bitsOf = ({ en = '', ar = '' }) => {
    const name = fold(`${en} ${ar}`);
    return words.reduce((bits, word, k) => (name.includes(word) ? bits | (1 << k) : bits), 0);
  };
  const places = names.places.map(bitsOf);
  const actors = names.actors.map(bitsOf);
  const { offsets, ids } = snapshot.actorSets;
  return {
    all: (1 << words.length) - 1,
    sites: Uint8Array.from(snapshot.sites.place, (p) => (p >= 0 ? places[p] : 0)),
    whats: Uint8Array.from({ length: offsets.length - 1 }, (_, set) =>
      ids.subarray(offsets[set], offsets[set + 1]).reduce((bits, id) => bits | actors[id], 0)),
  };
}
