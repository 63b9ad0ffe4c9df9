/** Wires the parts of the map page: one state, one step a frame, every part answers it. */
import { createWords } from './i18n/words.js';
import { placesOf } from './map/labels.js';
import { createPair } from './map/moons.js';
import { createMapView } from './map/view.js';
import { decodeBasemap } from './model/basemap.js';
import { createClusters } from './model/cluster.js';
import { loadSnapshot } from './model/load.js';
import { formatQuery, parseQuery } from './model/query.js';
import { createRest } from './model/rest.js';
import { createRetractions } from './model/retractions.js';
import { createRows } from './model/rows.js';
import { subTypeOf } from './model/snapshot.js';
import { createState, defaults } from './model/state.js';
import { createTexts } from './model/texts.js';
import { EVENT_TYPES, SUB_TYPES, TYPE_OF_SUB } from './model/vocabulary.js';
import { measured, publishPage, readConfig } from './page.js';
import { createCompareSwitch } from './ui/compare_switch.js';
import { createFilters } from './ui/filters.js';
import { createFurniture } from './ui/furniture.js';
import { listenForKeys, openKeys } from './ui/keys.js';
import { createLegend, labelGroups } from './ui/legend.js';
import { createLoop } from './ui/loop.js';
import { createMessages } from './ui/messages.js';
import { createPalette } from './ui/palette.js';
import { createPanel } from './ui/panel.js';
import { createPlay } from './ui/play.js';
import { createPointer } from './ui/pointer.js';
import { openSearch } from './ui/search.js';
import { openShare } from './ui/share.js';
import { createStory } from './ui/story.js';
import { createSheet } from './ui/sheet.js';
import { createTimeline } from './ui/timeline.js';
import { createTip } from './ui/tip.js';
import { createTopbar } from './ui/topbar.js';

const HOME = { center: [35.985, 36.72], zoom: 8.75 };
const PHONE_HOME = { center: [35.6, 36.72], zoom: 8.25 };
/** A mark nearer to the edge than this is brought to the middle when it is chosen. */
const EDGE = 24;
/** Keys of the address that are not the state's. */
const OWN_KEYS = new Set(['step', 'theme']);
const ADDRESS_MS = 220;
/** As long as a manifest may be kept: how soon a withdrawn event leaves a map that is open. */
const WATCH_MS = 15_000;
const find = (selector) => document.querySelector(selector);

const config = readConfig(document);
const app = find('.app');
const words = createWords(config.language);
const address = window.location.search;
const asked = parseQuery(address);
const state = createState(asked.state);
const page = publishPage(window, { state, types: SUB_TYPES });
const palette = createPalette(document.documentElement);
const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
const context = { state, words, palette };
const data = { rows: null, texts: null, manifest: null };
let map = null;
/** The map cannot be drawn here; the rest can. */
let mapless = false;
/** The other parts follow the first picture of the events. */
let opened = false;

const messages = createMessages(find('.map .msg'), find('.toasts'), { words, state, onRetry: load, onReset: reset, onLoosen: loosen });
const filters = createFilters(find('#rail'), context);
const compare = createCompareSwitch({ state, rows: () => data.rows });
const timeline = createTimeline(find('.tl'), { ...context, onReset: reset, onCompare: compare.toggle });
const play = createPlay(find('.play'), { ...context, extra: [timeline.levelsPick(), timeline.compareButton(), timeline.resetButton()], onStop: () => loop.ask() });
const panel = createPanel(app, { ...context, data, version: () => version(), bounds: () => map?.chart.view().bounds ?? null, onShow: showOnMap, onResize: () => map?.chart.resize() });
const legend = createLegend(find('.legend'), { ...context, folded: config.embed, onFold: () => map?.settle() });
const tip = createTip(find('.tip'), context);
const furniture = createFurniture({ zoom: find('.zoom'), layers: find('.layers'), scale: find('.scale') }, {
  words, config,
  map: { zoomBy: (n) => map?.chart.zoomBy(n), home: () => goHome(), setBase, setOption: (name, on) => map?.option(name, on) },
});
const topbar = createTopbar(find('.top'), { ...context, onTheme: retheme, onSearch: search, onShare: share, onKeys: () => openKeys(words), onRail: toggleRail });
const sheet = createSheet(app, { words, onResize: () => map?.settle() });
const loop = createLoop({ state, step, draw });
listenForKeys(document, {
  search, shift: timeline.shift, resize: timeline.resize, play: play.toggle, walk: panel.walk, open: panel.openFocused,
  close: escape, compare: compare.toggle, filters: toggleRail, help: () => openKeys(words),
  story: config.story ? (n) => (n > 0 ? story.next() : story.previous()) : null,
}, { rtl: words.dir === 'rtl' });
tellUnknown(asked.unknown);
if (config.embed) addOpenLink();
const story = config.story ? createStory(find('.story'), { story: config.story, step: storyStep(), words, onStep: tell }) : null;
state.subscribe(writeAddress());
window.addEventListener('online', () => { messages.drop('offline'); messages.notice('online', 'check', words.t('online'), '', { fades: 3000 }); });
window.addEventListener('offline', offline);
start().catch((error) => { mapless = true; if (data.rows) openParts(); throw error; });

async function start() {
  const basemap = await fetchBasemap();
  const now = state.get();
  map = createMapView(find('.map-canvas'), {
    basemap, words, palette, animate: !still, types: EVENT_TYPES, center: now.center ?? home().center, zoom: now.zoom ?? home().zoom,
  });
  map.chart.on('moveend', moved);
  createPointer(find('.map-canvas'), { map, tip, data, onRow: panel.openRow, onStack: panel.openStack, onMove: furniture.drawPointer, words });
  moved();
  if (data.rows) join();
}

/** On a phone the sheet covers the lower part, so the middle of the map lies further south. */
function home() { return find('.map-canvas').clientWidth < 500 ? PHONE_HOME : HOME; }

async function fetchBasemap() {
  try {
    return decodeBasemap(await (await fetch(config.basemapUrl)).json());
  } catch {
    return { frame: [26, 28, 49, 42], core: [33, 31.5, 43.5, 38.5], land: [], governorates: [], coast: [], borders: [], governorateLines: [], lakes: [], rivers: [], roads: [], labels: [] };
  }
}

load();
async function load() {
  const onProgress = messages.loading(config.manifest);
  try {
    const loaded = await loadSnapshot({ url: config.manifestUrl, manifest: config.manifest, onProgress });
    data.manifest = loaded.manifest;
    topbar.setVersion(version());
    messages.hide('loading');
    if (loaded.manifest.rows === 0) { messages.empty(); page.usable(); page.whole(); return; }
    data.rows = createRows(loaded.snapshot, loaded.names);
    data.texts = createTexts({ ...loaded, url: config.manifestUrl });
    open();
  } catch (error) {
    if (error.code === 'missing') messages.empty(); else messages.failed(error.code ?? 'corrupt');
    if (!error.code) throw error;
  }
}

function version() { return data.manifest?.hash?.slice(0, 4) ?? ''; }

/** Values of the address that mean nothing here are shown, and ignored. */
function tellUnknown(values) {
  const unknown = values.filter(({ key }) => !OWN_KEYS.has(key));
  if (unknown.length === 0) return;
  const list = unknown.map(({ key, value }) => `${key}=${value}`).join(', ').slice(0, 200);
  messages.notice('unknown', 'alert', '', words.t('unknownValue', { list }));
}

/** Names of actors, sources and places can be judged once the data is here. */
function forgetUnknown(names) {
  const known = parseQuery(address, { names });
  const { actors, sources, places } = known.state;
  state.update({ actors, sources, places });
  tellUnknown(known.unknown);
}

/** Events are drawn first, as soon as there is a map to draw them on. */
function open() {
  page.open(data.rows);
  forgetUnknown(data.rows.names);
  if (map) join(); else if (mapless) openParts();
}

/** Parts that hold names learn them, by all events; then everything is drawn. */
function openParts() {
  const { rows } = data;
  opened = true;
  rows.apply(defaults());
  filters.open(rows);
  timeline.open(rows);
  play.open(rows);
  panel.open();
  restoreText();
  restoreEvent();
  loop.ask().then(page.whole);
  story?.start();
  watch();
}

/** What the editors withdraw leaves the map while it is open; where it cannot be found any more, all is fetched anew. */
function watch() {
  const retractions = createRetractions({ url: config.manifestUrl, manifest: data.manifest, onRetracted: withdraw });
  const check = () => { if (!document.hidden) retractions.check(); };
  setInterval(check, WATCH_MS);
  document.addEventListener('visibilitychange', check);
}

async function withdraw(uids) {
  try {
    const rows = (await Promise.all(uids.map(data.texts.rowOf))).filter((row) => row >= 0);
    if (rows.length === 0) return;
    data.rows.drop(rows);
    panel.forget(rows);
    messages.notice('withdrawn', 'alert', '', words.t('withdrawn', { n: rows.length }));
    loop.ask();
  } catch {
    window.location.reload();
  }
}

function join() {
  const { rows } = data;
  const clusters = createClusters(rows);
  let paired = null;
  map.setData({ snapshot: rows.snapshot, names: rows.names, places: () => placesOf(rows.snapshot, rows.names), typeOf: (row) => EVENT_TYPES[TYPE_OF_SUB[subTypeOf(rows.snapshot, row)]] });
  const single = (frame) => clusters.update(rows.visible, frame);
  map.useClusters = (other) => {
    if (!other) { map.setClusters(single); return; }
    paired ??= { clusters: createClusters(rows), pair: createPair(rows.snapshot.sites.count) };
    map.setClusters((frame) => paired.clusters.update(paired.pair(other, rows.visible), frame), { pair: true });
  };
  loop.ask().then(() => { page.usable(); openParts(); });
}

/** One step of the model; measured, for it is what brushing costs. */
function step(now) {
  if (!data.rows) return null;
  const visible = measured(() => data.rows.apply(now));
  if (palette.colour !== now.colour) { palette.colour = now.colour; palette.setGroups(now.colour, data.rows.groups); labelGroups(palette.groups, now.colour, data.rows.names, words); }
  return { state: now, rows: data.rows, visible, other: data.rows.compare(now) };
}

function draw(frame) {
  if (map?.useClusters) { map.useClusters(frame.other); map.draw(); }
  if (!opened) return;
  timeline.draw(frame);
  filters.draw(frame);
  panel.draw(frame);
  legend.draw(frame);
  if (app.dataset.colour !== frame.state.colour) app.dataset.colour = frame.state.colour;
  topbar.drawQuery(frame.state.q);
  sheet.drawCount(frame.visible.count);
  if (frame.visible.count === 0) messages.nothing(frame.visible); else if (messages.shown.startsWith('nothing')) messages.hide();
}

function moved() {
  const view = map.chart.view();
  furniture.drawScale(map.scaleBar());
  furniture.drawLimits(view.zoom, map.chart.zoomRange);
  tip.hide();
  state.update({ center: view.center.map((n) => +n.toFixed(4)), zoom: +view.zoom.toFixed(2) });
}

/** The state moved the map (page API, a link); the map moved the state is the other way round. */
state.subscribe((now, before) => {
  if (!map || (now.center === before.center && now.zoom === before.zoom)) return;
  const view = map.chart.view();
  const [lat, lon] = now.center ?? home().center;
  const zoom = now.zoom ?? home().zoom;
  if (Math.abs(view.center[0] - lat) < 2e-4 && Math.abs(view.center[1] - lon) < 2e-4 && Math.abs(view.zoom - zoom) < 0.02) return;
  map.chart.setView([lat, lon], zoom, false);
});

function showOnMap(row) {
  if (!map || !data.rows) return;
  if (row < 0) { map.pick(-1); return; }
  const { site, sites } = data.rows.snapshot;
  const [lat, lon] = [sites.lat[site[row]], sites.lon[site[row]]];
  map.pick(row, lat, lon);
  // What the sheet of a phone covers is out of sight too.
  const { width, height } = map.chart.view();
  const free = height - (sheet.active ? find('.panel').offsetHeight : 0);
  const { x, y } = map.chart.project(lat, lon);
  if (x < EDGE || y < EDGE || x > width - EDGE || y > free - EDGE) map.chart.panBy(x - width / 2, y - free / 2);
}

function goHome() {
  if (map) map.chart.setView(home().center, home().zoom);
}

function setBase(key) {
  map?.option('tiles', key === 'own' ? null : key === 'osm' ? 'osm' : { url: config.tileUrl, attribution: config.tileAttribution });
}

function storyStep() { return (Number(new URLSearchParams(address).get('step')) || 1) - 1; }

/** A step of a story: filters and time at once, the map on its way, the subject at full strength. */
async function tell(step, k) {
  const { center, zoom, ...filters } = step.state ?? {};
  state.update({ ...defaults(), lang: state.get().lang, center: state.get().center, zoom: state.get().zoom, ...filters });
  if (center) map?.chart.fly(center, zoom);
  find('.map-canvas').classList.toggle('is-dim', Boolean(step.place));
  map?.option('focus', step.place ?? null);
  map?.option('veiled', Boolean(step.event) && !step.place);
  const row = step.event ? await data.texts.rowOf(step.event).catch(() => -1) : -1;
  if (story.step === k) showOnMap(row);
}

function retheme() {
  palette.read();
  if (data.rows) { palette.setGroups(state.get().colour, data.rows.groups); labelGroups(palette.groups, state.get().colour, data.rows.names, words); }
  map?.redraw();
  loop.ask();
}

function reset() {
  play.stop();
  timeline.reset();
  const { lang, list, colour, center, zoom } = state.get();
  state.update({ ...defaults(), lang, list, colour, center, zoom });
}

const LOOSEN = { time: { from: null, to: null }, type: { types: [] }, sub_type: { types: [] }, actor: { actors: [] }, source: { sources: [] }, place: { places: [] }, precision: { precision: [] }, bbox: { bbox: null }, q: { q: '' } };
function loosen(key) { state.update(LOOSEN[key] ?? {}); }

function escape(event) {
  if (app.classList.contains('with-rail')) toggleRail(); else panel.escape(event);
}

function toggleRail() {
  if (sheet.active) { sheet.setTab('filters'); return; }
  const open = app.classList.toggle('with-rail');
  find('.rail-open').setAttribute('aria-expanded', String(open));
  if (open || matchMedia('(min-width: 1100px)').matches) find('#rail button, #rail input')?.focus();
  else find('.rail-open').focus();
}

function search() {
  openSearch({ words, query: state.get().q, data: () => data, choose });
}

function choose(hit) {
  if (hit.kind === 'place') goToPlace(hit);
  else if (hit.kind === 'actor') state.update({ actors: [hit.slug] });
  else if (hit.kind === 'source') state.update({ sources: [hit.slug] });
  else if (hit.kind === 'text') panel.openRow(hit.row);
  else filterText(hit.q);
}

/** A place found is a filter, and a view of all its events. */
function goToPlace({ slug, index }) {
  const { snapshot, names } = data.rows;
  const box = [180, 90, -180, -90];
  for (let s = 0; s < snapshot.sites.count; s++) {
    if (!lies(snapshot.sites.place[s], index, names.places)) continue;
    box[0] = Math.min(box[0], snapshot.sites.lon[s]); box[1] = Math.min(box[1], snapshot.sites.lat[s]);
    box[2] = Math.max(box[2], snapshot.sites.lon[s]); box[3] = Math.max(box[3], snapshot.sites.lat[s]);
  }
  if (box[0] <= box[2]) map?.chart.fit(box, !still, 12);
  state.update({ places: [slug] });
}

function lies(place, index, places) {
  for (let p = place, k = 0; p >= 0 && k < 12; p = places[p].parent, k++) if (p === index) return true;
  return false;
}

async function filterText(q) {
  state.update({ q });
  try {
    const found = await data.texts.search(q);
    if (state.get().q !== q) return;
    data.rows.setTextMatches(q, found);
    loop.ask();
  } catch { /* names still answer; the texts may come later */ }
}

function restoreText() { if (state.get().q) filterText(state.get().q); }

async function restoreEvent() {
  const uid = state.get().event;
  if (!uid) return;
  const row = await data.texts.rowOf(uid).catch(() => -1);
  if (row >= 0) panel.openRow(row); else state.update({ event: null });
}

function share() {
  if (data.rows) openShare({ state, words, version: version(), visible: data.rows.visible, origin: window.location.origin });
}

/** The address follows the state, so that a link is a view; a little later, since browsers count the writes. */
function writeAddress() {
  return createRest(ADDRESS_MS, () => {
    const query = [story && story.step >= 0 ? `step=${story.step + 1}` : '', formatQuery(state.get())].filter(Boolean).join('&');
    const link = document.querySelector('.embed-open');
    if (link) link.href = `/?${query}`;
    try { window.history.replaceState(null, '', `${window.location.pathname}${query ? `?${query}` : ''}`); } catch { /* too many in a short time; the next one stands */ }
  }).touch;
}

function offline() {
  const when = data.manifest?.built_at ? words.moment(new Date(data.manifest.built_at)) : '';
  messages.notice('offline', 'off', words.t('offline'), words.t('offlineNote', { when }));
}

function addOpenLink() {
  const link = document.createElement('a');
  link.className = 'btn embed-open';
  link.target = '_blank';
  link.rel = 'noopener';
  link.href = `/?${formatQuery(state.get())}`;
  link.dataset.furniture = '';
  link.textContent = words.t('openInMap');
  find('.map').append(link);
}
