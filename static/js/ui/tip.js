/** What a bubble holds, by name: on hover, on focus and on a long press. */
import { describe } from '../model/snapshot.js';
import { glyph, h, replace } from './dom.js';
import { titleOf } from './item.js';

const GAP = 10;

/** `show(hit, content)` places the tip beside a mark, inside the pane. */
export function createTip(element, { words, palette, state }) {
  function rowsOf(counts, offset) {
    return palette.groups.filter((group) => counts[offset + group.index] > 0).map((group) => {
      const mark = state.get().colour === 'type' ? glyph(group.key, 14) : dot(group.fill);
      return h('li', {}, mark, h('span', {}, group.label), h('b.num', {}, words.count(counts[offset + group.index])));
    });
  }

  const note = (parts) => { const said = parts.filter(Boolean).join(words.lang === 'ar' ? '، ' : ', '); return said ? `${said}. ` : ''; };

  function bubble(scene, b, places, separable) {
    const { bubbles } = scene;
    const n = bubbles.n[b];
    const about = bubbles.about[b];
    return [
      h('p', {}, h('b.num', {}, words.t('inPlaces', { events: words.t('events', { n }), n: places }))),
      h('ul', {}, ...rowsOf(bubbles.groups, b * bubbles.groupCount)),
      h('p.muted', {}, note([about > 0 && words.t('aboutOf', { n: about })]), words.t(separable ? 'clickZooms' : 'clickLists')),
    ];
  }

  function lone(rows, row) {
    const event = describe(rows.snapshot, rows.names, row);
    return [h('h3', {}, titleOf(event, null, words)), h('p', {}, words.span(event.start, event.end)),
      h('p.muted', {}, note([words.t({ 1: 'exactShort', 2: 'aboutShort', 3: 'regionShort' }[event.precision]), event.contested && words.t('contested')]), words.t('clickOpens'))];
  }

  function region(scene, found) {
    const { regions, groupCount } = scene.bubbles;
    return [h('p', {}, h('b.num', {}, words.count(found.n)), ` ${found.label}`), h('ul', {}, ...(found.members ? found.members.slice(0, 8).map((member) => h('li', {}, h('span'), h('span', {}, member.label), h('b.num', {}, words.count(member.n)))) : rowsOf(regions.groups, found.index * groupCount))), h('p.muted', {}, words.t('clickLists'))];
  }

  function pair({ bubbles }, b) {
    const line = (side, n) => h('li', {}, h('span'), h('span', {}, words.t(side)), h('b.num', {}, words.count(n)));
    return [h('ul', {}, line('periodA', bubbles.groups[b * 2]), line('periodB', bubbles.groups[b * 2 + 1])), h('p.muted', {}, words.t('clickZooms'))];
  }

  function place(hit) {
    element.hidden = false;
    const { width, height } = element.parentElement.getBoundingClientRect();
    const [wide, tall] = [element.offsetWidth, element.offsetHeight];
    const right = hit.x + hit.r + GAP;
    const x = right + wide < width ? right : hit.x - hit.r - GAP - wide;
    const y = Math.max(6, Math.min(height - tall - 6, hit.y - 34));
    element.style.transform = `translate(${Math.round(Math.max(6, x))}px, ${Math.round(y)}px)`;
  }

  return {
    show(hit, content) { replace(element, ...content); place(hit); },
    hide() { element.hidden = true; },
    bubble, lone, region, pair,
  };
}

function dot(colour) {
  const mark = h('span.dot', { 'aria-hidden': 'true' });
  mark.style.background = colour;
  return mark;
}
