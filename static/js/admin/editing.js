/** Correcting a card in place: its form is fetched, drafts are kept in the tab, Ctrl+Enter saves. */
import { cards, openCard } from './cards.js';
import { all, one } from './page.js';
import { parsePage, swapElement } from './swap.js';
import { searchPlaces } from './search_field.js';

const draftKey = (form) => `desk:draft:${form.getAttribute('action')}`;

/** Opens the form of a card at one of its groups (type, date, place, ...). */
export async function editCard(card, group) {
  const link = card.querySelector('[data-verb="edit"]');
  if (!link) return;
  const response = await fetch(link.href, { credentials: 'same-origin' });
  if (!response.ok || response.url.includes('/login/')) { location.assign(link.href); return; }
  const page = parsePage(await response.text());
  swapElement(document.getElementById(card.id), page.getElementById(card.id));
  const fresh = document.getElementById(card.id);
  openCard(fresh, { focus: false });
  prepare(fresh);
  focusGroup(fresh, group);
}

/** Drafts, place search and save keys for the form of a card, if it has one. */
export function prepare(card) {
  const form = card?.querySelector('form[data-edit]');
  if (!form || form.dataset.ready) return;
  form.dataset.ready = 'yes';
  restoreDraft(form);
  form.addEventListener('input', () => { form.setAttribute('data-dirty', ''); keepDraft(form); });
  all('[data-place-search]', form).forEach((field) => searchPlaces(field));
}

function focusGroup(card, group) {
  const row = card.querySelector(`[data-group="${group}"]`) ?? card.querySelector('[data-group]');
  const field = row?.querySelector('input:not([type=hidden]), select');
  field?.focus();
  if (field?.type === 'text') field.select();
}

function keepDraft(form) {
  const values = Object.fromEntries([...new FormData(form)].filter(([name]) => name !== 'csrfmiddlewaretoken'));
  try { sessionStorage.setItem(draftKey(form), JSON.stringify(values)); } catch { /* full or private: no draft */ }
}

function restoreDraft(form) {
  let draft = null;
  try { draft = JSON.parse(sessionStorage.getItem(draftKey(form)) ?? 'null'); } catch { draft = null; }
  if (!draft || draft.version !== form.elements.version?.value) return;
  for (const [name, value] of Object.entries(draft)) if (form.elements[name]) form.elements[name].value = value;
  form.setAttribute('data-dirty', '');
}

/** Forgets the draft of a form that was saved or dropped. */
export function forgetDraft(form) {
  form.removeAttribute('data-dirty');
  try { sessionStorage.removeItem(draftKey(form)); } catch { /* there was none */ }
}

/** Closes the form of a card without saving: the card is fetched as it stands. */
export async function dropEdit(form) {
  const { id } = form.closest('.card');
  forgetDraft(form);
  const response = await fetch(one('[data-verb="drop"]', form).href, { credentials: 'same-origin' });
  const page = parsePage(await response.text());
  document.getElementById(id).replaceWith(document.importNode(page.getElementById(id), true));
  openCard(cards().find((card) => card.id === id));
}
