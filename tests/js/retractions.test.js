import assert from 'node:assert/strict';
import test from 'node:test';

import { createRetractions } from '../../static/js/model/retractions.js';

/** Watches a server that gives these answers one after another; what was heard of. */
async function heard(manifest, answers) {
  const told = [];
  const fetch = async () => { const answer = answers.shift(); if (answer instanceof Error) throw answer; return answer; };
  const count = answers.length;
  const { check } = createRetractions({ url: '/m', manifest, fetch, onRetracted: (uids) => { told.push(uids); } });
  for (let k = 0; k < count; k++) await check();
  return told;
}

const naming = (...retracted) => Response.json({ retracted });

test('a withdrawn event is heard of once, and none that was told at the start', async () => {
  assert.deepEqual(await heard({ retracted: ['a'] }, [naming('a'), naming('b', 'a'), naming('b', 'a'), naming('c', 'd', 'b')]), [['b'], ['c', 'd']]);
});

test('a check that fails says nothing, and the next one makes good for it', async () => {
  const failing = [new TypeError('offline'), new Response('', { status: 503 }), new Response('<html>'), Response.json({ retracted: 'a' }), Response.json({ retracted: [1, 'a'] })];
  assert.deepEqual(await heard({}, failing), [['a']]);
});
