/**
 * Running counts over the rows that pass. Each row has a byte with one bit for each filter it fails:
 * 0 is visible; a single bit counts beside that filter's own values ("what would this add"); more is nowhere.
 * All sums are whole numbers, so adding and taking away leaves no dust.
 *
 * Hot loops here are closures over constant arrays, and copy constants of other modules first: only then does
 * the engine know the arrays' addresses and lengths and leave out its checks (two to four times faster).
 */

import { MOST_GROUPS } from './colour.js';
import { ACTOR, PLACE, PRECISION, SOURCE, TIME, TYPE } from './facets.js';
import { startOf } from './snapshot.js';

/** A row with an uncertain date is this much, spread over its days. */
export const WHOLE = 2 ** 20;

/** `blocks` counts the visible rows of each run of 4096, so that a list can jump over empty ones. */
export const BLOCK_BITS = 12;

/** Rows are counted in batches of this many. */
export const BATCH = 1 << 14;

/** A step that touches more sites than this is as good as one that touches all. */
const MOST_TOUCHED = 4096;

/** All counts, at zero; `setGroups` and `recount` must follow. */
export function createTally(snapshot) {
  const { count: rows, sites, firstDay, lastDay } = snapshot;
  const whats = snapshot.actorSets.subType.length;
  const says = snapshot.sourceSets.count.length;
  const span = lastDay - firstDay + 1;
  const tally = {
    snapshot, count: 0, histogramVersion: 0, groupCount: 0,
    fail: new Uint8Array(rows),
    siteCounts: new Uint32Array(sites.count),
    siteLone: new Uint32Array(sites.count),
    siteGroups: new Uint32Array(sites.count * MOST_GROUPS),
    whats: new Uint32Array(whats),
    says: new Uint32Array(says),
    whens: new Uint32Array(snapshot.whens.duration.length),
    figures: new Uint32Array(snapshot.figures.best.length),
    blocks: new Uint32Array((rows >> BLOCK_BITS) + 1),
    /** Rows that fail one filter only: by what they are counted for it, and how many in all. */
    typeExtra: new Uint32Array(whats),
    actorExtra: new Uint32Array(whats),
    sourceExtra: new Uint32Array(says),
    placeExtra: new Uint32Array(sites.count),
    precisionExtra: new Uint32Array(sites.count),
    single: new Uint32Array(129),
    /** Where a step of the window changed something: site numbers, perhaps twice; `count` Infinity: anywhere. */
    touched: { sites: new Uint32Array(MOST_TOUCHED), count: Infinity },
    /** The histogram by day and group: whole rows, and steps of shares to be added up. Counted when first wanted. */
    barsCounted: false,
    sureDays: new Int32Array(span * MOST_GROUPS),
    unsureSteps: new Float64Array((span + 1) * MOST_GROUPS),
    /** A row's group is the sum of the two; one of them is all zeros. */
    groupOfWhat: new Uint8Array(whats),
    groupOfSays: new Uint8Array(says),
  };
  const batch = new Uint32Array(Math.min(BATCH, rows));
  tally.setGroups = (groups) => setGroups(tally, groups);
  tally.show = createShow(tally);
  tally.bars = createBars(tally);
  tally.showMany = createShowMany(tally);
  tally.miss = createMiss(tally);
  tally.missMany = createMissMany(tally);
  tally.sumSites = () => sumSites(tally);
  tally.recount = () => recount(tally, batch);
  tally.countBars = () => { if (!tally.barsCounted) countBars(tally, batch); };
  return tally;
}

/** Count by these groups from now on; `recount` must follow. */
function setGroups(tally, { whats, says, size }) {
  tally.groupCount = size;
  tally.groupOfWhat.set(whats);
  tally.groupOfSays.set(says);
}

function recount(tally, batch) {
  const { fail, show, miss } = tally;
  if (tally.count > 0 || tally.single.some(Boolean)) clear(tally);
  for (let first = 0; first < fail.length; first += BATCH) {
    const last = Math.min(fail.length, first + BATCH);
    let size = 0;
    for (let row = first; row < last; row++) {
      batch[size] = row;
      size += (fail[row] - 1) >>> 31;
    }
    show(batch, size, 1);
    if (size === last - first) continue;
    for (let row = first; row < last; row++) {
      const mask = fail[row];
      if (mask !== 0 && (mask & (mask - 1)) === 0) miss(row, mask, 1);
    }
  }
  tally.barsCounted = false;
  tally.histogramVersion++;
}

/** The bars of all rows; later changes keep them. */
function countBars(tally, batch) {
  const { fail, bars } = tally;
  tally.sureDays.fill(0);
  tally.unsureSteps.fill(0);
  tally.barsCounted = true;
  for (let first = 0; first < fail.length; first += BATCH) {
    const last = Math.min(fail.length, first + BATCH);
    let size = 0;
    for (let row = first; row < last; row++) {
      batch[size] = row;
      size += ((fail[row] & ~TIME) - 1) >>> 31;
    }
    bars(batch, size, 1);
  }
}

const COUNTS = ['siteCounts', 'siteLone', 'siteGroups', 'whats', 'says', 'whens', 'figures', 'blocks', 'typeExtra',
  'actorExtra', 'sourceExtra', 'placeExtra', 'precisionExtra', 'single'];

function clear(tally) {
  for (const key of COUNTS) tally[key].fill(0);
  tally.count = 0;
}

/** `show(rows, size, sign)`: rows come into sight (sign 1) or go (-1). */
function createShow(tally) {
  const { site, actorSet, sourceSet, when, figure } = tally.snapshot;
  const { siteCounts, siteLone, siteGroups, whats, says, whens, figures, blocks } = tally;
  const { groupOfWhat, groupOfSays } = tally;
  const blockBits = BLOCK_BITS;
  return (rows, size, sign) => {
    const { groupCount } = tally;
    for (let i = 0; i < size; i++) {
      const row = rows[i];
      const at = site[row];
      const what = actorSet[row];
      const said = sourceSet[row];
      siteCounts[at] += sign;
      siteLone[at] ^= row;
      siteGroups[at * groupCount + groupOfWhat[what] + groupOfSays[said]] += sign;
      whats[what] += sign;
      says[said] += sign;
      figures[figure[row]] += sign;
      blocks[row >> blockBits] += sign;
      whens[when[row]] += sign;
    }
    tally.count += sign * size;
  };
}

/**
 * The same for many rows of one batch, rising, in two thirds of the time: `sumSites` must follow once all are told,
 * and a run's rows are counted by where it ends in the list.
 */
function createShowMany(tally) {
  const { site, actorSet, sourceSet, when, figure } = tally.snapshot;
  const { siteLone, siteGroups, whats, says, whens, figures, blocks } = tally;
  const { groupOfWhat, groupOfSays } = tally;
  return (rows, size, sign) => {
    const { groupCount } = tally;
    for (let i = 0; i < size; i++) {
      const row = rows[i];
      const at = site[row];
      const what = actorSet[row];
      const said = sourceSet[row];
      siteLone[at] ^= row;
      siteGroups[at * groupCount + groupOfWhat[what] + groupOfSays[said]] += sign;
      whats[what] += sign;
      says[said] += sign;
      figures[figure[row]] += sign;
      whens[when[row]] += sign;
    }
    for (let i = 0; i < size;) {
      const block = rows[i] >> BLOCK_BITS;
      const end = below(rows, size, (block + 1) << BLOCK_BITS);
      blocks[block] += sign * (end - i);
      i = end;
    }
    tally.count += sign * size;
  };
}

/** How many of the first `size` of rising numbers are below `value`. */
function below(numbers, size, value) {
  let [low, high] = [0, size];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (numbers[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

function sumSites({ siteCounts, siteGroups, groupCount }) {
  for (let site = 0, at = 0; site < siteCounts.length; site++) {
    let sum = 0;
    for (const end = at + groupCount; at < end; at++) sum += siteGroups[at];
    siteCounts[site] = sum;
  }
}

/** `miss(row, facet, sign)`: a row that fails this one filter only. */
function createMiss(tally) {
  const { site, actorSet, sourceSet } = tally.snapshot;
  const { single, typeExtra, actorExtra, sourceExtra, placeExtra, precisionExtra } = tally;
  const [type, actor, source, place, precision] = [TYPE, ACTOR, SOURCE, PLACE, PRECISION];
  return (row, facet, sign) => {
    single[facet] += sign;
    if (facet === type) typeExtra[actorSet[row]] += sign;
    else if (facet === actor) actorExtra[actorSet[row]] += sign;
    else if (facet === source) sourceExtra[sourceSet[row]] += sign;
    else if (facet === place) placeExtra[site[row]] += sign;
    else if (facet === precision) precisionExtra[site[row]] += sign;
  };
}

/** `missMany(rows, size, facet, sign)`: rows that fail this one filter only, many at once. */
function createMissMany(tally) {
  const { site, actorSet, sourceSet } = tally.snapshot;
  const { single, typeExtra, actorExtra, sourceExtra, placeExtra, precisionExtra } = tally;
  const counted = new Map([
    [TYPE, [actorSet, typeExtra]], [ACTOR, [actorSet, actorExtra]], [SOURCE, [sourceSet, sourceExtra]],
    [PLACE, [site, placeExtra]], [PRECISION, [site, precisionExtra]],
  ]);
  return (rows, size, facet, sign) => {
    single[facet] += sign * size;
    const [column, extra] = counted.get(facet) ?? [null, null];
    if (column !== null) for (let i = 0; i < size; i++) extra[column[rows[i]]] += sign;
  };
}

/** `bars(rows, size, sign)`: rising rows in the histogram, whole on their day, or spread when uncertain. */
function createBars(tally) {
  const { when, dayRows, firstDay, actorSet, sourceSet } = tally.snapshot;
  const { uncertain: isUnsure, duration } = tally.snapshot.whens;
  const { sureDays, unsureSteps, groupOfWhat, groupOfSays } = tally;
  const [share, rest] = sharesOf(duration);
  /** Rows with uncertain dates are gathered without a branch, which nobody could foretell: where they go, and their dates. */
  const most = Math.min(BATCH, tally.snapshot.count);
  const [places, dates] = [new Uint32Array(most), new Uint32Array(most)];
  return (rows, size, sign) => {
    if (size === 0 || !tally.barsCounted) return;
    const { groupCount } = tally;
    let d = startOf(tally.snapshot, rows[0]) - firstDay;
    let unsure = 0;
    for (let i = 0; i < size; i++) {
      const row = rows[i];
      while (row >= dayRows[d + 1]) d++;
      const at = d * groupCount + groupOfWhat[actorSet[row]] + groupOfSays[sourceSet[row]];
      const uncertain = isUnsure[when[row]];
      sureDays[at] += sign * (1 - uncertain);
      places[unsure] = at;
      dates[unsure] = when[row];
      unsure += uncertain;
    }
    for (let i = 0; i < unsure; i++) {
      const at = places[i];
      const k = dates[i];
      unsureSteps[at] += sign * (share[k] + rest[k]);
      unsureSteps[at + groupCount] -= sign * rest[k];
      unsureSteps[at + (duration[k] + 1) * groupCount] -= sign * share[k];
    }
  };
}

/** What a row of an uncertain date gives to each of its days, and what more to the first: the rest of the division. */
function sharesOf(durations) {
  const share = Float64Array.from(durations, (duration) => Math.floor(WHOLE / (duration + 1)));
  return [share, share.map((part, dates) => WHOLE - part * (durations[dates] + 1))];
}
