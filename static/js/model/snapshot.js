/** The snapshot's bytes as typed arrays, and reading one row. FORMAT.md has the bytes. */

import { Reader, SnapshotError, unseal, unzigzag } from './bytes.js';
import { EVENT_TYPES, SUB_TYPES, TIME_PRECISIONS, TYPE_OF_SUB } from './vocabulary.js';

export { SnapshotError };

/** Decode a snapshot file. Throws SnapshotError with code truncated, corrupt or version. */
export function decodeSnapshot(buffer, { checksum = true } = {}) {
  const reader = new Reader(unseal(buffer, checksum));
  const count = reader.count(reader.bytes.length);
  if (count === 0) return assemble(nothing());
  const sites = readSites(reader.section());
  const calendar = readCalendar(reader.section(), count);
  const site = readSiteColumn(reader.section(), calendar, sites.count);
  const columns = { ...calendar, count, sites, site };
  readWhats(reader, columns);
  readWhens(reader, columns);
  readFigures(reader, columns);
  readSays(reader, columns);
  reader.end();
  return assemble(columns);
}

function nothing() {
  const bytes = new Uint8Array(0);
  const numbers = new Int32Array(0);
  const sets = { offsets: new Uint32Array(1), ids: new Uint32Array(0) };
  return {
    count: 0, firstDay: 0, days: 0, dayRows: new Uint32Array(1),
    site: bytes, when: bytes, figure: bytes, actorSet: bytes, sourceSet: bytes,
    whens: { duration: new Uint16Array(0), precision: bytes },
    figures: { low: numbers, best: numbers, high: numbers },
    actorSets: { ...sets, subType: bytes },
    sourceSets: { ...sets, count: new Uint32Array(0), contested: bytes },
    sites: { count: 0, place: numbers, lat: new Float64Array(0), lon: new Float64Array(0),
      radiusKm: new Float32Array(0), precision: bytes },
  };
}

/** Add what follows from the columns: the last day, and which dates are uncertain. */
export function assemble(columns) {
  const { dayRows, when, firstDay, days } = columns;
  const { duration, precision } = columns.whens;
  let lastDay = firstDay + Math.max(0, days - 1);
  const longest = duration.reduce((most, length) => Math.max(most, length), 0);
  for (let d = days - 1; d >= 0 && firstDay + d + longest > lastDay; d--) {
    for (let row = dayRows[d]; row < dayRows[d + 1]; row++) {
      const end = firstDay + d + duration[when[row]];
      if (end > lastDay) lastDay = end;
    }
  }
  const uncertain = precision.map((level, k) => (level > 0 || duration[k] > 0 ? 1 : 0));
  return { ...columns, lastDay, whens: { ...columns.whens, uncertain } };
}

function readSites(reader) {
  const count = reader.count(reader.bytes.length);
  const place = reader.deltas(new Int32Array(count), { less: 1 });
  const lat = reader.deltas(new Float64Array(count), { unit: 100_000 });
  const lon = reader.deltas(new Float64Array(count), { unit: 100_000 });
  const radiusKm = reader.varints(new Float32Array(count), { unit: 10 });
  const precision = Uint8Array.from(reader.take(count));
  reader.end();
  return { count, place, lat, lon, radiusKm, precision };
}

function readCalendar(reader, count) {
  const firstDay = unzigzag(reader.varint());
  const days = reader.count(reader.bytes.length);
  const dayRows = new Uint32Array(days + 1);
  for (let d = 0; d < days; d++) dayRows[d + 1] = dayRows[d] + reader.varint();
  reader.end();
  if (dayRows[days] !== count) throw new SnapshotError('corrupt', 'The days do not add up to the rows.');
  return { firstDay, days, dayRows };
}

/** Steps within each day, added up in place. */
function readSiteColumn(reader, { days, dayRows }, sites) {
  const site = reader.escaped(dayRows[days], sites);
  for (let d = 0; d < days; d++) {
    let last = 0;
    for (let row = dayRows[d]; row < dayRows[d + 1]; row++) {
      last += site[row];
      if (last >= sites) throw new SnapshotError('corrupt', `Row ${row} names a site that is not there.`);
      site[row] = last;
    }
  }
  return site;
}

function readSets(reader, size) {
  const offsets = new Uint32Array(size + 1);
  for (let i = 0; i < size; i++) offsets[i + 1] = offsets[i] + reader.count(reader.bytes.length);
  const ids = reader.varints(new Uint32Array(Math.min(offsets[size], reader.bytes.length)));
  reader.end();
  return { offsets, ids };
}

function readWhats(reader, columns) {
  const table = reader.section();
  const size = table.count(table.bytes.length);
  const subType = table.take(size).slice();
  if (subType.some((code) => code >= SUB_TYPES.length)) {
    throw new SnapshotError('corrupt', 'A sub-type that is not known.');
  }
  columns.actorSets = { ...readSets(table, size), subType };
  columns.actorSet = reader.section().escaped(columns.count, size);
}

function readWhens(reader, columns) {
  const table = reader.section();
  const size = table.count(table.bytes.length);
  const duration = table.varints(new Uint16Array(size));
  const precision = table.take(size).map((level) => level & 3);
  table.end();
  columns.whens = { duration, precision };
  columns.when = reader.section().escaped(columns.count, size);
}

function readFigures(reader, columns) {
  const table = reader.section();
  const size = table.count(table.bytes.length);
  const read = () => table.varints(new Int32Array(size), { less: 1 });
  columns.figures = { low: read(), best: read(), high: read() };
  table.end();
  columns.figure = reader.section().escaped(columns.count, size);
}

function readSays(reader, columns) {
  const table = reader.section();
  const size = table.count(table.bytes.length);
  const count = table.varints(new Uint32Array(size));
  const contested = table.take(size).map((flag) => (flag ? 1 : 0));
  columns.sourceSets = { ...readSets(table, size), count, contested };
  columns.sourceSet = reader.section().escaped(columns.count, size);
}

/** The day a row starts on, found in the calendar. */
export function startOf({ dayRows, days, firstDay }, row) {
  let low = 0;
  let high = days - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (dayRows[middle + 1] <= row) low = middle + 1;
    else high = middle;
  }
  return firstDay + low;
}

export const endOf = (snapshot, row) => startOf(snapshot, row) + durationOf(snapshot, row);

export const durationOf = ({ when, whens }, row) => whens.duration[when[row]];

export const subTypeOf = ({ actorSet, actorSets }, row) => actorSets.subType[actorSet[row]];

const members = ({ offsets, ids }, set) => Array.from(ids.subarray(offsets[set], offsets[set + 1]));

export const actorsOf = (snapshot, row) => members(snapshot.actorSets, snapshot.actorSet[row]);

export const sourcesOf = (snapshot, row) => members(snapshot.sourceSets, snapshot.sourceSet[row]);

export const isContested = ({ sourceSet, sourceSets }, row) => sourceSets.contested[sourceSet[row]] === 1;

export const isUncertain = ({ when, whens }, row) => whens.uncertain[when[row]] === 1;

export const timePrecisionOf = ({ when, whens }, row) => TIME_PRECISIONS[whens.precision[when[row]]];

export const sourceCountOf = ({ sourceSet, sourceSets }, row) => sourceSets.count[sourceSet[row]];

/** One row in words, for cards and lists. */
export function describe(snapshot, names, row) {
  const { sites, figures } = snapshot;
  const subType = subTypeOf(snapshot, row);
  const site = snapshot.site[row];
  const stated = (column) => (column[snapshot.figure[row]] < 0 ? null : column[snapshot.figure[row]]);
  const start = startOf(snapshot, row);
  return {
    row, start, end: start + durationOf(snapshot, row), timePrecision: timePrecisionOf(snapshot, row),
    subType: SUB_TYPES[subType], eventType: EVENT_TYPES[TYPE_OF_SUB[subType]],
    place: names.places[sites.place[site]] ?? null, lat: sites.lat[site], lon: sites.lon[site],
    radiusKm: sites.radiusKm[site], precision: sites.precision[site],
    contested: isContested(snapshot, row), uncertain: isUncertain(snapshot, row),
    low: stated(figures.low), best: stated(figures.best), high: stated(figures.high),
    sourceCount: sourceCountOf(snapshot, row),
    actors: actorsOf(snapshot, row).map((id) => names.actors[id]),
    sources: sourcesOf(snapshot, row).map((id) => names.sources[id]),
  };
}
