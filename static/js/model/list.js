/** The visible rows in an order, found as far as somebody looks. */

import { inBox } from './facets.js';
import { sourceCountOf } from './snapshot.js';
import { BLOCK_BITS } from './tally.js';

/** `createLists(tally) -> ({order, bounds}) -> List`; a list is valid until the next step. */
export function createLists(tally) {
  const orders = new Map();
  const { snapshot } = tally;

  function orderOf(name) {
    if (name !== 'deaths' && name !== 'sources') return null;
    if (!orders.has(name)) orders.set(name, sortedRows(snapshot, keyOf(snapshot, name)));
    return orders.get(name);
  }

  return ({ order = 'newest', bounds = null } = {}) => {
    const inside = bounds && sitesIn(snapshot.sites, bounds);
    const passes = (row) => tally.fail[row] === 0 && (!inside || inside[snapshot.site[row]] === 1);
    const walk = order === 'oldest' ? (k) => k : (k) => snapshot.count - 1 - k;
    const sorted = orderOf(order);
    const count = inside ? countIn(tally, inside) : tally.count;
    const skip = inside || sorted ? null : emptyBlocks(tally, order);
    return lazyList(count, snapshot.count, sorted ? (k) => sorted[k] : walk, passes, skip);
  };
}

function lazyList(count, total, rowAt, passes, skip) {
  let found = new Uint32Array(Math.min(count, 256));
  let size = 0;
  let next = 0;

  function findUpTo(k) {
    while (size <= k && next < total) {
      const row = rowAt(next);
      const jump = skip ? skip(row) : 0;
      if (jump > 0) {
        next += jump;
      } else {
        next++;
        if (passes(row)) push(row);
      }
    }
  }

  function push(row) {
    if (size === found.length) {
      const longer = new Uint32Array(Math.min(count, size * 4));
      longer.set(found);
      found = longer;
    }
    found[size++] = row;
  }

  return {
    count,
    at(k) {
      if (!(k >= 0 && k < count)) return -1;
      if (k >= size) findUpTo(k);
      return found[k];
    },
    indexOf(row) {
      if (!(row >= 0 && row < total) || !passes(row)) return -1;
      for (let k = 0; k < count; k++) {
        if (k >= size) findUpTo(k);
        if (found[k] === row) return k;
      }
      return -1;
    },
  };
}

/** From a block's first row in walking order: how many rows to jump when none of it is visible. */
function emptyBlocks({ blocks }, order) {
  const last = (1 << BLOCK_BITS) - 1;
  return (row) => {
    if (blocks[row >> BLOCK_BITS] > 0) return 0;
    return order === 'oldest' ? last + 1 - (row & last) : (row & last) + 1;
  };
}

function sitesIn({ count, lat, lon }, bounds) {
  return Uint8Array.from({ length: count }, (_, s) => (inBox(bounds, lat[s], lon[s]) ? 1 : 0));
}

function countIn({ siteCounts }, inside) {
  let count = 0;
  for (let s = 0; s < inside.length; s++) if (inside[s]) count += siteCounts[s];
  return count;
}

function keyOf(snapshot, order) {
  const { figures, figure } = snapshot;
  return order === 'deaths' ? (row) => figures.best[figure[row]] + 1 : (row) => sourceCountOf(snapshot, row);
}

/** All rows by falling key, newest first within: one number holds both, so no callback sorts. */
function sortedRows({ count }, key) {
  const numbers = Float64Array.from({ length: count }, (_, row) => key(row) * count + row).sort();
  const rows = new Uint32Array(count);
  for (let k = 0; k < count; k++) rows[k] = numbers[count - 1 - k] % count;
  return rows;
}
