/** What a dot's colour stands for: the groups that pies, bars and sites are counted by. */

import { EVENT_TYPES, TYPE_OF_SUB } from './vocabulary.js';

const TOP_ACTORS = 5;
const SOURCE_STEPS = ['1', '2', '3-4', '5+'];

/**
 * The groups of a colouring ('type' | 'actor' | 'sources'):
 * `{groups: [{key, index}], column, table, size}`, a row's group being `table[column[row]]`.
 */
export function createGroups(snapshot, names, colour) {
  const made = { actor: byActor, sources: bySources }[colour] ?? byType;
  const { keys, column, table } = made(snapshot, names);
  return { groups: keys.map((key, index) => ({ key, index })), column, table, size: keys.length };
}

function byType({ actorSet, actorSets }) {
  return { keys: EVENT_TYPES, column: actorSet, table: actorSets.subType.map((sub) => TYPE_OF_SUB[sub]) };
}

/** The most frequent actors; a row belongs to the rarest of those that take part in it. */
function byActor({ actorSet, actorSets }, names) {
  const counts = actorCounts(actorSet, actorSets, names.actors.length);
  const top = [...counts.keys()].filter((id) => counts[id] > 0)
    .sort((a, b) => counts[b] - counts[a] || a - b).slice(0, TOP_ACTORS);
  const table = Uint8Array.from(actorSets.subType, (_, set) => {
    const ids = actorSets.ids.subarray(actorSets.offsets[set], actorSets.offsets[set + 1]);
    return Math.max(-1, ...Array.from(ids, (id) => top.indexOf(id))) + 1;
  }).map((rank) => (rank === 0 ? top.length : rank - 1));
  return { keys: [...top.map((id) => names.actors[id].slug), 'other'], column: actorSet, table };
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

function bySources({ sourceSet, sourceSets }) {
  const step = (count) => (count < 2 ? 0 : count === 2 ? 1 : count < 5 ? 2 : 3);
  return { keys: SOURCE_STEPS, column: sourceSet, table: Uint8Array.from(sourceSets.count, step) };
}
