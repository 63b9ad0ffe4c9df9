/** Texts of events, fetched by block when somebody reads; and the way from an id to its row. */

import { crc32 } from './bytes.js';
import { resolve } from './load.js';
import { fold, wordsOf } from './search.js';
import { actorsOf } from './snapshot.js';

const KEPT_BLOCKS = 16;

/** `createTexts({manifest, snapshot, names, url, fetch})`; see README.md. Failures reject; nothing is cached of them. */
export function createTexts({ manifest, snapshot = null, names = null, url = '/snapshot/manifest.json',
  fetch = globalThis.fetch }) {
  const { blocks } = manifest.texts;
  const kept = new Map();
  const buckets = new Map();

  function blockOf(row) {
    let low = 0;
    let high = blocks.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (blocks[middle][0] <= row) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  async function fetchJson(name) {
    const response = await fetch(resolve(name, url));
    if (!response.ok) throw new Error(`The server answered ${response.status}.`);
    return response.json();
  }

  /** A block's texts: one request for all who ask, the recently used stay. */
  async function block(index) {
    const entry = kept.get(index) ?? { texts: null, promise: fetchJson(blocks[index][1]) };
    kept.delete(index);
    kept.set(index, entry);
    if (kept.size > KEPT_BLOCKS) kept.delete(kept.keys().next().value);
    try {
      entry.texts = await entry.promise;
    } catch (error) {
      kept.delete(index);
      throw error;
    }
    return entry.texts;
  }

  async function of(row) {
    if (!(row >= 0 && row < manifest.rows)) return null;
    const index = blockOf(row);
    return (await block(index))[row - blocks[index][0]] ?? null;
  }

  function peek(row) {
    if (!(row >= 0 && row < manifest.rows)) return null;
    const index = blockOf(row);
    return kept.get(index)?.texts?.[row - blocks[index][0]] ?? null;
  }

  /** The row of an event's id, or -1: id -> start day -> block -> row. */
  async function rowOf(uid) {
    if (manifest.ids.length === 0) return -1;
    const bucket = crc32(new TextEncoder().encode(uid)) % manifest.ids.length;
    if (!buckets.has(bucket)) buckets.set(bucket, await fetchJson(manifest.ids[bucket]));
    const ids = buckets.get(bucket);
    if (!Object.hasOwn(ids, uid) || !snapshot) return -1;
    const index = blockOf(snapshot.dayRows[ids[uid] - snapshot.firstDay] ?? 0);
    const at = (await block(index)).findIndex((text) => text?.uid === uid);
    return at < 0 ? -1 : blocks[index][0] + at;
  }

  /** Rows whose texts (with the names of place and actors) hold all words of `q`, newest block first. */
  async function search(q, { limit = Infinity, onProgress, signal } = {}) {
    const words = wordsOf(q);
    const found = [];
    for (let index = blocks.length - 1; index >= 0 && words.length > 0 && found.length < limit; index--) {
      if (signal?.aborted) break;
      const texts = await block(index);
      for (let at = texts.length - 1; at >= 0; at--) {
        const row = blocks[index][0] + at;
        const text = texts[at] ? fold(`${plain(texts[at])} ${namesOf(row)}`, Infinity) : '';
        if (words.every((word) => text.includes(word))) found.push(row);
      }
      onProgress?.({ done: blocks.length - index, total: blocks.length, found: found.length });
    }
    return Uint32Array.from(found.slice(0, limit));
  }

  function namesOf(row) {
    if (!snapshot || !names) return '';
    const place = names.places[snapshot.sites.place[snapshot.site[row]]];
    return [place, ...actorsOf(snapshot, row).map((id) => names.actors[id])]
      .map((item) => (item ? `${item.en} ${item.ar ?? ''}` : '')).join(' ');
  }

  return { of, peek, rowOf, search };
}

const plain = ({ summary = '', claims = [] }) =>
  [summary, ...claims.map(({ quote = '', title = '' }) => `${quote} ${title}`)].join(' ');
