/** The keys of the queue and of history pages: walking over rows, unfolding, opening. */
import { isSilentHere, queueAction } from './keys.js';
import { all, keysOff, one, setKeysOff } from './page.js';

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
  if (open && !group.dataset.hinted && all('[data-hint]', group).length) hint(group);
}

/** Says beside each event of an unfolded report which other event it may be. */
async function hint(group) {
  group.dataset.hinted = 'yes';
  const address = one('[data-href]', group).dataset.href;
  const answer = await fetch(`${address}hints/`, { headers: { Accept: 'application/json' } }).catch(() => null);
  if (!answer?.ok) return;
  const { hints } = await answer.json();
  all('[data-hint]', group).forEach((cell) => addHint(cell, hints[cell.dataset.hint]));
}

function addHint(cell, text) {
  if (!text) return;
  const [said, mark] = [document.createElement('span'), one('#merge-mark')?.content.cloneNode(true)];
  said.append(...(mark ? [mark] : []), text);
  cell.prepend(said);
}

const ACTIONS = {
  next: () => walk(1),
  previous: () => walk(-1),
  unfold: () => unfold(document.activeElement),
  search: () => one('.searchfield input')?.focus(),
  open: () => open(document.activeElement),
  hold: () => decide('hold'),
  help: askForHelp,
  undo: () => one('[data-undo]')?.requestSubmit(),
  keys: () => document.getElementById('keysheet')?.showModal(),
};

/** The report whose row has the focus, or the one that is unfolded. */
function chosen() {
  return document.activeElement?.closest('[data-row]') ?? one('[data-row].open');
}

/** Sends the form of the row's report: "hold" or "help". */
function decide(verb, reason = '') {
  const [form, row] = [document.getElementById('rowdecision'), one('[data-href]', chosen() ?? document.createElement('i'))];
  if (!form || !row) return;
  form.action = `${row.dataset.href}${verb}/`;
  form.elements.reason.value = reason;
  form.submit();
}

function askForHelp() {
  const dialog = document.getElementById('askhelp');
  const row = chosen();
  if (!dialog || !row) return;
  dialog.querySelector('[data-about]').textContent = row.querySelector('.h').textContent;
  dialog.returnValue = '';
  dialog.showModal();
}

document.getElementById('askhelp')?.addEventListener('close', (event) => {
  const question = event.target.querySelector('input').value.trim();
  if (event.target.returnValue === 'ask' && question) decide('help', question);
});
document.querySelector('[data-keysheet]')?.addEventListener('click', () => ACTIONS.keys());

function open(row) {
  const address = row?.dataset?.href ?? (row === document.body ? one('[data-verb="start"]')?.href : null);
  if (address) location.assign(address);
}

document.addEventListener('keydown', (event) => {
  if (event.target.closest('dialog')) return;
  if (isSilentHere(event, keysOff())) { if (event.code === 'Escape') event.target.blur(); return; }
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

const single = document.getElementById('single-keys');
if (single) { single.checked = !keysOff(); single.addEventListener('change', () => setKeysOff(!single.checked)); }
const first = one('[data-row]');
if (first) unfold(first.querySelector('tr'));
