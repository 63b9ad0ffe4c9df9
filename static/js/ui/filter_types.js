/** The filter of event types, with their sub-types on demand. */
import { EVENT_TYPES, SUB_TYPES, subTypesOf } from '../model/vocabulary.js';
import { glyph, h, replace, setHidden, setText } from './dom.js';
import { box, createOption } from './option.js';
import { TYPE_ORDER } from './palette.js';

export function createTypeFilter(element, { state, words }) {
  const clear = h('button.link', { hidden: true, onclick: () => state.update({ types: [] }) }, words.t('clear'));
  const rows = h('div');
  const more = h('button.more.link', { 'aria-expanded': 'false', onclick: () => unfold() }, words.t('subTypes', { n: SUB_TYPES.length }));
  const types = new Map(TYPE_ORDER.map((type) => [type, createOption({
    label: words.type(type), mark: glyph(type, 16), classes: `t-${type}`,
    onToggle: () => state.update({ types: toggled(state.get().types, subTypesOf(type)) }),
    onOnly: () => state.update({ types: subTypesOf(type) }),
  })]));
  const subs = new Map();
  let unfolded = false;
  replace(element, h('h2', {}, words.t('type'), clear), rows, more);
  layout();

  function unfold() {
    const open = unfolded = !unfolded;
    more.setAttribute('aria-expanded', String(open));
    setText(more, open ? words.t('fewer') : words.t('subTypes', { n: SUB_TYPES.length }));
    if (open && subs.size === 0) SUB_TYPES.forEach((code) => subs.set(code, subOption(code)));
    layout();
    state.update({});
    api.draw(last);
  }

  const subOption = (code) => createOption({
    label: words.subType(code), mark: box(), classes: 'sub',
    onToggle: () => state.update({ types: toggled(state.get().types, [code]) }), onOnly: () => state.update({ types: [code] }),
  });

  function layout() {
    replace(rows, ...TYPE_ORDER.flatMap((type) => [types.get(type).element, ...(unfolded ? subTypesOf(type).map((code) => subs.get(code).element) : [])]));
  }

  let last = null;
  const api = {
    draw(frame) {
      if (!frame) return;
      last = frame;
      setHidden(clear, frame.state.types.length === 0);
      const counts = frame.visible.counts('type');
      const max = Math.max(1, ...counts);
      for (const [type, option] of types) {
        const n = counts[EVENT_TYPES.indexOf(type)];
        option.set(n, max, checkedOf(frame.state.types, subTypesOf(type)), words.count(n));
      }
      if (unfolded) drawSubs(frame, max);
    },
  };

  function drawSubs(frame, max) {
    const counts = frame.visible.counts('sub_type');
    for (const [code, option] of subs) {
      const n = counts[SUB_TYPES.indexOf(code)];
      option.set(n, max, checkedOf(frame.state.types, [code]), words.count(n));
    }
  }

  return api;
}

/** No types chosen means all of them. */
function checkedOf(chosen, codes) {
  if (chosen.length === 0) return 'true';
  const inside = codes.filter((code) => chosen.includes(code)).length;
  return inside === 0 ? 'false' : inside === codes.length ? 'true' : 'mixed';
}

/** The choice with these codes switched; all, or none, is written as "no filter". */
export function toggled(chosen, codes) {
  const set = new Set(chosen.length ? chosen : SUB_TYPES);
  const on = codes.every((code) => set.has(code));
  codes.forEach((code) => (on ? set.delete(code) : set.add(code)));
  return set.size === SUB_TYPES.length || set.size === 0 ? [] : SUB_TYPES.filter((code) => set.has(code));
}
