/** Bubbles on the map: sites in sight, joined until none overlap, with their mix of groups. */

import { circles, closeGaps, joinCircles } from './circles.js';
import { pixels, worldX, worldY } from './geo.js';
import { MAX_RADIUS, Merger } from './merge.js';
import { createRegions } from './regions.js';
import { createSquares } from './squares.js';

const LONE = 4.6;
const LONE_CONTESTED = 11.5;

/** The radius of a bubble of n events, in pixels. */
export const radiusOf = (n) => Math.min(MAX_RADIUS, 8.2 + 2.15 * Math.sqrt(n));

const radius = (n, contested) => (n > 1 ? radiusOf(n) : contested ? LONE_CONTESTED : LONE);

/** `createClusters(rows).update(visible, view) -> Bubbles`; see README.md. */
export function createClusters(rows, { gap = 3 } = {}) {
  const { snapshot } = rows;
  const sites = projected(snapshot.sites);
  const regions = createRegions(snapshot);
  const bubbles = Object.assign(circles(), { zoom: 0, regions: null });
  const squares = createSquares(snapshot, sites, { gap, radiusOf: radius });
  const merger = new Merger(bubbles, (a, b) => joinCircles(bubbles, a, b), (i) => radiusOf(bubbles.n[i]));
  let visible = null;

  function update(shown, { zoom, bounds }) {
    visible = shown;
    squares.update(shown, zoom, bounds, bubbles);
    merger.merge(bubbles.count, gap);
    closeGaps(bubbles);
    bubbles.zoom = zoom;
    bubbles.regions = regions.update(shown);
    return bubbles;
  }

  /** The sites with visible rows that bubble b is made of. */
  const sitesOf = (b) => squares.sitesWhere((circle) => bubbles.rank[root(bubbles, circle)] === b);

  bubbles.hit = (x, y, slack = 4) => hit(bubbles, x, y, slack);
  bubbles.bounds = (b) => boundsOf(snapshot.sites, sitesOf(b));
  bubbles.rowsOf = (b, limit = Infinity) => rowsAt(snapshot, visible, new Set(sitesOf(b)), limit);
  bubbles.separable = (b, maxZoom) => separable(sites, sitesOf(b), maxZoom, gap);
  return { update };
}

function projected({ count, lat, lon, precision }) {
  const x = new Float64Array(count);
  const y = new Float64Array(count);
  for (let site = 0; site < count; site++) {
    x[site] = worldX(lon[site]);
    y[site] = worldY(lat[site]);
  }
  return { x, y, precision };
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
