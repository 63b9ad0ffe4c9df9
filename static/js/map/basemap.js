/** Draws the offline base map: sea, land, borders, water, motorways. Labels are labels.js's. */
import { worldX, worldY } from '../model/geo.js';

/** Paths are kept in pixels of this zoom around an origin, which float32 inside Path2D can hold exactly enough. */
const PATH_ZOOM = 8;
const UNIT = 256 * 2 ** PATH_ZOOM;
const NO_DASH = [];

/**
 * @param {object} basemap what decodeBasemap gives
 * @returns {{paint(context, frame, colours), outline(id) -> {path, box} | null, origin}}
 */
export function createBasemap(basemap) {
  const [west, south, east, north] = basemap.frame;
  const origin = { x: worldX((west + east) / 2) * UNIT, y: worldY((south + north) / 2) * UNIT };
  const pathOf = (lines, close) => tracePath(lines, origin, close);
  const syria = basemap.land.find((land) => land.country === 'syria' || land.country === 'SY');
  const paths = {
    abroad: pathOf(basemap.land.filter((land) => land !== syria).flatMap((land) => land.rings), true),
    syria: pathOf(syria?.rings ?? [], true),
    coast: pathOf(basemap.coast),
    border: pathOf(basemap.borders.filter((b) => b.kind === 'border').map((b) => b.line)),
    ceasefire: pathOf(basemap.borders.filter((b) => b.kind !== 'border').map((b) => b.line)),
    governorates: pathOf(basemap.governorateLines),
    lakes: pathOf(basemap.lakes, true),
    rivers: pathOf(basemap.rivers.filter((r) => r.rank <= 2).map((r) => r.line)),
    streams: pathOf(basemap.rivers.filter((r) => r.rank > 2).map((r) => r.line)),
    roads: pathOf(basemap.roads.map((r) => r.line)),
  };
  // Drawn or asked for one by one, later than the map itself.
  const road = remembered((ref) => listed(basemap.roads.filter((part) => part.ref === ref), (parts) => pathOf(parts.map(({ line }) => line))));
  const landOf = remembered((country) => listed(basemap.land.filter((land) => land.country === country), (lands) => pathOf(lands[0].rings, true)));
  const outline = remembered((id) => listed(basemap.governorates.filter((area) => area.id === id), ([{ rings }]) => ({ path: pathOf(rings, true), box: boxOf(rings) })));
  return {
    /** The line of a motorway by its reference, M4 or M5. */
    road,
    outline,
    /** Is a canvas point in this country? null asks for the sea. */
    contains(context, frame, land) {
      const path = land === null ? null : landOf(land);
      return (x, y) => {
        const [px, py] = [(x + frame.left) * (UNIT / frame.scale) - origin.x, (y + frame.top) * (UNIT / frame.scale) - origin.y];
        if (path) return context.isPointInPath(path, px, py, 'evenodd');
        return land === null && !context.isPointInPath(paths.abroad, px, py, 'evenodd') && !context.isPointInPath(paths.syria, px, py, 'evenodd');
      };
    },
    paint: (context, frame, colours) => paintLand(context, frame, colours, paths, origin),
    enter: (context, frame) => enter(context, frame, origin),
  };
}

/** What `make` gives of a list that holds anything; null of none. */
const listed = (found, make) => (found.length > 0 ? make(found) : null);

function remembered(make) {
  const known = new Map();
  return (key) => {
    if (!known.has(key)) known.set(key, make(key));
    return known.get(key);
  };
}

function tracePath(lines, origin, close = false) {
  const path = new Path2D();
  for (const line of lines) {
    for (let i = 0; i < line.length; i += 2) {
      const x = worldX(line[i]) * UNIT - origin.x;
      const y = worldY(line[i + 1]) * UNIT - origin.y;
      if (i === 0) path.moveTo(x, y); else path.lineTo(x, y);
    }
    if (close) path.closePath();
  }
  return path;
}

function boxOf(rings) {
  const box = [180, 90, -180, -90];
  for (const ring of rings) {
    for (let i = 0; i < ring.length; i += 2) {
      box[0] = Math.min(box[0], ring[i]);
      box[1] = Math.min(box[1], ring[i + 1]);
      box[2] = Math.max(box[2], ring[i]);
      box[3] = Math.max(box[3], ring[i + 1]);
    }
  }
  return box;
}

/** Sets the context so that paths can be drawn; returns how many path units a pixel is. */
function enter(context, frame, origin) {
  const k = frame.scale / UNIT;
  context.setTransform(frame.ratio * k, 0, 0, frame.ratio * k, frame.ratio * (origin.x * k - frame.left), frame.ratio * (origin.y * k - frame.top));
  return 1 / k;
}

function paintLand(context, frame, colours, paths, origin) {
  context.fillStyle = colours.sea;
  context.fillRect(0, 0, frame.width, frame.height);
  context.save();
  const px = enter(context, frame, origin);
  context.lineJoin = context.lineCap = 'round';
  const fill = (path, colour) => { context.fillStyle = colour; context.fill(path, 'evenodd'); };
  const stroke = (path, colour, width, dash) => {
    context.strokeStyle = colour;
    context.lineWidth = width * px;
    context.setLineDash(dash ? dash.map((part) => part * px) : NO_DASH);
    context.stroke(path);
  };
  fill(paths.abroad, colours.abroad);
  fill(paths.syria, colours.land);
  fill(paths.lakes, colours.sea);
  stroke(paths.governorates, colours.admin, 1, [4, 3]);
  stroke(paths.coast, colours.coast, 0.9);
  stroke(paths.border, colours.border, 1.3);
  stroke(paths.ceasefire, colours.border, 1.1, [5, 3]);
  stroke(paths.streams, colours.river, 1);
  stroke(paths.rivers, colours.river, 1.5);
  stroke(paths.roads, colours.roadCase, 3.4);
  stroke(paths.roads, colours.land, 1.5);
  context.restore();
}
