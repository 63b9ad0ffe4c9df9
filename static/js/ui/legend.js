/** What colours and lines mean; where the colouring is chosen. */
import { actorName } from '../model/names.js';
import { h, icon, pick, replace, s } from './dom.js';

const COLOURS = [['type', 'byType'], ['actor', 'byActor'], ['sources', 'bySourceCount']];

/** Puts a label to each colour group: types, actors and numbers of sources all have names. */
export function labelGroups(groups, colour, names, words) {
  for (const group of groups) {
    if (colour === 'type') group.label = words.type(group.key);
    else if (colour === 'sources') group.label = sourcesLabel(group.key, words);
    else group.label = group.key === 'other' ? words.t('otherActors') : actorName(names.actors[names.actorIndex.get(group.key)], words.lang);
  }
}

function sourcesLabel(key, words) {
  const digits = key.replace('-', '–').replace(/\d/g, (digit) => words.num(Number(digit)));
  return words.t('sourcesGroup', { n: Number.parseInt(key, 10) }).replace(words.num(Number.parseInt(key, 10)), digits);
}

export function createLegend(element, { state, words, palette, folded = false, onFold }) {
  const colours = pick(words.t('colourBy'), COLOURS.map(([key, label]) => [key, words.t(label)]), state.get().colour, (value) => state.update({ colour: value }), '.bare');
  const fold = h('button.btn.quiet.icon.fold', { 'aria-label': words.t('foldLegend'), 'aria-expanded': 'true', onclick: () => setFolded(!('folded' in element.dataset)) }, icon('minus'), icon('plus'));
  const open = h('button.btn.quiet.legend-open', { onclick: () => setFolded(false), hidden: true }, icon('help'), words.t('legend'));
  const lines = h('ul', {}, ...lineKeys(words));
  const groups = h('ul', { hidden: true });
  const moons = h('ul.moons', { hidden: true }, ...moonKeys(words));
  const title = h('span', {}, `${words.t('colour')}: `);
  const header = h('header', {}, h('span', {}, title, colours), fold);
  replace(element, open, header, lines, groups, moons);

  function setFolded(folded) {
    element.toggleAttribute('data-folded', folded);
    fold.setAttribute('aria-expanded', String(!folded));
    const small = matchMedia('(max-width: 719px)').matches;
    open.hidden = !(folded && small);
    header.hidden = folded && small;
    onFold?.();
  }

  if (folded || matchMedia('(max-width: 719px)').matches) setFolded(true);

  let drawn = {};
  return {
    draw({ state: now }) {
      if (now.colour === drawn.colour && now.compare === drawn.compare && palette.groups === drawn.groups) return;
      drawn = { colour: now.colour, compare: now.compare, groups: palette.groups };
      const compared = Boolean(now.compare);
      lines.hidden = compared;
      moons.hidden = !compared;
      colours.hidden = compared;
      title.textContent = compared ? words.t('moonTitle') : `${words.t('colour')}: `;
      colours.querySelector('select').value = now.colour;
      groups.hidden = compared || now.colour === 'type';
      replace(groups, ...(groups.hidden ? [] : palette.groups.map((group) => h('li', {}, dot(group.fill), group.label))));
    },
    setFolded,
  };
}

function dot(colour) {
  const mark = h('span.dot', { 'aria-hidden': 'true' });
  mark.style.background = colour;
  return mark;
}

const sign = (...content) => s('svg', { width: 22, height: 22, viewBox: '0 0 22 22', 'aria-hidden': 'true' }, ...content);
const use = (href, at, size, cls = 'shape') => s('use', { class: cls, href, x: at - size, y: at - size, width: size * 2, height: size * 2 });

function lineKeys(words) {
  const glyphAt = (type, r, ...before) => { const node = sign(...before, use(`#g-${type}`, 11, r)); node.classList.add('glyph', `t-${type}`); return node; };
  const disc = s('circle', { cx: 11, cy: 11, r: 9.5, fill: 'var(--explosions)', 'fill-opacity': 0.1, stroke: 'var(--explosions-edge)', 'stroke-dasharray': '3 2.6' });
  const ring = ['ring-closed', 'ring-open'].map((part) => use(`#${part}`, 11, 10.2, part));
  return [
    h('li', {}, glyphAt('explosions', 6.4), words.t('lgExact')), h('li', {}, bubbleSign(words), words.t('lgBubble')),
    h('li', {}, glyphAt('explosions', 5.8, disc), words.t('lgAbout')), h('li', {}, glyphAt('battles', 6, ...ring), words.t('lgContested')),
    h('li', {}, hatchSign(), words.t('lgRegion')),
  ];
}

function bubbleSign(words) {
  const ring = (colour, dash, offset) => s('circle', { cx: 11, cy: 11, r: 8.2, fill: 'none', stroke: colour, 'stroke-width': 3.6, 'stroke-dasharray': dash, 'stroke-dashoffset': offset });
  return sign(s('circle', { cx: 11, cy: 11, r: 11, fill: 'var(--paper)' }), ring('var(--explosions)', '31.2 20.3', 5.6), ring('var(--battles)', '18.3 33.2', -26.6),
    s('circle', { cx: 11, cy: 11, r: 10.6, fill: 'none', stroke: 'var(--ink)', 'stroke-opacity': 0.4 }),
    s('text', { x: 11, y: 14.6, 'text-anchor': 'middle', 'font-size': 10, 'font-weight': 600, fill: 'var(--ink)' }, words.num(8)));
}

const hatchSign = () => sign(
  ...[-6, -1, 4, 9, 14].map((x) => s('path', { d: `M${Math.max(1.5, x + 2)} ${Math.min(17.5, 17.5 - Math.max(0, -0.5 - x))}L${Math.min(20.5, x + 15)} ${Math.max(4.5, 4.5 + Math.max(0, x - 5.5))}`, stroke: 'var(--ink)', 'stroke-opacity': 0.4, 'stroke-width': 1.1 })),
  s('rect', { x: 1.5, y: 4.5, width: 19, height: 13, fill: 'none', stroke: 'var(--ink)', 'stroke-opacity': 0.6 }));

function moonKeys(words) {
  const moon = (a, b) => sign(s('path', { class: 'half-a', d: `M10.5 ${11 - a}A${a} ${a} 0 0 0 10.5 ${11 + a}Z` }), s('path', { class: 'half-b', d: `M11.5 ${11 - b}A${b} ${b} 0 0 1 11.5 ${11 + b}Z` }));
  return [h('li', {}, moon(9.5, 5), words.t('moonFewer')), h('li', {}, moon(8, 8), words.t('moonSame')), h('li', {}, moon(5, 9.5), words.t('moonMore'))];
}
