/** Names of places, actors and sources, by the numbers that the snapshot uses. */

const indexOf = (list) => new Map(list.map((item, index) => [item.slug, index]));

/** The names side file with lookups by slug; parents become indexes (-1 for none). */
export function prepareNames({ places = [], actors = [], sources = [] }) {
  const placeIndex = indexOf(places);
  return {
    places: places.map((place) => ({
      ...place,
      governorate: place.governorate ?? null,
      parent: typeof place.parent === 'number' ? place.parent : placeIndex.get(place.parent) ?? -1,
    })),
    actors,
    sources,
    placeIndex,
    actorIndex: indexOf(actors),
    sourceIndex: indexOf(sources),
  };
}

const localName = (item, lang) => (lang === 'ar' ? item.ar || item.en : item.en || item.ar) || item.slug;

export const placeName = localName;

export const actorName = localName;

/** Indexes of the places around a place, nearest first; a circle in the data ends the walk. */
export function ancestors(names, index) {
  const found = [];
  for (let p = names.places[index]?.parent ?? -1; p >= 0 && p !== index; p = names.places[p].parent) {
    if (found.includes(p)) break;
    found.push(p);
  }
  return found;
}
