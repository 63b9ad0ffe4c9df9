/** Fetching the snapshot: manifest, bytes with progress, checks, one retry past the cache. */

import { SnapshotError } from './bytes.js';
import { prepareNames } from './names.js';
import { decodeSnapshot } from './snapshot.js';

/**
 * `{manifest, snapshot, names}`, beginning with the manifest that the page brought, if it did. Whatever fails is
 * tried once more past the caches, from the manifest on: it may have named files that have just been replaced.
 * Throws SnapshotError.
 */
export async function loadSnapshot({ url = '/snapshot/manifest.json', manifest = null, fetch = globalThis.fetch, onProgress } = {}) {
  const ask = { fetch, onProgress: onProgress ?? (() => {}) };
  try {
    return await loadOnce(url, ask, 'default', manifest);
  } catch (error) {
    if (error.code === 'version') throw error;
    return loadOnce(url, ask, 'reload');
  }
}

async function loadOnce(url, ask, cache, brought = null) {
  const manifest = brought ?? await readJson(await request(url, ask, cache));
  if (manifest.version !== 1) {
    throw new SnapshotError('version', `Snapshot version ${manifest.version} is not known.`);
  }
  const get = (name) => request(resolve(name, url), ask, cache);
  const [buffer, names] = await Promise.all([
    get(manifest.bin.url).then((response) => readBytes(response, manifest.bin.bytes, ask.onProgress)),
    get(manifest.names.url).then(readJson),
  ]);
  return { manifest, snapshot: decodeSnapshot(buffer), names: prepareNames(names) };
}

/** A file's address beside the manifest's. */
export function resolve(name, manifestUrl) {
  return manifestUrl.slice(0, manifestUrl.lastIndexOf('/') + 1) + name;
}

async function request(url, { fetch }, cache) {
  let response;
  try {
    response = await fetch(url, { cache });
  } catch {
    throw new SnapshotError('offline', 'The server cannot be reached.');
  }
  if (response.status === 404) throw new SnapshotError('missing', 'Nothing was published yet.');
  if (!response.ok) throw new SnapshotError('http', `The server answered ${response.status}.`);
  return response;
}

async function readJson(response) {
  try {
    return await response.json();
  } catch {
    throw new SnapshotError('corrupt', 'A file of the snapshot is broken.');
  }
}

/** The body in one buffer of the size that was announced. */
async function readBytes(response, total, onProgress) {
  const bytes = new Uint8Array(total);
  let loaded = 0;
  try {
    for (const reader = response.body.getReader(); ;) {
      const { done, value } = await reader.read();
      if (done) break;
      if (loaded + value.length > total) throw new SnapshotError('corrupt', 'The snapshot is too long.');
      bytes.set(value, loaded);
      loaded += value.length;
      onProgress({ loaded, total });
    }
  } catch (error) {
    throw error instanceof SnapshotError ? error
      : new SnapshotError('truncated', 'The connection broke off before the end.');
  }
  if (loaded < total) throw new SnapshotError('truncated', 'The snapshot is cut short.');
  return bytes.buffer;
}
