/** A filter over many names (actors, sources): the most frequent first, the rest found by typing. */
import { fold } from '../model/search.js';
import { h, icon, replace, setHidden, setText } from './dom.js';
import { box, createOption } from './option.js';

const MOST_SHOWN = 150;

/**
 * @param {HTMLElement} element
 * @param {{state, words, key: 'actors' | 'sources', facet: string, title: string, findLabel: string | null, noneLabel: string, few: number}} options
 */
export function createNameFilter(element, { state, words, key, facet, title, findLabel, noneLabel, few }) {
  const clear = h('button.link', { hidden: true, onclick: () => state.update({ [key]: [] }) }, words.t('clear'));
  const input = h('input', { type: 'search', placeholder: findLabel, 'aria-label': findLabel, oninput: () => layout() });
  const find = findLabel && h('label.find', {}, icon('search'), input);
  const rows = h('div.names');
  rows.style.minBlockSize = `${few * 27}px`;
  const more = h('button.more.link', { 'aria-expanded': 'false', onclick: () => { open = !open; layout(); } });
  replace(element, h('h2', {}, title, clear), find, rows, more);
  let items = [];
  let open = false;
  let last = null;
  let pinned = null;
  let drawn = [];

  function wanted() {
    const typed = fold(input.value);
    if (typed) return items.filter((item) => item.keys.some((text) => text.includes(typed))).slice(0, MOST_SHOWN);
    if (open) return items.slice(0, MOST_SHOWN);
    const chosen = new Set(state.get()[key]);
    return items.filter((item, i) => i < few || chosen.has(item.slug));
  }

  function layout() {
    const shown = wanted();
    replace(rows, ...(shown.length ? shown.map((item) => optionOf(item).element) : [h('p.empty', {}, noneLabel)]));
    drawn = shown;
    const hidden = items.length - shown.length;
    more.hidden = Boolean(input.value) || items.length <= few;
    more.setAttribute('aria-expanded', String(open));
    setText(more, open ? words.t('fewer') : words.t('more', { n: hidden }));
    if (last) draw(last);
  }

  function optionOf(item) {
    item.option ??= createOption({
      label: item.label, mark: box(),
      onToggle: () => state.update({ [key]: flipped(state.get()[key], item.slug) }),
      onOnly: () => state.update({ [key]: [item.slug] }),
    });
    return item.option;
  }

  function draw(frame) {
    last = frame;
    const chosen = frame.state[key];
    setHidden(clear, chosen.length === 0);
    if (chosen !== pinned) { pinned = chosen; if (!open && !input.value) { layout(); return; } }
    const counts = frame.visible.counts(facet);
    let max = 1;
    for (const item of drawn) if (counts[item.index] > max) max = counts[item.index];
    for (const { index, slug, option } of drawn) option.set(counts[index], max, String(chosen.includes(slug)), words.count(counts[index]));
  }

  return {
    /** `names`: [{slug, label, keys}] in the snapshot's order; `totals`: how often each occurs. */
    open(names, totals) {
      items = names.map((name, index) => ({ ...name, index, keys: name.keys.map(fold), option: null })).filter((item) => totals[item.index] > 0)
        .sort((a, b) => totals[b.index] - totals[a.index] || (a.label < b.label ? -1 : 1));
      layout();
    },
    draw,
    /** Colours by slug while the map is coloured by these names; an empty Map takes them away. */
    paint(colours) {
      for (const item of items) {
        const colour = colours.get(item.slug);
        if (!colour && !item.option) continue;
        const { element } = optionOf(item);
        element.classList.toggle('has-swatch', Boolean(colour));
        element.style.setProperty('--swatch', colour ?? '');
      }
    },
  };
}

const flipped = (list, value) => (list.includes(value) ? list.filter((other) => other !== value) : [...list, value]);
