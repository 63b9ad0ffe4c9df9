/** Snapshots for tests and for work on the interface, from plain objects, without bytes. */

import { assemble } from '../../static/js/model/snapshot.js';
import { prepareNames } from '../../static/js/model/names.js';
import { dayOf } from '../../static/js/model/time.js';
import { SUB_TYPES, TIME_PRECISIONS } from '../../static/js/model/vocabulary.js';

const DEFAULTS = {
  start: '2020-01-01', end: null, subType: 'shelling', place: 'saraqib', lat: 35.86, lon: 36.8, precision: 1,
  radiusKm: 0, timePrecision: 'day', low: null, best: null, high: null, contested: false, sourceCount: 1,
  actors: ['syrian-army'], sources: ['sohr'],
};

/** Distinct values by their JSON, numbered as they come. */
function dictionary() {
  const values = [];
  const numbers = new Map();
  const number = (value) => {
    const key = JSON.stringify(value);
    if (!numbers.has(key)) numbers.set(key, values.push(value) - 1);
    return numbers.get(key);
  };
  return { values, number };
}

const sets = (lists) => ({
  offsets: Uint32Array.from([0, ...lists.map(((sum) => (list) => (sum += list.length))(0))]),
  ids: Uint32Array.from(lists.flat()),
});

/** A snapshot and its names; rows are put in the snapshot's order. Every field has a default. */
export function makeSnapshot(rows, given = {}) {
  const full = rows.map((row) => ({ ...DEFAULTS, ...row }));
  const tables = { places: dictionary(), actors: dictionary(), sources: dictionary() };
  for (const kind of ['places', 'actors', 'sources']) given[kind]?.forEach((item) => tables[kind].number(item.slug));
  const [sites, whats, whens, figures, says] = Array.from({ length: 5 }, dictionary);
  const coded = full.map((row) => ({
    start: dayOf(row.start),
    when: whens.number([row.end ? dayOf(row.end) - dayOf(row.start) : 0, TIME_PRECISIONS.indexOf(row.timePrecision)]),
    site: sites.number([row.place ? tables.places.number(row.place) : -1, row.lat, row.lon, row.radiusKm, row.precision]),
    what: whats.number([SUB_TYPES.indexOf(row.subType), row.actors.map(tables.actors.number)]),
    figure: figures.number([row.low ?? -1, row.best ?? -1, row.high ?? -1]),
    said: says.number([row.sourceCount, row.sources.map(tables.sources.number), row.contested ? 1 : 0]),
  })).sort((a, b) => a.start - b.start || a.site - b.site);
  const snapshot = columnsOf(coded, sites.values, whats.values, whens.values, figures.values, says.values);
  return { snapshot, names: prepareNames(namesOf(tables, given)) };
}

function columnsOf(rows, sites, whats, whens, figures, says) {
  const firstDay = rows.length ? rows[0].start : 0;
  const days = rows.length ? rows.at(-1).start - firstDay + 1 : 0;
  const dayRows = new Uint32Array(days + 1);
  rows.forEach((row) => { dayRows[row.start - firstDay + 1]++; });
  for (let d = 0; d < days; d++) dayRows[d + 1] += dayRows[d];
  return assemble({
    count: rows.length, firstDay, days, dayRows,
    site: Uint16Array.from(rows, (r) => r.site),
    when: Uint16Array.from(rows, (r) => r.when),
    whens: { duration: Uint16Array.from(whens, (w) => w[0]), precision: Uint8Array.from(whens, (w) => w[1]) },
    figure: Uint16Array.from(rows, (r) => r.figure),
    actorSet: Uint16Array.from(rows, (r) => r.what),
    sourceSet: Uint16Array.from(rows, (r) => r.said),
    figures: Object.fromEntries(['low', 'best', 'high'].map((k, i) => [k, Int32Array.from(figures, (f) => f[i])])),
    actorSets: { ...sets(whats.map((w) => w[1])), subType: Uint8Array.from(whats, (w) => w[0]) },
    sourceSets: { ...sets(says.map((s) => s[1])), count: Uint32Array.from(says, (s) => s[0]),
      contested: Uint8Array.from(says, (s) => s[2]) },
    sites: {
      count: sites.length, place: Int32Array.from(sites, (s) => s[0]), lat: Float64Array.from(sites, (s) => s[1]),
      lon: Float64Array.from(sites, (s) => s[2]), radiusKm: Float32Array.from(sites, (s) => s[3]),
      precision: Uint8Array.from(sites, (s) => s[4]),
    },
  });
}

const titled = (slug) => slug.replace(/(^|-)(\w)/g, (_, dash, letter) => (dash ? ' ' : '') + letter.toUpperCase());

function namesOf(tables, given) {
  const known = (kind, slug, made) => given[kind]?.find((item) => item.slug === slug) ?? made;
  return {
    places: tables.places.values.map((slug) => known('places', slug,
      { slug, en: titled(slug), ar: '', kind: 'town', governorate: null, parent: -1 })),
    actors: tables.actors.values.map((slug) => known('actors', slug, { slug, en: titled(slug), ar: '', kind: 1 })),
    sources: tables.sources.values.map((slug) => known('sources', slug, { slug, name: titled(slug) })),
  };
}

/** A small generator of random numbers in [0, 1) (mulberry32): the same seed, the same numbers. */
export function makeRandom(seed) {
  let a = seed >>> 0;
  return () => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = Math.imul(a ^ (a >>> 15), a | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const ACTORS = ['syrian-army', 'hts', 'russia', 'sna', 'turkey', 'sdf', 'isis', 'civilians'];
const SOURCES = ['sohr', 'enab-baladi', 'sana', 'snhr', 'white-helmets', 'reuters'];

/** Thousands of rows in north-west Syria, with every kind of doubt among them. */
export function makeMany(count, { seed = 1, places = 300, days = 1500 } = {}) {
  const random = makeRandom(seed);
  const below = (n) => Math.floor(random() * n);
  const few = (list, most) => [...new Set(Array.from({ length: 1 + below(most) }, () => list[below(list.length)]))];
  const sites = Array.from({ length: places }, (_, k) => {
    const precision = [1, 1, 1, 1, 2, 2, 3][below(7)];
    return { place: `place-${k}`, lat: 35 + below(15_000) / 10_000, lon: 36 + below(15_000) / 10_000, precision,
      radiusKm: precision === 1 ? 0 : precision === 2 ? 2 + below(8) : 30 };
  });
  const first = dayOf('2017-01-01');
  return makeSnapshot(Array.from({ length: count }, () => makeRow(random, below, few, sites, first, days)));
}

function makeRow(random, below, few, sites, first, days) {
  const day = first + below(days);
  const precision = random() < 0.9 ? 0 : 1 + below(3);
  const best = random() < 0.3 ? null : Math.floor(random() ** 6 * 60);
  const iso = (d) => new Date(d * 86_400_000).toISOString().slice(0, 10);
  return {
    ...sites[Math.floor(random() ** 3 * sites.length)], start: iso(day),
    end: precision ? iso(day + [0, 1 + below(6), 29, 364][precision]) : null, timePrecision: TIME_PRECISIONS[precision],
    subType: SUB_TYPES[Math.floor(random() ** 1.5 * SUB_TYPES.length)], best,
    low: best === null ? null : Math.max(0, best - below(3)), high: best === null ? null : best + below(5),
    contested: random() < 0.1, sourceCount: 1 + below(6), actors: few(ACTORS, 2), sources: few(SOURCES, 3),
  };
}

/** The names as their side file. */
export const encodeNames = ({ places, actors, sources }) => JSON.stringify({ places, actors, sources });
