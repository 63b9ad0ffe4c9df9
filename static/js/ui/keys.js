/** The keyboard: what each key does, and the sheet that says so. */
import { openDialog } from './dialog.js';
import { h } from './dom.js';

const SHEET = [
  ['keySearch', ['/', 'Ctrl K']], ['keyDay', ['←', '→']], ['keyMonth', ['Shift ←', 'Shift →']], ['keyResize', ['[', ']']], ['keyPlay', ['Space']],
  ['keyWalk', ['j', 'k']], ['keyOpen', ['Enter']], ['keyClose', ['Esc']], ['keyCompare', ['c']], ['keyFilters', ['f']], ['keyMap', ['Tab', '← ↑', '+ −']], ['keyKeys', ['?']],
];

export function openKeys(words) {
  openDialog(words.t('keys'), words, h('ul.keys-list', {}, ...SHEET.map(([label, keys]) =>
    h('li', {}, h('span', {}, words.t(label)), h('span', { dir: 'ltr' }, ...keys.map((key) => h('span.kbd', {}, key)))))));
}

/**
 * Listens for the whole page. `actions` are functions by name; keys typed into fields stay there.
 * @param {{search, shift, resize, play, walk, open, close, compare, filters, help}} actions
 */
export function listenForKeys(document, actions, { rtl }) {
  document.addEventListener('keydown', (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') { event.preventDefault(); actions.search(); return; }
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector('dialog[open]')) return;
    if (event.key === 'Escape') { actions.close(event); return; }
    if (typing(event.target)) return;
    const act = actionOf(event, actions, rtl);
    if (act) { event.preventDefault(); act(); }
  });
}

const typing = (target) => target.closest?.('input, textarea, select, [contenteditable]') !== null;

function actionOf(event, actions, rtl) {
  const { key, shiftKey, target } = event;
  if (actions.story && (key === 'ArrowLeft' || key === 'ArrowRight') && !target.closest?.('[role="slider"]')) return () => actions.story((key === 'ArrowRight') !== rtl ? 1 : -1);
  const inMap = target.closest?.('.map-canvas');
  if ((key === 'ArrowLeft' || key === 'ArrowRight') && !inMap) {
    const sign = (key === 'ArrowRight') !== rtl ? 1 : -1;
    return () => actions.shift(shiftKey ? { months: sign, days: 0 } : { days: sign, months: 0 });
  }
  if (key === ' ') return target.closest?.('button, a, [role="slider"], .card, .list-port') && !target.closest('.go') ? null : actions.play;
  if (key === 'Enter') return target.closest?.('button, a, [role]') && !inMap ? null : actions.open;
  const simple = { '/': actions.search, j: () => actions.walk(1), k: () => actions.walk(-1), '?': actions.help, c: actions.compare, f: actions.filters, '[': () => actions.resize(-1), ']': () => actions.resize(1) };
  return simple[key] ?? null;
}
