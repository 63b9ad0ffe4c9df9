/** Bubbles on the map: sites in sight, joined until none overlap, with their mix of groups. */

import { pixels, worldX, worldY } from './geo.js';
import { MAX_RADIUS, Merger } from './merge.js';
import { createRegions } from './regions.js';
import { isContested } from './snapshot.js';
import { GEO_ABOUT, GEO_REGION } from './vocabulary.js';

/** Two lone dots in one cell always overlap (its diagonal is under 2 x 4.6 + 3), so cells lose nothing. */
const CELL = 8;
/** Sites this far outside the view are clustered too, so that panning does not change what is inside. */
const MARGIN = 256;
const LONE = 4.6;
const LONE_CONTESTED = 11.5;

/** The radius of a bubble of n events, in pixels. */
export const radiusOf = (n) => Math.min(MAX_RADIUS, 8.2 + 2.15 * Math.sqrt(n));

/** `createClusters(rows).update(visible, view) -> Bubbles`; see README.md. */
export function createClusters(rows, { gap = 3 } = {}) {
  const { snapshot } = rows;
  const sites = projected(snapshot.sites);
  const regions = createRegions(snapshot);
  const bubbles = emptyBubbles();
  const view = emptyView();
  const merger = new Merger(bubbles, (a, b) => join(bubbles, a, b), (i) => radiusOf(bubbles.n[i]));
  let visible = null;

  function update(shown, { zoom, bounds }) {
    visible = shown;
    look(view, sites, zoom, bounds);
    reserve(bubbles, view.count, shown.groupCount);
    gather();
    merger.merge(bubbles.count, gap);
    close(bubbles);
    bubbles.zoom = zoom;
    bubbles.regions = regions.update(shown);
    return bubbles;
  }

  /** One circle for each cell that has visible rows. This loop is most of a step, hence the arrays at hand. */
  function gather() {
    const { siteCounts, siteLone, siteGroups } = visible;
    const { x, y, n, about, mark, site: only, groups, groupCount } = bubbles;
    const { x: siteX, y: siteY, precision } = sites;
    const { grid, cells, sites: seen, count } = view;
    const [vague, empty] = [GEO_ABOUT, -1];
    grid.fill(empty);
    let made = 0;
    for (let k = 0; k < count; k++) {
      const site = seen[k];
      const shown = siteCounts[site];
      if (shown === 0) continue;
      let b = grid[cells[k]];
      if (b === empty) {
        b = grid[cells[k]] = made++;
        x[b] = y[b] = n[b] = about[b] = mark[b] = 0;
        only[b] = site;
        for (let g = b * groupCount; g < (b + 1) * groupCount; g++) groups[g] = 0;
      } else only[b] = -1;
      x[b] += shown * siteX[site];
      y[b] += shown * siteY[site];
      n[b] += shown;
      mark[b] ^= siteLone[site];
      if (precision[site] === vague) about[b] += shown;
      for (let g = 0; g < groupCount; g++) groups[b * groupCount + g] += siteGroups[site * groupCount + g];
    }
    bubbles.count = made;
    const side = pixels(view.zoom);
    for (let b = 0; b < made; b++) finish(b, side);
  }

  /** Sums become a centre in pixels; a lone row is known by its mark. */
  function finish(b, side) {
    const n = bubbles.n[b];
    const scale = side / n;
    bubbles.x[b] *= scale;
    bubbles.y[b] *= scale;
    const lone = n === 1 ? bubbles.mark[b] : -1;
    const contested = lone >= 0 && isContested(snapshot, lone);
    bubbles.lone[b] = lone;
    bubbles.contested[b] = contested ? 1 : 0;
    bubbles.r[b] = n > 1 ? radiusOf(n) : contested ? LONE_CONTESTED : LONE;
  }

  /** The sites with visible rows that bubble b is made of. */
  function sitesOf(b) {
    const found = [];
    for (let k = 0; k < view.count; k++) {
      if (visible.siteCounts[view.sites[k]] === 0) continue;
      if (bubbles.rank[root(bubbles, view.grid[view.cells[k]])] === b) found.push(view.sites[k]);
    }
    return found;
  }

  bubbles.hit = (x, y, slack = 4) => hit(bubbles, x, y, slack);
  bubbles.bounds = (b) => boundsOf(snapshot.sites, sitesOf(b));
  bubbles.rowsOf = (b, limit = Infinity) => rowsAt(snapshot, visible, new Set(sitesOf(b)), limit);
  bubbles.separable = (b, maxZoom) => separable(sites, sitesOf(b), maxZoom, gap);
  return { update };
}

const emptyView = () => ({
  zoom: NaN, bounds: [NaN, NaN, NaN, NaN], count: 0, sites: new Uint32Array(0), cells: new Uint32Array(0),
  grid: new Int32Array(0),
});

function projected({ count, lat, lon, precision }) {
  const x = new Float64Array(count);
  const y = new Float64Array(count);
  for (let site = 0; site < count; site++) {
    x[site] = worldX(lon[site]);
    y[site] = worldY(lat[site]);
  }
  return { x, y, precision };
}

function emptyBubbles() {
  const bubbles = { count: 0, zoom: 0, groupCount: 0, regions: null };
  for (const [key, type] of Object.entries(BUBBLE_ARRAYS)) bubbles[key] = new type(0);
  return bubbles;
}

const BUBBLE_ARRAYS = {
  x: Float64Array, y: Float64Array, r: Float32Array, n: Uint32Array, groups: Uint32Array, lone: Int32Array,
  site: Int32Array, contested: Uint32Array, about: Uint32Array, mark: Uint32Array,
  /** Which circle took a circle in (itself if none), and a circle's place among the bubbles. */
  into: Int32Array, rank: Int32Array,
};

/** Room for so many circles; arrays grow with the number of sites in sight and are kept. */
function reserve(bubbles, most, groupCount) {
  const fits = bubbles.n.length >= most;
  if (fits && bubbles.groupCount === groupCount) return;
  const length = fits ? bubbles.n.length : most;
  for (const [key, type] of Object.entries(BUBBLE_ARRAYS)) {
    const size = key === 'groups' ? length * groupCount : length;
    if (bubbles[key].length < size) bubbles[key] = new type(size);
  }
  bubbles.groupCount = groupCount;
}

/** Take note of the sites within the view and a margin, and of the cell each lies in. */
function look(view, sites, zoom, bounds) {
  if (view.zoom === zoom && bounds.every((edge, i) => edge === view.bounds[i])) return;
  const scale = pixels(zoom);
  const left = Math.floor((worldX(bounds[0]) * scale) / MARGIN - 1) * MARGIN;
  const right = Math.ceil((worldX(bounds[2]) * scale) / MARGIN + 1) * MARGIN;
  const top = Math.floor((worldY(bounds[3]) * scale) / MARGIN - 1) * MARGIN;
  const bottom = Math.ceil((worldY(bounds[1]) * scale) / MARGIN + 1) * MARGIN;
  const columns = (right - left) / CELL;
  view.zoom = zoom;
  view.bounds = [...bounds];
  if (view.sites.length === 0) {
    view.sites = new Uint32Array(sites.x.length);
    view.cells = new Uint32Array(sites.x.length);
  }
  view.count = 0;
  for (let site = 0; site < sites.x.length; site++) {
    const x = sites.x[site] * scale;
    const y = sites.y[site] * scale;
    if (x < left || x >= right || y < top || y >= bottom || sites.precision[site] === GEO_REGION) continue;
    view.sites[view.count] = site;
    view.cells[view.count++] = Math.floor((y - top) / CELL) * columns + Math.floor((x - left) / CELL);
  }
  const cells = (columns * (bottom - top)) / CELL;
  if (view.grid.length !== cells) view.grid = new Int32Array(cells);
}

/** Add circle b's contents to circle a. */
function join(bubbles, a, b) {
  const size = bubbles.groupCount;
  bubbles.about[a] += bubbles.about[b];
  bubbles.lone[a] = -1;
  bubbles.contested[a] = 0;
  bubbles.site[a] = -1;
  bubbles.into[b] = a;
  for (let g = 0; g < size; g++) bubbles.groups[a * size + g] += bubbles.groups[b * size + g];
}

/** Close the gaps that absorbed circles left. */
function close(bubbles) {
  const { x, y, r, n, lone, site, contested, about, groups, groupCount, into, rank } = bubbles;
  let left = 0;
  for (let b = 0; b < bubbles.count; b++) {
    if (n[b] === 0) continue;
    into[b] = b;
    rank[b] = left;
    x[left] = x[b];
    y[left] = y[b];
    r[left] = r[b];
    n[left] = n[b];
    lone[left] = lone[b];
    site[left] = site[b];
    contested[left] = contested[b];
    about[left] = about[b];
    if (left !== b) groups.copyWithin(left * groupCount, b * groupCount, (b + 1) * groupCount);
    left++;
  }
  bubbles.count = left;
}

function root({ into }, circle) {
  let at = circle;
  while (into[at] !== at) at = into[at];
  return at;
}

/** The bubble at a point (the nearest edge wins), or -1. */
function hit({ count, x, y, r }, px, py, slack) {
  let best = -1;
  let closest = slack;
  for (let b = 0; b < count; b++) {
    const space = Math.hypot(x[b] - px, y[b] - py) - r[b];
    if (space <= closest) {
      closest = space;
      best = b;
    }
  }
  return best;
}

function boundsOf({ lat, lon }, sites) {
  const bounds = [Infinity, Infinity, -Infinity, -Infinity];
  for (const site of sites) {
    bounds[0] = Math.min(bounds[0], lon[site]);
    bounds[1] = Math.min(bounds[1], lat[site]);
    bounds[2] = Math.max(bounds[2], lon[site]);
    bounds[3] = Math.max(bounds[3], lat[site]);
  }
  return bounds;
}

/** Visible rows at these sites, newest first. */
function rowsAt(snapshot, visible, sites, limit) {
  const rows = [];
  const list = visible.list();
  for (let k = 0; k < list.count && rows.length < limit; k++) {
    const row = list.at(k);
    if (sites.has(snapshot.site[row])) rows.push(row);
  }
  return rows;
}

/** Would any two of the sites stand apart at `maxZoom`? */
function separable({ x, y }, sites, maxZoom, gap) {
  const apart = (2 * LONE + gap) / pixels(maxZoom);
  return sites.some((site) => Math.hypot(x[site] - x[sites[0]], y[site] - y[sites[0]]) > apart);
}
