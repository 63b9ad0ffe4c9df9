/** The page's configuration, the page API (`window.idlibmap`) and its User Timing marks. */

/** What the server says of this page, with what holds when it says nothing. */
export function readConfig(document) {
  const app = document.querySelector('.app');
  return {
    manifestUrl: '/snapshot/manifest.json',
    tileUrl: '',
    tileAttribution: '',
    ...readJson(document, 'page-config'),
    ...(isOfNow() ? {} : { manifest: null }),
    basemapUrl: app.dataset.basemap,
    embed: 'embed' in app.dataset,
    language: document.documentElement.lang === 'ar' ? 'ar' : 'en',
  };
}

/** A page that the browser had kept, and shows again, brings the manifest of another day: it asks for today's. */
function isOfNow() {
  const [visit] = performance.getEntriesByType('navigation');
  return Boolean(visit) && visit.type !== 'back_forward' && visit.transferSize > 0;
}

function readJson(document, id) {
  try {
    const value = JSON.parse(document.getElementById(id)?.textContent ?? '{}');
    return value && typeof value === 'object' ? value : {};
  } catch {
    return {};
  }
}

/**
 * Publishes `window.idlibmap` at once; `ready` resolves when everything is drawn.
 * @returns {{open(rows): void, fail(error): void}}
 */
export function publishPage(window, { state, types }) {
  let rows = null;
  let settle;
  const ready = new Promise((resolve, reject) => { settle = { resolve, reject }; });
  ready.catch(() => {});
  window.idlibmap = {
    ready,
    state: { get: state.get, update: state.update, subscribe: state.subscribe },
    rows: {
      get count() { return rows?.count ?? 0; },
      get visible() { return rows?.visible.count ?? 0; },
      get from() { return rows ? isoDay(rows.visible.from) : null; },
      get to() { return rows ? isoDay(rows.visible.to) : null; },
    },
    vocabulary: { types },
  };
  return {
    open(value) { rows = value; },
    usable() { performance.mark('idlibmap:usable'); },
    whole() { performance.mark('idlibmap:whole'); settle.resolve(window.idlibmap); },
    fail(error) { settle.reject(error); },
  };
}

const isoDay = (day) => new Date(day * 86400000).toISOString().slice(0, 10);

const MOST_MEASURES = 5000;
let steps = 0;

/** Runs `work` as one filter step and measures it as `idlibmap:filter`. */
export function measured(work) {
  const start = performance.now();
  const result = work();
  performance.measure('idlibmap:filter', { start, end: performance.now() });
  if (++steps % MOST_MEASURES === 0) performance.clearMeasures('idlibmap:filter');
  return result;
}
