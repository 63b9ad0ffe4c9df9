/** Events that the editors withdraw while the page is open: told by the manifest, dropped from the map. */

/**
 * `onRetracted(uids)` hears of each event once, whatever the manifest that the page began with told already.
 * A check that fails is left to the next one.
 * @returns {{check(): Promise<void>}}
 */
export function createRetractions({ url, manifest, fetch = globalThis.fetch, onRetracted }) {
  const known = new Set(manifest.retracted ?? []);

  async function check() {
    const fresh = (await retractedNow(url, fetch)).filter((uid) => !known.has(uid));
    fresh.forEach((uid) => known.add(uid));
    if (fresh.length > 0) await onRetracted(fresh);
  }

  return { check };
}

async function retractedNow(url, fetch) {
  try {
    const response = await fetch(url);
    const { retracted } = response.ok ? await response.json() : {};
    return Array.isArray(retracted) ? retracted.filter((uid) => typeof uid === 'string') : [];
  } catch {
    return [];
  }
}
