/**
 * The sites in sight by squares of the screen. In each square the circles that overlap are joined already, and
 * from step to step only those squares are joined anew where rows came or went: a day more or less of the brush
 * touches a few dozen sites of thousands.
 */

import { circles, copyCircle, joinCircles } from './circles.js';
import { pixels, worldX, worldY } from './geo.js';
import { isContested } from './snapshot.js';
import { GEO_ABOUT, GEO_REGION } from './vocabulary.js';

/** Two lone dots in one cell always overlap (its diagonal is under 2 x 4.6 + 3), so cells lose nothing. */
const CELL = 8;
/** Circles are joined within squares of two cells, then of four. */
const SQUARE = 4 * CELL;
/** Sites this far outside the view are taken too, so that panning does not change what is inside. */
const MARGIN = 256;

/**
 * `createSquares(snapshot, sites, {gap, radiusOf(n, contested)}) -> {update(visible, zoom, bounds, out), ...}`;
 * `sites` are {x, y, precision} on the unit square. `update` fills `out`, circles of cluster.js.
 */
export function createSquares(snapshot, sites, { gap, radiusOf }) {
  const held = { visible: null, version: -1, groupCount: 0 };
  const view = { zoom: NaN, bounds: [NaN, NaN, NaN, NaN], count: 0, cells: 0, squares: 0, side: 0 };
  /** Sites in sight, those of a cell, of two cells and of four side by side; where each square's begin. */
  const lie = { sites: new Uint32Array(0), keys: new Uint32Array(0), starts: new Uint32Array(1), squareOf: new Int32Array(0) };
  /** Circles: a square has room for one a cell from `room` on, close together; `ends` says how many there are. */
  const kept = circles();
  let room = new Uint32Array(1);
  let ends = new Uint32Array(0);
  let marked = new Uint8Array(0);
  let home = new Int32Array(0);
  let bubbleOf = new Int32Array(0);

  function update(visible, zoom, bounds, out) {
    const moved = look(zoom, bounds);
    const same = !moved && held.visible === visible && held.groupCount === visible.groupCount;
    if (visible.groupCount !== kept.groupCount || moved) kept.reserve(view.cells, visible.groupCount);
    const { touched } = visible;
    const behind = same ? visible.version - held.version : Infinity;
    Object.assign(held, { visible, version: visible.version, groupCount: visible.groupCount });
    if (behind === 1 && touched && touched.count <= touched.sites.length) joinTouched(touched);
    else if (behind !== 0) joinAll();
    collect(out);
  }

  function joinAll() {
    for (let q = 0; q < view.squares; q++) if (lie.starts[q] < lie.starts[q + 1]) joinSquare(q);
  }

  function joinTouched({ sites: changed, count }) {
    for (let i = 0; i < count; i++) {
      const q = lie.squareOf[changed[i]];
      if (q < 0 || marked[q] === 1) continue;
      marked[q] = 1;
      joinSquare(q);
    }
    for (let i = 0; i < count; i++) if (lie.squareOf[changed[i]] >= 0) marked[lie.squareOf[changed[i]]] = 0;
  }

  /** The circles of one square from its sites: one a cell, then joined where they overlap. */
  function joinSquare(q) {
    const start = room[q];
    const end = ends[q] = gather(lie.starts[q], lie.starts[q + 1], start);
    for (let c = start; c < end; c++) finish(c);
    joinWithin(start, end, 2);
    joinWithin(start, end, 4);
  }

  /** One circle for each cell that has visible rows. Most of a step, hence the arrays at hand. */
  function gather(first, last, start) {
    const { siteCounts, siteLone, siteGroups } = held.visible;
    const { x, y, n, about, mark, site: only, into, groups, groupCount } = kept;
    const { keys, sites: seen } = lie;
    const { x: siteX, y: siteY, precision } = sites;
    const vague = GEO_ABOUT;
    let made = start - 1;
    let key = -1;
    for (let k = first; k < last; k++) {
      const site = seen[k];
      const shown = siteCounts[site];
      home[k] = -1;
      if (shown === 0) continue;
      if (keys[k] !== key) {
        key = keys[k];
        made++;
        x[made] = y[made] = n[made] = about[made] = mark[made] = 0;
        only[made] = site;
        into[made] = made;
        kept.key[made] = key;
        for (let g = made * groupCount; g < (made + 1) * groupCount; g++) groups[g] = 0;
      } else only[made] = -1;
      home[k] = made;
      x[made] += shown * siteX[site];
      y[made] += shown * siteY[site];
      n[made] += shown;
      mark[made] ^= siteLone[site];
      if (precision[site] === vague) about[made] += shown;
      for (let g = 0; g < groupCount; g++) groups[made * groupCount + g] += siteGroups[site * groupCount + g];
    }
    return made + 1;
  }

  /** Sums become a centre in pixels; a lone row is known by its mark. */
  function finish(c) {
    const n = kept.n[c];
    const scale = view.side / n;
    kept.x[c] *= scale;
    kept.y[c] *= scale;
    const lone = n === 1 ? kept.mark[c] : -1;
    kept.lone[c] = lone;
    kept.contested[c] = lone >= 0 && isContested(snapshot, lone) ? 1 : 0;
    kept.r[c] = radiusOf(n, kept.contested[c]);
  }

  /** In each part of so many cells a side the first circle joins with those it overlaps. */
  function joinWithin(start, end, cells) {
    const { n, key } = kept;
    let head = -1;
    for (let c = start; c < end; c++) {
      if (n[c] === 0) continue;
      if (head < 0 || (cells === 2 && key[c] >> 2 !== key[head] >> 2)) { head = c; continue; }
      if (overlap(head, c)) head = n[c] > n[head] ? unite(c, head) : unite(head, c);
    }
  }

  function overlap(a, b) {
    const { x, y, r } = kept;
    const near = r[a] + r[b] + gap;
    return (x[a] - x[b]) ** 2 + (y[a] - y[b]) ** 2 < near * near;
  }

  function unite(a, b) {
    joinCircles(kept, a, b);
    kept.r[a] = radiusOf(kept.n[a], 0);
    return a;
  }

  function collect(out) {
    const { n } = kept;
    out.reserve(view.cells, kept.groupCount);
    let count = 0;
    for (let q = 0; q < view.squares; q++) {
      for (let c = room[q]; c < ends[q]; c++) {
        if (n[c] === 0) continue;
        bubbleOf[c] = count;
        copyCircle(kept, c, out, count++);
      }
    }
    out.count = count;
  }

  /** Take note of the sites within the view and a margin, and of the cell each lies in. True where the view is new. */
  function look(zoom, bounds) {
    if (view.zoom === zoom && bounds.every((edge, i) => edge === view.bounds[i])) return false;
    Object.assign(view, { zoom, bounds: [...bounds], side: pixels(zoom) });
    const box = boxOf(bounds, view.side);
    const columns = (box.right - box.left) / SQUARE;
    view.squares = (columns * (box.bottom - box.top)) / SQUARE;
    view.count = sort(keysOf(box, columns));
    if (ends.length < view.squares) { ends = new Uint32Array(view.squares); marked = new Uint8Array(view.squares); }
    makeRoom();
    if (home.length < view.count) home = new Int32Array(view.count);
    if (bubbleOf.length < view.cells) bubbleOf = new Int32Array(view.cells);
    return true;
  }

  /** As much room for each square as it has cells with sites. */
  function makeRoom() {
    room = new Uint32Array(view.squares + 1);
    for (let q = 0; q < view.squares; q++) {
      room[q + 1] = ends[q] = room[q];
      for (let k = lie.starts[q]; k < lie.starts[q + 1]; k++) if (k === lie.starts[q] || lie.keys[k] !== lie.keys[k - 1]) room[q + 1]++;
    }
    view.cells = room[view.squares];
  }

  /** Each site's cell as a number: square, quarter, cell of the quarter; -1 for those out of sight. */
  function keysOf({ left, right, top, bottom }, columns) {
    const keys = new Int32Array(sites.x.length).fill(-1);
    if (lie.squareOf.length === 0) lie.squareOf = new Int32Array(sites.x.length);
    for (let site = 0; site < keys.length; site++) {
      lie.squareOf[site] = -1;
      const x = sites.x[site] * view.side;
      const y = sites.y[site] * view.side;
      if (x < left || x >= right || y < top || y >= bottom || sites.precision[site] === GEO_REGION) continue;
      const [u, v] = [Math.floor((x - left) / CELL), Math.floor((y - top) / CELL)];
      const square = lie.squareOf[site] = (v >> 2) * columns + (u >> 2);
      keys[site] = square * 16 + ((v >> 1) & 1) * 8 + ((u >> 1) & 1) * 4 + (v & 1) * 2 + (u & 1);
    }
    return keys;
  }

  /** Sites in the order of their keys, by counting. Gives how many there are. */
  function sort(keys) {
    const next = new Uint32Array(view.squares * 16 + 1);
    for (const key of keys) if (key >= 0) next[key + 1]++;
    for (let key = 0; key < view.squares * 16; key++) next[key + 1] += next[key];
    const count = next[view.squares * 16];
    lie.starts = new Uint32Array(view.squares + 1);
    for (let q = 0; q <= view.squares; q++) lie.starts[q] = next[q * 16];
    if (lie.sites.length < count) { lie.sites = new Uint32Array(count); lie.keys = new Uint32Array(count); }
    keys.forEach((key, site) => {
      if (key < 0) return;
      const k = next[key]++;
      lie.sites[k] = site;
      lie.keys[k] = key;
    });
    return count;
  }

  return {
    update,
    /** The sites with visible rows whose circle went into one that `isIn(circle of out)`. */
    sitesWhere(isIn) {
      const found = [];
      for (let k = 0; k < view.count; k++) {
        if (home[k] < 0) continue;
        let c = home[k];
        while (kept.into[c] !== c) c = kept.into[c];
        if (isIn(bubbleOf[c])) found.push(lie.sites[k]);
      }
      return found;
    },
  };
}

/** The view in pixels with its margin, at multiples of it. */
function boxOf([west, south, east, north], side) {
  const edge = (value, away) => (Math[away < 0 ? 'floor' : 'ceil']((value * side) / MARGIN) + away) * MARGIN;
  return {
    left: edge(worldX(west), -1), right: edge(worldX(east), 1), top: edge(worldY(north), -1), bottom: edge(worldY(south), 1),
  };
}
