/** Web Mercator on a unit square, and distances. */

const EARTH_KM = 6371.0088;
const EQUATOR_M = 40_075_016.686;
const MAX_LAT = 85.0511287798;
const RAD = Math.PI / 180;

export const worldX = (lon) => (lon + 180) / 360;

export function worldY(lat) {
  const clipped = Math.max(-MAX_LAT, Math.min(MAX_LAT, lat));
  return (1 - Math.asinh(Math.tan(clipped * RAD)) / Math.PI) / 2;
}

export const lonOf = (x) => x * 360 - 180;

export const latOf = (y) => Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) / RAD;

/** The side of the world in pixels. */
export const pixels = (zoom) => 256 * 2 ** zoom;

export const metresPerPixel = (lat, zoom) => (EQUATOR_M * Math.cos(lat * RAD)) / pixels(zoom);

/** Great-circle distance (haversine). */
export function distanceKm(lat1, lon1, lat2, lon2) {
  const a = Math.sin(((lat2 - lat1) * RAD) / 2) ** 2
    + Math.cos(lat1 * RAD) * Math.cos(lat2 * RAD) * Math.sin(((lon2 - lon1) * RAD) / 2) ** 2;
  return 2 * EARTH_KM * Math.asin(Math.min(1, Math.sqrt(a)));
}
