/** Search over places, actors, sources and the words of reports; every find is a filter or a place to go to. */
import { actorName, placeName } from '../model/names.js';
import { createSearch } from '../model/search.js';
import { describe } from '../model/snapshot.js';
import { closeBeside } from './dialog.js';
import { h, icon, replace } from './dom.js';
import { titleOf } from './item.js';

const SIGNS = { place: 'pin', actor: 'people', source: 'source', text: 'text', words: 'filter' };
const LEAST_TEXT = 3;

/**
 * @param {{words, data: () => {rows, texts}, onPlace(index), onActor(slug), onSource(slug), onText(q, rows), onRow(row)}} options
 */
export function openSearch({ words, query, data, choose }) {
  const list = h('div.search-results', { role: 'listbox', id: 'search-results', 'aria-label': words.t('searchTitle') });
  const input = h('input', { type: 'text', role: 'combobox', 'aria-expanded': 'true', 'aria-controls': 'search-results', 'aria-autocomplete': 'list', 'aria-label': words.t('searchHint'), placeholder: words.t('searchHint'), autocomplete: 'off', spellcheck: 'false', value: query, oninput: () => find() });
  const status = h('p.sr', { role: 'status' });
  const dialog = h('dialog.search-dialog', { 'aria-label': words.t('searchTitle') },
    h('div.search-field', {}, icon('search'), input, h('button.btn.quiet.icon', { 'aria-label': words.t('close'), onclick: () => dialog.close() }, icon('x'))), list, status,
    h('div.search-foot', { 'aria-hidden': 'true' }, hint('↑ ↓', ''), hint('Enter', words.t('choose')), hint('Esc', words.t('closeKey'))));
  const names = data().rows ? createSearch(data().rows.names, data().rows.visible) : null;
  let hits = [];
  let at = -1;
  let asked = 0;
  dialog.addEventListener('keydown', onKey);
  dialog.addEventListener('close', () => dialog.remove());
  closeBeside(dialog);
  document.body.append(dialog);
  dialog.showModal();
  input.select();
  find();

  function onKey(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && hits.length) { event.preventDefault(); select((at + step + hits.length) % hits.length); }
    if (event.key === 'Enter' && event.target === input) { event.preventDefault(); take(hits[Math.max(0, at)]); }
  }

  function find() {
    const q = input.value.trim();
    const found = q && names ? names.find(q, 12) : [];
    const turn = ++asked;
    render(q, found, []);
    if (q.length >= LEAST_TEXT && data().texts) setTimeout(() => { if (turn === asked) findTexts(q, found, turn); }, 160);
  }

  async function findTexts(q, found, turn) {
    try {
      const rows = await data().texts.search(q, { limit: 6 });
      const shown = [];
      for (const row of rows.slice(0, 6)) shown.push({ row, text: await data().texts.of(row) });
      if (turn === asked) render(q, found, shown);
    } catch { /* names are still found without the texts */ }
  }

  function render(q, found, texts) {
    hits = [];
    const group = (title, items) => (items.length ? [h('h3', {}, title), ...items] : []);
    const of = (kind) => found.filter((hit) => hit.kind === kind);
    const nodes = [
      ...group(words.t('places'), of('place').map(nameHit)), ...group(words.t('actorsHead'), of('actor').map(nameHit)), ...group(words.t('sourcesHead'), of('source').map(nameHit)),
      ...group(words.t('texts'), q ? [...texts.map(textHit), wordsHit(q)] : []),
    ];
    replace(list, ...nodes);
    if (q && found.length === 0 && texts.length === 0) list.append(h('p.list-note', {}, words.t('nothingFound', { q })));
    status.textContent = q ? words.num(found.length + texts.length) : '';
    select(hits.length ? 0 : -1);
  }

  function node(hit, title, aside, quote = null) {
    const k = hits.push(hit) - 1;
    hit.node = h('div.hit', { role: 'option', id: `hit-${k}`, 'aria-selected': 'false', onclick: () => take(hit), onpointermove: () => { if (at !== k) select(k); } },
      icon(SIGNS[hit.kind]), h('span.what', {}, h('bdi', {}, title), quote && h('span.q', { dir: 'auto' }, quote)), h('small', {}, aside));
    return hit.node;
  }

  function nameHit(found) {
    const { names: tables, visible } = data().rows;
    const item = { place: tables.places, actor: tables.actors, source: tables.sources }[found.kind][found.index];
    const title = found.kind === 'place' ? placeName(item, words.lang) : found.kind === 'actor' ? actorName(item, words.lang) : item.name;
    const n = visible.counts(found.kind)[found.index];
    const kind = found.kind === 'place' ? words.placeKind(item.kind) : found.kind === 'actor' ? words.actorKind(item.kind) : '';
    return node(found, title, [kind, words.t('events', { n })].filter(Boolean).join(' · '));
  }

  function textHit({ row, text }) {
    const { rows } = data();
    const event = describe(rows.snapshot, rows.names, row);
    return node({ kind: 'text', row }, titleOf(event, text, words), words.span(event.start, event.end), text?.claims?.[0]?.quote);
  }

  const wordsHit = (q) => node({ kind: 'words', q }, words.t('searchText', { q }), words.t('toFilter'));

  function select(k) {
    hits[at]?.node.setAttribute('aria-selected', 'false');
    at = k;
    if (k < 0) { input.removeAttribute('aria-activedescendant'); return; }
    hits[k].node.setAttribute('aria-selected', 'true');
    hits[k].node.scrollIntoView({ block: 'nearest' });
    input.setAttribute('aria-activedescendant', hits[k].node.id);
  }

  function take(hit) {
    if (!hit) return;
    dialog.close();
    choose(hit);
  }
}

const hint = (key, text) => h('span', {}, h('span.kbd', {}, key), text);
