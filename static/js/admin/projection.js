/** A small map's arithmetic: Web Mercator around a point, so many km wide. Pure functions. */
import { worldX, worldY } from '../model/geo.js';

const EQUATOR_KM = 40075.017;

/**
 * @param {{lat: number, lon: number, km: number, width: number, height: number}} view km is the width of the picture
 * @returns {{x(lon) -> px, y(lat) -> px, pxPerKm: number, bounds: [west, south, east, north]}}
 */
export function createProjection({ lat, lon, km, width, height }) {
  const pxPerKm = width / km;
  const scale = pxPerKm * EQUATOR_KM * Math.cos((lat * Math.PI) / 180);
  const left = worldX(lon) * scale - width / 2;
  const top = worldY(lat) * scale - height / 2;
  const margin = (km * 0.6) / 111.32;
  const wide = margin / Math.cos((lat * Math.PI) / 180);
  const tall = margin * Math.max(1, height / width);
  return {
    x: (value) => worldX(value) * scale - left,
    y: (value) => worldY(value) * scale - top,
    pxPerKm,
    bounds: [lon - wide, lat - tall, lon + wide, lat + tall],
  };
}

/** How many km a picture is wide that shows all points and their radii: [{lat, lon, radius}]; aspect is width / height. */
export function spanOf(points, least = 14, aspect = 1.4) {
  const lats = points.map((p) => p.lat);
  const lons = points.map((p) => p.lon);
  const middle = { lat: (Math.min(...lats) + Math.max(...lats)) / 2, lon: (Math.min(...lons) + Math.max(...lons)) / 2 };
  const north = (Math.max(...lats) - Math.min(...lats)) * 111.32;
  const east = (Math.max(...lons) - Math.min(...lons)) * 111.32 * Math.cos((middle.lat * Math.PI) / 180);
  const radius = Math.max(...points.map((p) => p.radius || 0));
  return { ...middle, km: Math.max(least, 1.7 * Math.max(north * aspect, east), radius * 2.4 * Math.max(1, aspect)) };
}

/** Whether a line [lon, lat, ...] comes near the bounds. */
export function touches(line, [west, south, east, north]) {
  let [x0, y0, x1, y1] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i < line.length; i += 2) {
    x0 = Math.min(x0, line[i]); x1 = Math.max(x1, line[i]);
    y0 = Math.min(y0, line[i + 1]); y1 = Math.max(y1, line[i + 1]);
  }
  return x0 <= east && x1 >= west && y0 <= north && y1 >= south;
}

/** A round number of km for a scale bar of at most `most` km. */
export function niceKm(most) {
  const steps = [0.5, 1, 2, 3, 5, 10, 20, 30, 50, 100, 200, 300];
  return steps.filter((step) => step <= most).at(-1) ?? steps[0];
}
