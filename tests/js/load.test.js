import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';

import { crc32 } from '../../static/js/model/bytes.js';
import { loadSnapshot } from '../../static/js/model/load.js';
import { createTexts } from '../../static/js/model/texts.js';
import { makeSnapshot } from './make_snapshot.js';

const { cases } = JSON.parse(readFileSync(new URL('../snapshot_cases.json', import.meta.url)));
const written = cases.find(({ name }) => name === 'rows are sorted by day, then site');
const bytes = Uint8Array.from(written.hex.match(/../g), (pair) => Number.parseInt(pair, 16));
const manifest = { version: 1, hash: 'abc', rows: 3, bin: { url: 'abc.bin', bytes: bytes.length }, names: { url: 'n.json' } };

const FILES = {
  '/snapshot/manifest.json': () => Response.json(manifest),
  '/snapshot/abc.bin': () => new Response(bytes),
  '/snapshot/n.json': () => Response.json({ places: [{ slug: 'saraqib' }], actors: [], sources: [] }),
};

/** A server of these files: functions, or lists of functions that answer one time each. */
function server(files = {}) {
  const asked = [];
  const all = { ...FILES, ...files };
  const fetch = async (url, { cache } = {}) => {
    asked.push(`${url} ${cache ?? ''}`.trim());
    const answer = Array.isArray(all[url]) ? all[url].shift() ?? FILES[url] : all[url];
    return answer ? answer() : new Response('', { status: 404 });
  };
  return { fetch, asked };
}

test('manifest, bytes and names become a snapshot, with progress to the last byte', async () => {
  const progress = [];
  const { manifest: found, snapshot, names } = await loadSnapshot({ ...server(), onProgress: (p) => progress.push(p) });
  assert.equal(found.hash, 'abc');
  assert.equal(snapshot.count, 3);
  assert.equal(names.places[0].slug, 'saraqib');
  assert.deepEqual(progress.at(-1), { loaded: bytes.length, total: bytes.length });
});

const failures = [
  ['offline', { '/snapshot/manifest.json': () => { throw new TypeError('failed'); } }],
  ['missing', { '/snapshot/manifest.json': null }],
  ['http', { '/snapshot/abc.bin': () => new Response('', { status: 503 }) }],
  ['truncated', { '/snapshot/abc.bin': () => new Response(bytes.slice(0, -4)) }],
  ['corrupt', { '/snapshot/abc.bin': () => new Response(bytes.map((b, i) => (i === 20 ? b ^ 1 : b))) }],
  ['corrupt', { '/snapshot/abc.bin': () => new Response(Uint8Array.of(...bytes, 0)) }],
  ['corrupt', { '/snapshot/n.json': () => new Response('<html>') }],
  ['version', { '/snapshot/manifest.json': () => Response.json({ ...manifest, version: 2 }) }],
];
for (const [code, files] of failures) {
  test(`what fails for good is told by its code: ${code}, ${Object.keys(files)}`, async () => {
    await assert.rejects(loadSnapshot(server(files)), (error) => error.code === code);
  });
}

test('a file that has just been replaced is tried again from the manifest on, past the cache', async () => {
  const gone = () => new Response('', { status: 404 });
  const { fetch, asked } = server({ '/snapshot/abc.bin': [gone] });
  const { snapshot } = await loadSnapshot({ fetch });
  assert.equal(snapshot.count, 3);
  assert.ok(asked.includes('/snapshot/manifest.json reload'));
});

const texts = [[{ uid: 'a', summary: 'The market of Saraqib' }, null],
  [{ uid: 'b', claims: [{ quote: 'Jets struck at noon', title: 'Idlib' }], roles: {} }]];

function textsOf(extra = {}) {
  const { snapshot, names } = makeSnapshot([{ start: '2020-01-01' }, { start: '2020-01-01' }, { start: '2020-03-01', actors: ['hts'] }]);
  const ids = { a: 18262, b: 18322 };
  const files = { '/snapshot/t0': () => Response.json(texts[0]), '/snapshot/t1': () => Response.json(texts[1]),
    '/snapshot/i0': () => Response.json(ids), ...extra };
  const { fetch, asked } = server(files);
  const whole = { rows: 3, texts: { days: 32, blocks: [[0, 't0'], [2, 't1']] }, ids: ['i0'] };
  return { texts: createTexts({ manifest: whole, snapshot, names, fetch }), asked };
}

test('the text of a row comes with its block, which is fetched once', async () => {
  const { texts: found, asked } = textsOf();
  assert.equal(found.peek(2), null);
  const [one, again] = await Promise.all([found.of(2), found.of(2)]);
  assert.equal(one.uid, 'b');
  assert.equal(again, one);
  assert.equal(found.peek(2), one);
  assert.deepEqual(asked, ['/snapshot/t1']);
  assert.equal(await found.of(1), null);
  assert.equal(await found.of(99), null);
});

test('an id leads to its row; an unknown one to none', async () => {
  const { texts: found } = textsOf();
  assert.equal(await found.rowOf('b'), 2);
  assert.equal(await found.rowOf('a'), 0);
  assert.equal(await found.rowOf('zzz'), -1);
  assert.equal(await found.rowOf('constructor'), -1);
});

test('texts are searched with the names of place and actors, each word anywhere', async () => {
  const { texts: found } = textsOf();
  assert.deepEqual([...await found.search('NOON jets')], [2]);
  assert.deepEqual([...await found.search('noon hts')], [2]);
  assert.deepEqual([...await found.search('market noon')], []);
  assert.deepEqual([...await found.search('')], []);
});

test('a failed block is asked for again next time', async () => {
  const { texts: found } = textsOf({ '/snapshot/t1': [() => new Response('', { status: 500 }), () => Response.json(texts[1])] });
  await assert.rejects(found.of(2));
  assert.equal((await found.of(2)).uid, 'b');
});

test('the checksum is the one of zip files', () => {
  assert.equal(crc32(new TextEncoder().encode('123456789')), 0xcbf43926);
});

test('a manifest that the page brought is not asked for; where its files are gone, the server\'s is', async () => {
  const { fetch, asked } = server();
  assert.equal((await loadSnapshot({ fetch, manifest })).snapshot.count, 3);
  assert.equal(asked.some((line) => line.includes('manifest.json')), false);
  const old = { ...manifest, bin: { url: 'old.bin', bytes: 9 } };
  const late = server();
  assert.equal((await loadSnapshot({ fetch: late.fetch, manifest: old })).manifest.hash, 'abc');
  assert.deepEqual(late.asked.filter((line) => line.includes('manifest.json')), ['/snapshot/manifest.json reload']);
});
