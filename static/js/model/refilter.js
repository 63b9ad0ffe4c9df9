/** One pass over all rows after a filter other than time has changed. */

import { TEXT, TIME } from './facets.js';
import { BLOCK_BITS } from './tally.js';

const BLOCK = 1 << BLOCK_BITS;

/** Rows of one block whose mask changed, sorted by what that does to the counts; used again. */
const lists = () => ({
  left: new Uint32Array(BLOCK), entered: new Uint32Array(BLOCK), missed: new Uint32Array(BLOCK),
  unmissed: new Uint32Array(BLOCK), unmissedBit: new Uint8Array(BLOCK),
  barsLeft: new Uint32Array(BLOCK), barsEntered: new Uint32Array(BLOCK),
});

let scratch = null;

/**
 * Give each row the bits of its site, actors and sources, and count what changes. A toggle at a million
 * rows moves hundreds of thousands of them, so changes are gathered by block, then counted column by column.
 */
export function refilter(tally, facets) {
  scratch ??= lists();
  const misses = facets.texts ? textTest(tally.snapshot, facets) : null;
  for (let row = 0; row < tally.fail.length; row += BLOCK) {
    refilterBlock(tally, facets, misses, row, Math.min(tally.fail.length, row + BLOCK));
  }
  tally.histogramVersion++;
}

/**
 * A list takes a row by writing it at its end and growing by 0 or 1: no branch to guess wrong.
 * `x - 1 >>> 31` is 1 where x is 0 and 0 elsewhere.
 */
function refilterBlock(tally, facets, misses, first, last) {
  const { fail } = tally;
  const { site, actorSet, sourceSet } = tally.snapshot;
  const { sites, whats, says } = facets;
  const { left, entered, missed, unmissed, unmissedBit, barsLeft, barsEntered } = scratch;
  let [nLeft, nEntered, nMissed, nUnmissed, nBarsLeft, nBarsEntered] = [0, 0, 0, 0, 0, 0];
  for (let row = first; row < last; row++) {
    const before = fail[row];
    let mask = (before & TIME) | sites[site[row]] | whats[actorSet[row]] | says[sourceSet[row]];
    if (misses !== null && misses(row)) mask |= TEXT;
    if (mask === before) continue;
    fail[row] = mask;
    const was = (before - 1) >>> 31;
    const is = (mask - 1) >>> 31;
    left[nLeft] = row;
    nLeft += was;
    entered[nEntered] = row;
    nEntered += is;
    unmissed[nUnmissed] = row;
    unmissedBit[nUnmissed] = before;
    nUnmissed += (((before & (before - 1)) - 1) >>> 31) & (was ^ 1);
    missed[nMissed] = row;
    nMissed += (((mask & (mask - 1)) - 1) >>> 31) & (is ^ 1);
    barsLeft[nBarsLeft] = row;
    nBarsLeft += ((before & ~TIME) - 1) >>> 31;
    barsEntered[nBarsEntered] = row;
    nBarsEntered += ((mask & ~TIME) - 1) >>> 31;
  }
  tally.show(left, nLeft, -1);
  tally.show(entered, nEntered, 1);
  for (let i = 0; i < nUnmissed; i++) tally.miss(unmissed[i], unmissedBit[i], -1);
  for (let i = 0; i < nMissed; i++) tally.miss(missed[i], fail[missed[i]], 1);
  tally.bars(barsLeft, nBarsLeft, -1);
  tally.bars(barsEntered, nBarsEntered, 1);
}

/** The same without counting: `recount` follows. */
export function filterAll({ fail, snapshot }, facets) {
  const { site, actorSet, sourceSet } = snapshot;
  const { sites, whats, says } = facets;
  const misses = facets.texts ? textTest(snapshot, facets) : null;
  for (let row = 0; row < fail.length; row++) {
    fail[row] = sites[site[row]] | whats[actorSet[row]] | says[sourceSet[row]];
    if (misses !== null && misses(row)) fail[row] |= TEXT;
  }
}

/** A row misses the text when neither its names hold every word nor its own text was found to. */
function textTest({ site, actorSet }, { texts, textRows }) {
  return (row) => (texts.sites[site[row]] | texts.whats[actorSet[row]]) !== texts.all
    && !(textRows !== null && textRows[row >> 3] & (1 << (row & 7)));
}
