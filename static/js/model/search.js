/** Finding places, actors and sources by name, however it is spelled or accented. */

const MARKS = /[\u0300-\u036f\u0610-\u061a\u0640\u064b-\u065f\u0670]/g;
const ARABIC_FORMS = { 'أ': 'ا', 'إ': 'ا', 'آ': 'ا', 'ٱ': 'ا', 'ى': 'ي', 'ئ': 'ي', 'ؤ': 'و', 'ة': 'ه', 'ء': '' };
const LETTERS = /[أإآٱىئؤةء]/g;
const QUOTES = /['’‘ʿʾʻʼ`´ʽ]/g;
const BREAKS = /[^\p{L}\p{N}]+/u;
/** The article before any letter, sun letters included: al-, el-, ar-, as-, ash- ... */
const ARTICLE = /(^|[\s(])(?:a[ldnrstz]|e[ldnrstz]|ul|ash|ad[hd]?|ath)[-\u2010\u2011]/g;

const MOST_WORDS = 8;

/** What search compares: no case, accents, marks, articles or punctuation; one space between words. */
export function fold(text, longest = 500) {
  const plain = String(text ?? '').slice(0, longest).toLowerCase().normalize('NFD').replace(MARKS, '')
    .normalize('NFC').replace(QUOTES, '').replace(LETTERS, (letter) => ARABIC_FORMS[letter])
    .replace(ARTICLE, '$1');
  return plain.split(BREAKS).map(withoutArticle).filter(Boolean).join(' ');
}

function withoutArticle(word) {
  if (word === 'al' || word === 'el') return '';
  return word.length > 3 && word.startsWith('ال') ? word.slice(2) : word;
}

/** The words of a query, folded: each must be found. */
export const wordsOf = (q) => fold(q).split(' ').filter(Boolean).slice(0, MOST_WORDS);

const BIG_KINDS = { country: 6, governorate: 5, city: 4, district: 3, town: 2, subdistrict: 1 };

/** `find(q, limit)`: names that hold `q`, those that begin with it first, then bigger, then by count. */
export function createSearch(names, visible = null) {
  const entries = [
    ...entriesOf('place', names.places, (p) => BIG_KINDS[p.kind] ?? 0),
    ...entriesOf('actor', names.actors, () => 3),
    ...entriesOf('source', names.sources, () => 0),
  ];

  function find(q, limit = 8) {
    const wanted = fold(q);
    if (!wanted) return [];
    const counts = countsOf(visible);
    const found = [];
    for (const entry of entries) {
      const rank = rankOf(entry, wanted);
      if (rank < 0) continue;
      const count = counts?.[entry.kind][entry.index] ?? 0;
      found.push({ entry, rank: rank * 100 + entry.weight * 10 + Math.min(9, Math.log2(count + 1)) });
    }
    found.sort((a, b) => b.rank - a.rank || (a.entry.name < b.entry.name ? -1 : 1));
    return found.slice(0, limit).map(({ entry: { kind, index, slug, name }, rank }) =>
      ({ kind, index, slug, name, rank }));
  }

  return { find };
}

function entriesOf(kind, items, weigh) {
  return items.map((item, index) => ({
    kind, index, slug: item.slug, name: item.en || item.name || item.ar || item.slug, weight: weigh(item),
    keys: [...new Set([item.en, item.ar, item.name].filter(Boolean).map((name) => fold(name)))],
  }));
}

function countsOf(visible) {
  if (!visible) return null;
  return { place: visible.counts('place'), actor: visible.counts('actor'), source: visible.counts('source') };
}

/** 3 the whole name, 2 its beginning, 1 the beginning of a word in it, 0 inside a word, -1 not at all. */
function rankOf({ keys }, wanted) {
  let best = -1;
  for (const key of keys) {
    const at = key.indexOf(wanted);
    if (at < 0) continue;
    const rank = key === wanted ? 3 : at === 0 ? 2 : key[at - 1] === ' ' || key.includes(` ${wanted}`) ? 1 : 0;
    if (rank > best) best = rank;
  }
  return best;
}
