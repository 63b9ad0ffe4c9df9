/** The filter rail: what is chosen, types, actors, precision, sources. */
import { actorName, placeName } from '../model/names.js';
import { h, icon, replace, setHidden } from './dom.js';
import { createNameFilter } from './filter_names.js';
import { createTypeFilter } from './filter_types.js';
import { box, createOption } from './option.js';

const PRECISIONS = [[1, 'exact'], [2, 'about'], [3, 'region']];

export function createFilters(element, { state, words, palette }) {
  const chosen = h('section', { hidden: true });
  const sections = [0, 1, 2, 3].map(() => h('section'));
  replace(element, chosen, ...sections);
  const types = createTypeFilter(sections[0], { state, words });
  const actors = createNameFilter(sections[1], { state, words, key: 'actors', facet: 'actor', title: words.t('actor'), findLabel: words.t('findActor'), noneLabel: words.t('noActorFound'), few: 5 });
  const precision = createPrecisionFilter(sections[2], { state, words });
  const sources = createNameFilter(sections[3], { state, words, key: 'sources', facet: 'source', title: words.t('source'), findLabel: words.t('findSource'), noneLabel: words.t('noSourceFound'), few: 4 });
  let names = null;
  let shown = {};
  let painted = null;

  return {
    open(rows) {
      names = rows.names;
      const totals = (facet) => Uint32Array.from(rows.visible.counts(facet));
      actors.open(names.actors.map((a) => ({ slug: a.slug, label: actorName(a, words.lang), keys: [a.en, a.ar].filter(Boolean) })), totals('actor'));
      sources.open(names.sources.map((s) => ({ slug: s.slug, label: s.name, keys: [s.name] })), totals('source'));
    },
    draw(frame) {
      for (const part of [types, actors, precision, sources]) part.draw(frame);
      if (palette.groups !== painted) { painted = palette.groups; actors.paint(new Map(frame.state.colour === 'actor' ? painted.map(({ key, fill }) => [key, fill]) : [])); }
      const { places, q } = frame.state;
      if (places !== shown.places || q !== shown.q) { shown = { places, q }; drawChosen(chosen, frame.state, { state, words, names }); }
    },
  };
}

function createPrecisionFilter(element, { state, words }) {
  const clear = h('button.link', { hidden: true, onclick: () => state.update({ precision: [] }) }, words.t('clear'));
  const options = PRECISIONS.map(([value, key]) => createOption({
    label: words.t(key), mark: box(),
    onToggle: () => {
      const now = state.get().precision;
      state.update({ precision: now.includes(value) ? now.filter((other) => other !== value) : [...now, value].sort() });
    },
    onOnly: () => state.update({ precision: [value] }),
  }));
  replace(element, h('h2', {}, words.t('precision'), clear), ...options.map((option) => option.element));
  return {
    draw({ state: { precision }, visible }) {
      const counts = visible.counts('precision');
      const max = Math.max(1, counts[1], counts[2], counts[3]);
      setHidden(clear, precision.length === 0);
      PRECISIONS.forEach(([value], i) => options[i].set(counts[value], max, String(precision.includes(value)), words.count(counts[value])));
    },
  };
}

/** Places and words have no rows of their own; they stand at the top as chips. */
function drawChosen(element, { places, q }, { state, words, names }) {
  const labelOf = (slug) => { const at = names?.placeIndex.get(slug); return at === undefined ? slug : placeName(names.places[at], words.lang); };
  const chip = (label, remove) => h('button.chip', { 'aria-label': words.t('removeFilter', { name: label }), onclick: remove }, h('span', {}, label), icon('x'));
  const chips = places.map((slug) => chip(labelOf(slug), () => state.update({ places: state.get().places.filter((other) => other !== slug) })));
  if (q) chips.push(chip(words.t('textFilter', { q }), () => state.update({ q: '' })));
  element.hidden = chips.length === 0;
  replace(element, h('h2', {}, words.t('selected')), h('div.chips', {}, ...chips));
}
