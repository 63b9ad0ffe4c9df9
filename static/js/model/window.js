/** The time filter as a slice: only rows at the moving edges are looked at. */

import { TIME } from './facets.js';
import { BATCH } from './tally.js';

/**
 * `createWindow(snapshot) -> {from, to, open(tally, from, to), step(tally, from, to)}`.
 * A row passes when start <= to and end >= from. Rows of one day are slices of the calendar; rows with a
 * range, few, are kept apart, sorted by start and by end.
 */
export function createWindow(snapshot) {
  /** Made when the window first moves. */
  let ranges = null;
  const window = { from: 0, to: -1, open, step };
  const batch = new Uint32Array(Math.min(BATCH, snapshot.count));
  const sites = snapshot.site;
  let gathered = 0;

  /** Set the TIME bit of all rows, none of which have it yet. */
  function open(tally, from, to) {
    const { days, dayRows, firstDay, lastDay, when } = snapshot;
    const { duration } = snapshot.whens;
    const { fail } = tally;
    window.from = from;
    window.to = to;
    if (from <= firstDay && to >= lastDay) return;
    for (let d = 0; d < days; d++) {
      const start = firstDay + d;
      for (let row = dayRows[d]; row < dayRows[d + 1]; row++) {
        if (start > to || start + duration[when[row]] < from) fail[row] |= TIME;
      }
    }
  }

  /** Move the window. Returns whether it moved. */
  function step(tally, from, to) {
    const { from: oldFrom, to: oldTo } = window;
    if (from === oldFrom && to === oldTo) return false;
    tally.touched.count = 0;
    ranges ??= rangesOf(snapshot);
    window.from = from;
    window.to = to;
    if (from > oldTo || to < oldFrom) {
      sweep(tally, oldFrom, oldTo);
      sweep(tally, from, to);
    } else {
      sweep(tally, Math.min(from, oldFrom), Math.max(from, oldFrom) - 1);
      sweep(tally, Math.min(to, oldTo) + 1, Math.max(to, oldTo));
    }
    sweepRanges(tally, ranges.starts, ranges.byStart, Math.min(to, oldTo) + 1, Math.max(to, oldTo));
    sweepRanges(tally, ranges.sortedEnds, ranges.byEnd, Math.min(from, oldFrom), Math.max(from, oldFrom) - 1);
    return true;
  }

  /** Check the one-day rows that start within first..last. */
  function sweep(tally, first, last) {
    const { days, dayRows, firstDay, when } = snapshot;
    const { duration } = snapshot.whens;
    const { fail } = tally;
    const end = Math.min(days - 1, last - firstDay);
    for (let d = Math.max(0, first - firstDay); d <= end; d++) {
      const out = firstDay + d < window.from || firstDay + d > window.to ? TIME : 0;
      for (let row = dayRows[d]; row < dayRows[d + 1]; row++) {
        if ((fail[row] & TIME) !== out && duration[when[row]] === 0) flip(tally, row);
      }
      flush(tally, out ? -1 : 1);
    }
  }

  /** Check the ranges whose key (start or end, sorted) lies within first..last. */
  function sweepRanges(tally, keys, order, first, last) {
    const { rows, starts, ends } = ranges;
    for (let i = lowerBound(keys, first); i < keys.length && keys[i] <= last; i++) {
      const k = order ? order[i] : i;
      const out = starts[k] > window.to || ends[k] < window.from ? TIME : 0;
      if ((tally.fail[rows[k]] & TIME) !== out) {
        flip(tally, rows[k]);
        flush(tally, out ? -1 : 1);
      }
    }
  }

  /** A row comes in or goes out. The histogram does not care; rows that show are gathered. */
  function flip(tally, row) {
    const before = tally.fail[row];
    const others = before & ~TIME;
    tally.fail[row] = before ^ TIME;
    if (others === 0) {
      if (gathered === batch.length) flush(tally, before ? 1 : -1);
      batch[gathered++] = row;
    } else if ((others & (others - 1)) === 0) {
      tally.miss(row, others, before & TIME ? 1 : -1);
    }
  }

  function flush(tally, sign) {
    tally.show(batch, gathered, sign);
    touch(tally, sites, batch, gathered);
    tally.single[TIME] -= sign * gathered;
    gathered = 0;
  }

  return window;
}

/** Notes the sites whose rows came or went; more than there is room for are all. */
function touch({ touched }, site, rows, size) {
  const { sites, count } = touched;
  if (count + size > sites.length) { touched.count = Infinity; return; }
  for (let i = 0; i < size; i++) sites[count + i] = site[rows[i]];
  touched.count = count + size;
}

/** Rows that last more than a day: rows, starts and ends in row order; and the order by end. */
function rangesOf({ days, dayRows, firstDay, when, whens: { duration }, count }) {
  let size = 0;
  for (let row = 0; row < count; row++) if (duration[when[row]] > 0) size++;
  const rows = new Uint32Array(size);
  const starts = new Int32Array(size);
  const ends = new Int32Array(size);
  let k = 0;
  for (let d = 0; d < days; d++) {
    for (let row = dayRows[d]; row < dayRows[d + 1]; row++) {
      if (duration[when[row]] === 0) continue;
      rows[k] = row;
      starts[k] = firstDay + d;
      ends[k++] = firstDay + d + duration[when[row]];
    }
  }
  return { rows, starts, ends, byStart: null, ...sortedByEnd(ends) };
}

/** Positions sorted by end, by counting: ends are days of a few years, so this takes two passes. */
function sortedByEnd(ends) {
  const sortedEnds = ends.slice().sort();
  const first = sortedEnds[0] ?? 0;
  const next = new Uint32Array((sortedEnds.at(-1) ?? 0) - first + 2);
  for (let i = 0; i < ends.length; i++) next[ends[i] - first + 1]++;
  for (let d = 1; d < next.length; d++) next[d] += next[d - 1];
  const byEnd = new Uint32Array(ends.length);
  for (let i = 0; i < ends.length; i++) byEnd[next[ends[i] - first]++] = i;
  return { byEnd, sortedEnds };
}

export function lowerBound(sorted, value) {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
