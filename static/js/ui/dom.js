/** Elements from data, never from markup: text goes in as text. */

const SVG = 'http://www.w3.org/2000/svg';

/**
 * @param {string} tag 'div', 'button.btn.quiet' (classes after dots)
 * @param {object} [props] `on*` functions, `dataset`, `hidden`..., everything else as attributes
 * @param {...(Node | string | null | false)} children
 */
export function h(tag, props = {}, ...children) {
  const [name, ...classes] = tag.split('.');
  const node = document.createElement(name);
  if (classes.length) node.className = classes.join(' ');
  if (name === 'button') node.type = 'button';
  for (const [key, value] of Object.entries(props)) setProp(node, key, value);
  node.append(...children.flat().filter((child) => child !== null && child !== false && child !== undefined));
  return node;
}

function setProp(node, key, value) {
  if (value === null || value === undefined || value === false) return;
  if (key.startsWith('on')) node.addEventListener(key.slice(2), value);
  else if (key === 'dataset') Object.assign(node.dataset, value);
  else if (key === 'value' || key === 'checked') node[key] = value;
  else node.setAttribute(key, value === true ? '' : value);
}

export function s(tag, props = {}, ...children) {
  const node = document.createElementNS(SVG, tag);
  for (const [key, value] of Object.entries(props)) if (value !== null && value !== undefined) node.setAttribute(key, value);
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

/** An icon of the page's sprite; `flip` mirrors it in right-to-left pages. */
export const icon = (name, flip = false) => s('svg', { class: flip ? 'i flip' : 'i', 'aria-hidden': 'true' }, s('use', { href: `#i-${name}` }));

/** The shape of an event type, with the split ring when contested. */
export function glyph(type, size = 16, { contested = false, share = 1 } = {}) {
  const inner = contested ? 0.6 : share;
  return s('svg', { class: `glyph t-${type}`, width: size, height: size, viewBox: '-10 -10 20 20', 'aria-hidden': 'true' },
    contested && s('use', { class: 'ring-closed', href: '#ring-closed', x: -10, y: -10, width: 20, height: 20 }),
    contested && s('use', { class: 'ring-open', href: '#ring-open', x: -10, y: -10, width: 20, height: 20 }),
    s('use', { class: 'shape', href: `#g-${type}`, x: -10 * inner, y: -10 * inner, width: 20 * inner, height: 20 * inner }));
}

const SHOWN = Symbol('text shown');
const HIDDEN = Symbol('hidden');

/** Sets text only where it differs, without asking the page; the text node stays. For nodes that hold text alone. */
export function setText(node, text) {
  if (node[SHOWN] === text) return;
  node[SHOWN] = text;
  const only = node.firstChild;
  if (only?.nodeType === 3 && only === node.lastChild) only.data = text; else node.textContent = text;
}

/** Shows or hides, written only where it differs. */
export function setHidden(node, hidden) {
  if (node[HIDDEN] === hidden) return;
  node[HIDDEN] = node.hidden = hidden;
}

export const replace = (node, ...children) => node.replaceChildren(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));

/** A native select with the page's look. `options`: [value, label][]. */
export function pick(label, options, value, onchange, extra = '') {
  const select = h('select', { 'aria-label': label, onchange: () => onchange(select.value) },
    ...options.map(([key, text]) => h('option', { value: key, selected: key === value }, text)));
  return h(`span.pick${extra}`, {}, select, icon('down'));
}
