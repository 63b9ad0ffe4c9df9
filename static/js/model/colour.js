/** What a dot's colour stands for: the groups that pies, bars and sites are counted by. */

import { EVENT_TYPES, TYPE_OF_SUB } from './vocabulary.js';

const TOP_ACTORS = 5;
const SOURCE_STEPS = ['1', '2', '3-4', '5+'];

/** No colouring has more groups than this. */
export const MOST_GROUPS = Math.max(EVENT_TYPES.length, TOP_ACTORS + 1, SOURCE_STEPS.length);

/**
 * The groups of a colouring ('type' | 'actor' | 'sources'): `{groups: [{key, index}], size, whats, says}`;
 * a row's group is `whats[actorSet[row]] + says[sourceSet[row]]`, one of the two being zero throughout.
 */
export function createGroups(snapshot, names, colour) {
  const none = { whats: snapshot.actorSets.subType.map(() => 0), says: new Uint8Array(snapshot.sourceSets.count.length) };
  const { keys, ...tables } = ({ actor: byActor, sources: bySources }[colour] ?? byType)(snapshot, names);
  return { ...none, ...tables, groups: keys.map((key, index) => ({ key, index })), size: keys.length };
}

const byType = ({ actorSets }) => ({ keys: EVENT_TYPES, whats: actorSets.subType.map((sub) => TYPE_OF_SUB[sub]) });

/** The most frequent actors; a row belongs to the rarest of those that take part in it. */
function byActor({ actorSet, actorSets }, names) {
  const counts = actorCounts(actorSet, actorSets, names.actors.length);
  const top = [...counts.keys()].filter((id) => counts[id] > 0)
    .sort((a, b) => counts[b] - counts[a] || a - b).slice(0, TOP_ACTORS);
  const whats = actorSets.subType.map((_, set) => {
    const ids = actorSets.ids.subarray(actorSets.offsets[set], actorSets.offsets[set + 1]);
    const rank = Math.max(-1, ...Array.from(ids, (id) => top.indexOf(id)));
    return rank < 0 ? top.length : rank;
  });
  return { keys: [...top.map((id) => names.actors[id].slug), 'other'], whats };
}

function actorCounts(actorSet, { offsets, ids }, actors) {
  const sets = new Uint32Array(offsets.length - 1);
  for (let row = 0; row < actorSet.length; row++) sets[actorSet[row]]++;
  const counts = new Uint32Array(actors);
  sets.forEach((count, set) => {
    for (let i = offsets[set]; i < offsets[set + 1]; i++) counts[ids[i]] += count;
  });
  return counts;
}

function bySources({ sourceSets }) {
  const step = (count) => (count < 2 ? 0 : count === 2 ? 1 : count < 5 ? 2 : 3);
  return { keys: SOURCE_STEPS, says: Uint8Array.from(sourceSets.count, step) };
}
