import assert from 'node:assert/strict';
import test from 'node:test';

import { createSender } from '../../static/js/admin/sender.js';

const answer = (url, status = 200) => ({ status, url, text: async () => `page of ${url}` });
const soon = () => new Promise((resolve) => { setImmediate(resolve); });

test('decisions are sent one after the other, in order', async () => {
  const log = [];
  const fetch = async (url) => { log.push(`> ${url}`); await soon(); log.push(`< ${url}`); return answer(url); };
  const sender = createSender({ fetch, wait: soon });
  const answers = await Promise.all(['/a', '/b', '/c'].map((url) => sender.send({ url, body: '' })));
  assert.deepEqual(log, ['> /a', '< /a', '> /b', '< /b', '> /c', '< /c']);
  assert.deepEqual(answers.map((each) => each.text), ['page of /a', 'page of /b', 'page of /c']);
  assert.equal(sender.pending(), 0);
});

test('a lost line keeps decisions and tells so', async () => {
  let failures = 3;
  const states = [];
  const fetch = async (url) => { if (failures-- > 0) throw new TypeError('network'); return answer(url); };
  const sender = createSender({ fetch, wait: soon, onState: (state) => states.push(state) });
  const first = sender.send({ url: '/a', body: '' });
  const second = sender.send({ url: '/b', body: '' });
  await Promise.all([first, second]);
  assert.ok(states.some((state) => state.offline && state.pending === 2));
  assert.deepEqual(states.at(-1), { pending: 0, offline: false });
});

test('a gateway that is away is waited for, a refusal is an answer', async () => {
  const codes = [503, 502, 409];
  const fetch = async (url) => answer(url, codes.shift());
  const sender = createSender({ fetch, wait: soon });
  assert.equal((await sender.send({ url: '/a', body: '' })).status, 409);
});

test('idle waits for all that was sent', async () => {
  let done = 0;
  const sender = createSender({ fetch: async (url) => { await soon(); done += 1; return answer(url); }, wait: soon });
  sender.send({ url: '/a', body: '' });
  sender.send({ url: '/b', body: '' });
  await sender.idle();
  assert.equal(done, 2);
});
