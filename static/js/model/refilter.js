/** One pass over all rows after a filter other than time has changed. */

import { GONE, TEXT, TIME } from './facets.js';
import { BATCH } from './tally.js';

/**
 * `createRefilter(tally, facets)()`: give each row the bits of its site, actors and sources, and count what
 * changes. A toggle at a million rows moves hundreds of thousands of them; what costs is not counting but a
 * processor that guesses wrong. So changed rows are gathered without a branch, batch by batch, then counted.
 */
export function createRefilter(tally, facets) {
  const { fail, snapshot } = tally;
  const size = Math.min(BATCH, fail.length);
  const lists = { changed: new Uint32Array(size), before: new Uint8Array(size) };
  const gatherAll = createGather(tally, facets, lists);
  const flipWhats = createFlip(tally, facets, lists);
  const count = createCounter(tally, facets, lists);
  return () => {
    const gather = facets.onlyWhats ? flipWhats : gatherAll;
    const misses = rowTest(snapshot, facets);
    for (let first = 0; first < fail.length; first += BATCH) {
      count(gather(first, Math.min(fail.length, first + BATCH), misses));
    }
    tally.sumSites();
    tally.histogramVersion++;
  };
}

/**
 * Rows of first..last whose mask changes into `lists.changed`, their old masks into `lists.before`; gives how
 * many. The list takes a row by writing it at its end and growing by 0 or 1.
 */
function createGather({ fail, snapshot }, facets, { changed, before }) {
  const { site, actorSet, sourceSet } = snapshot;
  const { sites, whats, says } = facets;
  const time = TIME;
  return (first, last, misses) => {
    let size = 0;
    for (let row = first; row < last; row++) {
      const old = fail[row];
      let mask = (old & time) | sites[site[row]] | whats[actorSet[row]] | says[sourceSet[row]];
      if (misses !== null) mask |= misses(row);
      fail[row] = mask;
      changed[size] = row;
      before[size] = old;
      size += ((old ^ mask) + 255) >> 8;
    }
    return size;
  };
}

/** The same where only types or actors changed, the most frequent case: only their column is read. */
function createFlip({ fail, snapshot }, { flips }, { changed, before }) {
  const { actorSet } = snapshot;
  return (first, last) => {
    let size = 0;
    for (let row = first; row < last; row++) {
      const old = fail[row];
      const flip = flips[actorSet[row]];
      fail[row] = old ^ flip;
      changed[size] = row;
      before[size] = old;
      size += (flip + 255) >> 8;
    }
    return size;
  };
}

/** Counts the gathered rows: those that leave or enter the visible, the bars, and the nearly visible. */
function createCounter(tally, facets, { changed, before }) {
  const { fail, showMany, bars, miss, missMany } = tally;
  const [left, entered, barsLeft, barsEntered, nearLeft, nearEntered] = Array.from({ length: 6 }, () => new Uint32Array(changed.length));
  const others = ~TIME;
  return (size) => {
    const { facet } = facets;
    let nLeft = 0;
    let nEntered = 0;
    let nBarsLeft = 0;
    let nBarsEntered = 0;
    let nNearLeft = 0;
    let nNearEntered = 0;
    for (let i = 0; i < size; i++) {
      const row = changed[i];
      const old = before[i];
      const mask = fail[row];
      if (old === 0) left[nLeft++] = row;
      else if (old === facet) nearLeft[nNearLeft++] = row;
      else if ((old & (old - 1)) === 0) miss(row, old, -1);
      if (mask === 0) entered[nEntered++] = row;
      else if (mask === facet) nearEntered[nNearEntered++] = row;
      else if ((mask & (mask - 1)) === 0) miss(row, mask, 1);
      if ((old & others) === 0) barsLeft[nBarsLeft++] = row;
      else if ((mask & others) === 0) barsEntered[nBarsEntered++] = row;
    }
    showMany(left, nLeft, -1);
    showMany(entered, nEntered, 1);
    missMany(nearLeft, nNearLeft, facet, -1);
    missMany(nearEntered, nNearEntered, facet, 1);
    bars(barsLeft, nBarsLeft, -1);
    bars(barsEntered, nBarsEntered, 1);
  };
}

/** The same for a start, on rows that fail nothing yet, without counting: `recount` follows. */
export function filterAll({ fail, snapshot }, facets) {
  const { site, actorSet, sourceSet } = snapshot;
  const { sites, whats, says } = facets;
  const misses = rowTest(snapshot, facets);
  if (misses === null && ![sites, whats, says].some((fails) => fails.some(Boolean))) return;
  for (let row = 0; row < fail.length; row++) {
    fail[row] = sites[site[row]] | whats[actorSet[row]] | says[sourceSet[row]];
    if (misses !== null) fail[row] |= misses(row);
  }
}

/** The bits that follow from no table: of the text, and of events that were withdrawn. null: none. */
function rowTest(snapshot, facets) {
  const { gone } = facets;
  const misses = facets.texts ? textTest(snapshot, facets) : () => false;
  if (gone === null) return facets.texts ? (row) => (misses(row) ? TEXT : 0) : null;
  return (row) => (gone[row >> 3] & (1 << (row & 7)) ? GONE : misses(row) ? TEXT : 0);
}

/** A row misses the text when neither its names hold every word nor its own text was found to. */
function textTest({ site, actorSet }, { texts, textRows }) {
  return (row) => (texts.sites[site[row]] | texts.whats[actorSet[row]]) !== texts.all
    && !(textRows !== null && textRows[row >> 3] & (1 << (row & 7)));
}
