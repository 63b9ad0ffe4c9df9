/** Takes over the parts of an answered page, leaving alone where somebody is typing. */

const PARTS = ['part-bar', 'strips', 'part-text', 'part-finish', 'part-toast'];

/** A page's text as a document; scripts in it do not run. */
export function parsePage(text) {
  return new DOMParser().parseFromString(text, 'text/html');
}

/** Replaces the desk's parts by those of `page`; cards one by one. */
export function swapDesk(page) {
  for (const id of PARTS) swapElement(document.getElementById(id), page.getElementById(id));
  swapCards(page);
}

function swapCards(page) {
  const here = document.getElementById('part-cards');
  const there = page.getElementById('part-cards');
  if (!here || !there) return;
  const ids = (root) => [...root.querySelectorAll('.card')].map((card) => card.id).join(' ');
  if (ids(here) !== ids(there)) {
    if (!isTyping(here)) here.replaceWith(document.importNode(there, true));
    return;
  }
  for (const card of there.querySelectorAll('.card')) swapElement(document.getElementById(card.id), card);
  swapElement(here.querySelector('.stmts'), there.querySelector('.stmts'));
}

/** Puts `fresh` in the place of `old` unless somebody types in the old one. */
export function swapElement(old, fresh) {
  if (!old || !fresh || isTyping(old)) return;
  const copy = document.importNode(fresh, true);
  keepFocus(old, copy);
}

function keepFocus(old, copy) {
  const focused = document.activeElement;
  const had = old === focused || old.contains(focused);
  const path = had ? anchorOf(focused) : null;
  old.replaceWith(copy);
  if (had) (path && (document.getElementById(path) ?? copy)).focus({ preventScroll: true });
}

function anchorOf(element) {
  return element.closest('[id]')?.id ?? null;
}

function isTyping(element) {
  const focused = document.activeElement;
  const typing = focused && element.contains(focused) && focused.matches('input:not([type=checkbox], [type=radio]), textarea, select');
  return typing || element.querySelector('[data-dirty]') !== null;
}
