import assert from 'node:assert/strict';
import test from 'node:test';

import { ancestors, placeName, prepareNames } from '../../static/js/model/names.js';
import { createSearch, fold } from '../../static/js/model/search.js';

const same = [
  ['Ma’arrat al-Nu’man', 'maarrat numan'], ['SARĀQIB', 'saraqib'], ['ar-Raqqah', 'raqqah'], ['Jisr ash-Shughur', 'jisr shughur'],
  ['إدلب', 'ادلب'], ['سراقب', 'سَرَاقِب'], ['معرة النعمان', 'معره نعمان'], ['أريحا', 'اريحا'], ['Bab al Hawa', 'bab hawa'], ['', '  - '],
];
for (const [a, b] of same) test(`"${a}" and "${b}" are one in search`, () => assert.equal(fold(a), fold(b)));

test('folding a hostile text takes no time', () => {
  const started = performance.now();
  fold('al-'.repeat(100_000));
  fold(`${' '.repeat(100_000)}x`, Infinity);
  assert.ok(performance.now() - started < 500);
});

const names = prepareNames({
  places: [
    { slug: 'idlib-district', en: 'Idlib District', ar: '', kind: 'district', parent: 'idlib-governorate' },
    { slug: 'idlib', en: 'Idlib', ar: 'إدلب', kind: 'city', parent: 'idlib-district' },
    { slug: 'idlib-governorate', en: 'Idlib Governorate', ar: 'محافظة إدلب', kind: 'governorate', parent: null },
    { slug: 'kafr-idlib', en: 'Kafr Idlib', ar: '', kind: 'village', parent: 'idlib-district' },
  ],
  actors: [{ slug: 'hts', en: 'Hayat Tahrir al-Sham', ar: 'هيئة تحرير الشام', kind: 2 }],
  sources: [{ slug: 'idlib-media', name: 'Media of Idlib' }],
});

test('the whole name comes first, then beginnings, bigger places before smaller', () => {
  const found = createSearch(names).find('idlib').map((item) => item.slug);
  assert.deepEqual(found.slice(0, 3), ['idlib', 'idlib-governorate', 'idlib-district']);
  assert.deepEqual(found.slice(3).toSorted(), ['idlib-media', 'kafr-idlib']);
});

test('Arabic finds what has an Arabic name', () => {
  assert.equal(createSearch(names).find('ادلب')[0].slug, 'idlib');
  assert.equal(createSearch(names).find('تحرير')[0].slug, 'hts');
});

test('nothing asked, nothing found', () => assert.deepEqual(createSearch(names).find(' - '), []));

test('the places around a place are found, nearest first, even in a circle', () => {
  assert.deepEqual(ancestors(names, 1), [0, 2]);
  const circle = prepareNames({ places: [{ slug: 'a', parent: 'b' }, { slug: 'b', parent: 'c' }, { slug: 'c', parent: 'b' }] });
  assert.deepEqual(ancestors(circle, 0), [1, 2]);
});

test('a name falls back to the language that is known', () => {
  assert.equal(placeName(names.places[1], 'ar'), 'إدلب');
  assert.equal(placeName(names.places[0], 'ar'), 'Idlib District');
  assert.equal(placeName({ slug: 'x', en: '', ar: 'س' }, 'en'), 'س');
});
