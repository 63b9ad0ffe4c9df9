/** The keys of the queue and of history pages: walking over rows, unfolding, opening. */
import { isSilentHere, queueAction } from './keys.js';
import { all, one } from './page.js';

const rows = () => all('[data-row] > tr:first-child, [data-line]');

function walk(by) {
  const list = rows();
  const at = list.indexOf(document.activeElement);
  list[Math.max(0, Math.min(list.length - 1, at + by))]?.focus();
}

function unfold(row) {
  const group = row?.closest('[data-row]');
  if (!group) return;
  const open = group.classList.toggle('open');
  row.classList.toggle('now', open);
  all('tr.sub', group).forEach((sub) => { sub.hidden = !open; sub.classList.toggle('open', open); });
}

const ACTIONS = {
  next: () => walk(1),
  previous: () => walk(-1),
  unfold: () => unfold(document.activeElement),
  search: () => one('.searchfield input')?.focus(),
  open: () => open(document.activeElement),
};

function open(row) {
  const address = row?.dataset?.href ?? (row === document.body ? one('[data-verb="start"]')?.href : null);
  if (address) location.assign(address);
}

document.addEventListener('keydown', (event) => {
  if (isSilentHere(event)) { if (event.code === 'Escape') event.target.blur(); return; }
  const action = queueAction(event);
  if (!action || (action === 'open' && ['A', 'BUTTON', 'SUMMARY'].includes(event.target.tagName))) return;
  if (action.state) { one(`.tile[data-key="${action.state}"]`)?.click(); return; }
  event.preventDefault();
  ACTIONS[action]?.();
});

document.addEventListener('click', (event) => {
  const row = event.target.closest('tr[data-href]');
  if (row && !event.target.closest('a')) unfold(row);
});

const first = one('[data-row]');
if (first) unfold(first.querySelector('tr'));
