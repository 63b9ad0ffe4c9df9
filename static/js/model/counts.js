/** The count beside each filter value: rows that pass everything but that filter's own selection. */

import { ancestors } from './names.js';
import { EVENT_TYPES, SUB_TYPES, TYPE_OF_SUB } from './vocabulary.js';

/** `createCounts(tally, names) -> (facet) -> Uint32Array`, one array per facet, used again. */
export function createCounts(tally, names) {
  const { sites, actorSets, sourceSets } = tally.snapshot;
  const out = {
    type: new Uint32Array(EVENT_TYPES.length),
    sub_type: new Uint32Array(SUB_TYPES.length),
    actor: new Uint32Array(names.actors.length),
    source: new Uint32Array(names.sources.length),
    place: new Uint32Array(names.places.length),
    precision: new Uint32Array(4),
  };
  const around = names.places.map((_, place) => Uint32Array.from([place, ...ancestors(names, place)]));

  const fill = {
    type: (counts) => each(tally.whats, tally.typeExtra, (what, n) => {
      counts[TYPE_OF_SUB[actorSets.subType[what]]] += n;
    }),
    sub_type: (counts) => each(tally.whats, tally.typeExtra, (what, n) => {
      counts[actorSets.subType[what]] += n;
    }),
    actor: (counts) => each(tally.whats, tally.actorExtra, members(actorSets, counts)),
    source: (counts) => each(tally.says, tally.sourceExtra, members(sourceSets, counts)),
    place: (counts) => each(tally.siteCounts, tally.placeExtra, (site, n) => {
      const chain = around[sites.place[site]];
      if (chain) for (let i = 0; i < chain.length; i++) counts[chain[i]] += n;
    }),
    precision: (counts) => {
      const { siteCounts, precisionExtra } = tally;
      const { precision } = sites;
      for (let site = 0; site < siteCounts.length; site++) counts[precision[site]] += siteCounts[site] + precisionExtra[site];
    },
  };

  return (facet) => {
    out[facet].fill(0);
    fill[facet](out[facet]);
    return out[facet];
  };
}

function each(shown, extra, add) {
  for (let i = 0; i < shown.length; i++) {
    if (shown[i] + extra[i] > 0) add(i, shown[i] + extra[i]);
  }
}

function members({ offsets, ids }, counts) {
  return (set, n) => {
    for (let i = offsets[set]; i < offsets[set + 1]; i++) counts[ids[i]] += n;
  };
}
