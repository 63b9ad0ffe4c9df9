/** One row of a filter: mark, label, live count, bar. */
import { h, setText } from './dom.js';

/** A bar has so many lengths: about one a pixel. */
const STEPS = 160;

/**
 * @param {{label: string, mark: Node, onToggle: () => void, onOnly?: () => void, classes?: string}} options
 * @returns {{element, set(n: number, max: number, checked: 'true' | 'mixed' | 'false', text: string)}}
 */
export function createOption({ label, mark, onToggle, onOnly = null, classes = '' }) {
  const number = h('span.n.num');
  const bar = h('i');
  const element = h('button.opt', { role: 'checkbox', 'aria-checked': 'false', title: label, onclick: onToggle, ondblclick: onOnly },
    mark, h('span.lab', {}, label), number, h('span.bar', { 'aria-hidden': 'true' }, bar));
  if (classes) element.classList.add(...classes.split(' '));
  let shown = '';
  let width = -1;
  return {
    element,
    set(n, max, checked, text) {
      setText(number, text);
      const share = max > 0 ? Math.ceil((n / max) * STEPS) : 0;
      if (share !== width) { width = share; bar.style.transform = `scaleX(${share / STEPS})`; }
      const key = n === 0 ? `${checked}-` : checked;
      if (key === shown) return;
      shown = key;
      element.setAttribute('aria-checked', checked);
      element.classList.toggle('is-none', n === 0);
      element.querySelector('.glyph')?.classList.toggle('is-off', checked === 'false');
    },
  };
}

export const box = () => h('span.box', { 'aria-hidden': 'true' });
