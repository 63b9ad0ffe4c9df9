/**
 * Decodes the offline base map (static/basemap/region.json) into coordinates ready for projection.
 *
 * The file keeps shared lines once, as arcs of integer steps; see static/basemap/README.md.
 * Every line and ring that comes out is a Float64Array [lon, lat, lon, lat, ...] in degrees (WGS 84);
 * rings are closed (first point = last point), outer rings anticlockwise, holes clockwise.
 */

const VERSION = 1;

/**
 * @param {object} file the parsed region.json
 * @returns {{core: number[], frame: number[],
 *   land: {country: string, rings: Float64Array[]}[],
 *   governorates: {id: string, rings: Float64Array[]}[],
 *   coast: Float64Array[], borders: {kind: 'border'|'ceasefire', line: Float64Array}[],
 *   governorateLines: Float64Array[], lakes: Float64Array[],
 *   rivers: {id: string, en: string, ar: string, rank: number, line: Float64Array}[],
 *   roads: {ref: string, line: Float64Array}[],
 *   labels: {en: string, ar: string, kind: string, rank: number, lat: number, lon: number}[]}}
 *   core and frame are [west, south, east, north] in degrees.
 *   Fill `rings` with the even-odd rule: several polygons and their holes stand in one list.
 * @throws {RangeError} when the file is of another version of the format
 */
export function decodeBasemap(file) {
  if (file?.version !== VERSION) {
    throw new RangeError(`base map of version ${file?.version}, expected ${VERSION}`);
  }
  const { units } = file;
  const arcs = file.arcs.map((steps) => decodeSteps(steps, units));
  const lines = (kind) => file.lines[kind].map((number) => arcs[number]);
  const rings = (polygons) => polygons.flat().map((ring) => joinRing(ring, arcs));
  const drawn = (feature) => ({ ...feature, line: decodeSteps(feature.line, units) });
  return {
    core: file.core,
    frame: file.frame,
    land: file.land.map(({ country, polygons }) => ({ country, rings: rings(polygons) })),
    governorates: file.governorates.map(({ id, polygons }) => ({ id, rings: rings(polygons) })),
    coast: lines('coast'),
    borders: ['border', 'ceasefire'].flatMap((kind) => lines(kind).map((line) => ({ kind, line }))),
    governorateLines: lines('governorate'),
    lakes: file.lakes.map((steps) => decodeSteps(steps, units)),
    rivers: file.rivers.map(drawn),
    roads: file.roads.map(drawn),
    labels: file.labels,
  };
}

/** Integer steps, in 1/units of a degree, to degrees. The sums are whole, so nothing drifts. */
function decodeSteps(steps, units) {
  const line = new Float64Array(steps.length);
  let lon = 0;
  let lat = 0;
  for (let i = 0; i + 1 < steps.length; i += 2) {
    lon += steps[i];
    lat += steps[i + 1];
    line[i] = lon / units;
    line[i + 1] = lat / units;
  }
  return line;
}

/** Arcs end to end; a reference below zero is the bitwise complement of an arc walked backwards. */
function joinRing(references, arcs) {
  const length = references.reduce((sum, ref) => sum + arcs[ref < 0 ? ~ref : ref].length - 2, 2);
  const ring = new Float64Array(length);
  let at = 0;
  for (const ref of references) {
    copyArc(ring, at, arcs[ref < 0 ? ~ref : ref], ref < 0);
    at += arcs[ref < 0 ? ~ref : ref].length - 2;
  }
  return ring;
}

function copyArc(ring, at, arc, backwards) {
  if (!backwards) {
    ring.set(arc, at);
    return;
  }
  for (let i = 0, j = arc.length - 2; j >= 0; i += 2, j -= 2) {
    ring[at + i] = arc[j];
    ring[at + i + 1] = arc[j + 1];
  }
}
