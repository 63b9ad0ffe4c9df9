/** The report desk: keys, decisions sent one after the other, parts swapped as answers come. */
import { currentCard, cards, focusFinish, lookFirst, markSentences, openCard, openNext, step } from './cards.js';
import { dropEdit, editCard, forgetDraft, prepare } from './editing.js';
import { GROUPS, deskAction, digitOf, isSilentHere } from './keys.js';
import { drawLead, followLead, partMarks } from './lead.js';
import { drawLocators } from './locator.js';
import { all, bodyOf, keysOff, one, openQuestion, say, setKeysOff, strip, targetOf } from './page.js';
import { createPopover } from './popover.js';
import { selectedSpan } from './selection.js';
import { createSender } from './sender.js';
import { parsePage, swapDesk } from './swap.js';

const SHOWN_AFTER_MS = 400;
const sender = createSender({ fetch: (...args) => fetch(...args), onState: showState });
const popover = createPopover(document.getElementById('popover'), { onSend: sendChoice, onClose: (link) => backTo(link) });
let savingTimer = 0;

/* ---- sending ---- */

function showState({ pending, offline }) {
  const line = document.getElementById('saved');
  const text = one('[data-saved-text]', line ?? document.body);
  clearTimeout(savingTimer);
  const show = () => { if (text) text.textContent = `${line.dataset.saving} ${pending}`; };
  if (pending) savingTimer = setTimeout(show, SHOWN_AFTER_MS);
  strip('offline', offline ? message('offline', pending) : '', 'warnstrip');
}

function message(key, value = '') {
  return (document.getElementById('messages')?.dataset[key] ?? '').replace('%s', value);
}

/** Sends a form; when the answer comes the page takes over what changed. */
async function send(form, button = null) {
  const job = { url: targetOf(form, button), body: bodyOf(form, button) };
  const editing = form.matches('[data-edit]');
  if (editing) form.removeAttribute('data-dirty'); // its answer may take its place
  const answer = await deliver(job);
  const taken = take(answer, form);
  if (editing && taken) forgetDraft(form);
  if (editing && !isDesk(answer) && answer.status !== 409) form.setAttribute('data-dirty', '');
  return taken;
}

async function sendChoice(url, body) {
  body.set('card', currentCard()?.dataset.event ?? '');
  take(await deliver({ url, body }));
}

/** Sends a job. Who signed in again elsewhere has a new token: it is fetched, and the job sent with it. */
async function deliver(job) {
  const answer = await sender.send(job);
  if (answer.status !== 403) return answer;
  const { url, token } = await freshToken();
  if (!token) return { ...answer, url };
  all('[name="csrfmiddlewaretoken"]').forEach((field) => { field.value = token; });
  job.body.set('csrfmiddlewaretoken', token);
  return sender.send(job);
}

async function freshToken() {
  const response = await fetch(location.pathname, { credentials: 'same-origin' }).catch(() => null);
  if (!response?.ok || response.url.includes('/login/')) return { url: response?.url ?? '', token: '' };
  return { url: response.url, token: one('[name="csrfmiddlewaretoken"]', parsePage(await response.text()))?.value ?? '' };
}

/** Whether an answer is a page of the desk: an error of the server or of the network's is none. */
function isDesk({ url, text }) {
  return !url.includes('/login/') && text.includes('id="part-cards"');
}

function take(answer, form = null) {
  const { status, url, text } = answer;
  if (url.includes('/login/')) { signedOut(); return false; }
  const page = parsePage(text);
  if (status === 409) { showConflict(page, form); return false; }
  strip('signed-out', '');
  strip('failed', isDesk(answer) || status < 400 ? '' : message('failed', status));
  if (!isDesk(answer) && status >= 400) { all('.card.sending').forEach((card) => card.classList.remove('sending')); return false; }
  const open = currentCard()?.id;
  document.activeElement?.closest('form[data-edit]')?.contains(form) && document.activeElement.blur();
  swapDesk(page);
  afterSwap(open);
  return status < 400;
}

function afterSwap(openId) {
  const open = openId && document.getElementById(openId);
  if (open) {
    cards().forEach((card) => card.classList.toggle('now', card === open));
    markSentences(open, { scroll: false });
    if (document.activeElement === document.body) open.focus({ preventScroll: true });
  } else if (document.activeElement === document.body) focusFinish();
  cards().forEach(prepare);
  partMarks();
  drawLocators();
  drawLead();
}

function signedOut() {
  const line = strip('signed-out', message('signedOut'), 'warnstrip');
  const link = document.createElement('a');
  Object.assign(link, { href: location.pathname, target: '_blank', rel: 'noopener', className: 'btn sml', textContent: message('signIn') });
  line.append(link);
}

/** Both values beside each other, in the card they belong to. */
function showConflict(page, form) {
  const conflict = page.querySelector('[data-conflict]');
  const card = form?.closest('.card') ?? currentCard();
  if (!conflict || !card) return;
  card.querySelector('[data-conflict]')?.remove();
  card.classList.remove('sending');
  card.querySelector('.full').prepend(document.importNode(conflict, true));
  openCard(card);
}

/* ---- decisions ---- */

function decide(card, verb) {
  const button = card.querySelector(`[data-verb="${verb}"]`);
  if (!button) return;
  card.classList.add('sending');
  openNext(card);
  send(button.form, button);
}

async function pressEnter(event) {
  if (event.target.closest('#part-finish')) { event.preventDefault(); finish(); return; }
  const card = event.target.classList.contains('card') ? event.target : null;
  if (!card || !card.querySelector('[data-verb="confirm"]')) return;
  event.preventDefault();
  if (!lookFirst(card)) decide(card, 'confirm');
}

/** Finish goes through once every decision has arrived; an open check takes the focus instead. */
async function finish() {
  await sender.idle();
  const form = document.getElementById('part-finish');
  const button = form?.querySelector('[data-verb="finish"]');
  if (button && !button.disabled) { form.submit(); return; }
  const hindered = form?.querySelector('[data-card]');
  const waiting = cards().find((card) => card.dataset.state === 'candidate');
  const target = hindered ? document.getElementById(`card-${hindered.dataset.card}`) : waiting;
  if (target) openCard(target);
  say(form?.textContent.replace(/\s+/g, ' ').trim() ?? '');
}

function backTo(link) {
  const card = currentCard();
  if (link?.isConnected && link === document.activeElement) return;
  (card ?? link)?.focus({ preventScroll: true });
}

function walkMarks(by) {
  const marks = all('a.m.place:not(.v):not(.x)');
  const at = marks.indexOf(document.activeElement);
  const mark = marks[at < 0 ? (by > 0 ? 0 : marks.length - 1) : Math.max(0, Math.min(marks.length - 1, at + by))];
  mark?.focus();
  mark?.scrollIntoView({ block: 'nearest' });
}

function addEvent() {
  const span = selectedSpan(one('[data-report-text]'));
  if (!span) { say(message('select')); return; }
  const form = document.getElementById('adding');
  [form.elements.start.value, form.elements.end.value] = span;
  form.submit();
}

async function undo() {
  await sender.idle();
  const form = one('[data-undo]');
  if (form) send(form); else say(message('nothing'));
}

/* ---- keys ---- */

const ACTIONS = {
  next: () => step(1),
  previous: () => step(-1),
  reject: (card) => openQuestion(one('[data-ask="reject"]', card)),
  help: (card) => openQuestion(card ? one('[data-ask="help"]', card) : one('[data-ask="report-help"]')),
  merge: (card) => one('[data-verb="merge"]', card)?.click(),
  undo,
  hold: () => one('[data-hold]')?.requestSubmit(),
  mark: () => walkMarks(1),
  markBefore: () => walkMarks(-1),
  add: addEvent,
  reportBefore: () => one('[data-verb="previous"]')?.click(),
  reportAfter: () => one('[data-verb="next"]')?.click(),
  keys: () => document.getElementById('keysheet')?.showModal(),
};

function closeInnermost(event) {
  const details = event.target.closest('details[open]');
  const form = event.target.closest('form[data-edit]');
  if (popover.isOpen()) popover.close();
  else if (details) { details.open = false; details.closest('.card')?.focus(); }
  else if (form) dropEdit(form);
  else event.target.closest('.card')?.focus();
}

function onKey(event) {
  if (event.target.closest('dialog')) return;
  if (event.code === 'Escape') { closeInnermost(event); return; }
  const form = event.target.closest('form[data-edit]');
  if (form && event.ctrlKey && event.code === 'Enter') { event.preventDefault(); save(form); return; }
  if (isSilentHere(event, keysOff())) return;
  if (pressQuestion(event)) return;
  const action = deskAction(event);
  if (action === 'decide') { pressEnter(event); return; }
  const card = currentCard();
  if (action in GROUPS) { event.preventDefault(); if (card) editCard(card, GROUPS[action]); return; }
  if (!ACTIONS[action]) return;
  event.preventDefault();
  ACTIONS[action](card);
}

/** 1-6 answer the question why, 1 and 2 a conflict. */
function pressQuestion(event) {
  const digit = digitOf(event);
  const card = currentCard();
  const root = card?.querySelector('[data-conflict]') ?? card?.querySelector('[data-ask="reject"][open]');
  const button = digit && root ? root.querySelector(`[data-key="${digit}"]`) : null;
  if (!button) return false;
  event.preventDefault();
  button.click();
  return true;
}

async function save(form) {
  const { id } = form.closest('.card');
  const saved = await send(form);
  const card = document.getElementById(id);
  if (saved) openCard(card);
  else one('.frow:has(.errorlist) :is(input:not([type="hidden"]), select)', card)?.focus();
}

/* ---- clicks and forms ---- */

function onSubmit(event) {
  const form = event.target;
  if (form.matches('[data-edit]')) { event.preventDefault(); save(form); return; }
  if (form.matches('[data-undo]')) { event.preventDefault(); undo(); return; }
  if (!form.matches('[data-decide], .harmask, [data-conflict] form')) return;
  event.preventDefault();
  const card = form.closest('.card');
  form.closest('details')?.removeAttribute('open');
  const decided = /\/(?:confirm|reject)\/$/.test(targetOf(form, event.submitter));
  if (decided) { card.classList.add('sending'); openNext(card); } else card?.focus({ preventScroll: true });
  send(form, event.submitter);
}

function onClick(event) {
  const link = event.target.closest('a.m[data-mention]');
  if (link && !event.ctrlKey && !event.metaKey) { event.preventDefault(); popover.open(link); return; }
  const edit = event.target.closest('[data-verb="edit"]');
  const card = event.target.closest('.card');
  if (edit) { event.preventDefault(); editCard(card, 'type'); return; }
  const drop = event.target.closest('[data-verb="drop"]');
  if (drop) { event.preventDefault(); dropEdit(drop.closest('form')); return; }
  const mark = event.target.closest('.mark[data-card], .steps a, .finish a[data-card]');
  if (mark) { event.preventDefault(); openCard(document.getElementById(`card-${mark.dataset.card}`)); return; }
  if (event.target.closest('[data-keysheet]')) { ACTIONS.keys(); return; }
  if (card && !card.classList.contains('now')) openCard(card, { focus: !event.target.closest('a, button, summary, input, select') });
}

function onThumb(event) {
  const { thumb } = event.currentTarget.dataset;
  const card = currentCard();
  if (!card) { finish(); return; }
  if (thumb === 'confirm') { if (!lookFirst(card)) decide(card, 'confirm'); } else if (thumb === 'edit') editCard(card, 'type'); else ACTIONS[thumb]?.(card);
}

document.addEventListener('keydown', onKey);
document.addEventListener('submit', onSubmit);
document.addEventListener('click', onClick);
document.addEventListener('focusin', (event) => {
  const card = event.target.classList?.contains('card') ? event.target : null;
  if (card && !card.classList.contains('now')) openCard(card, { focus: false });
});
all('[data-thumb]').forEach((button) => button.addEventListener('click', onThumb));
window.addEventListener('online', () => sender.retry());
window.addEventListener('beforeunload', (event) => { if (sender.pending()) event.preventDefault(); });
const single = document.getElementById('single-keys');
if (single) { single.checked = !keysOff(); single.addEventListener('change', () => setKeysOff(!single.checked)); }
document.documentElement.classList.add('desk-ready');
followLead(one('.text'), one('.cards'));
cards().forEach(prepare);
partMarks();
document.fonts?.ready.then(() => { partMarks(); drawLead(); });
const wanted = location.hash.startsWith('#card-') ? document.querySelector(`.card${location.hash}`) : null;
const first = wanted ?? one('.card.now') ?? cards().find((card) => card.dataset.state === 'candidate');
if (first) openCard(first); else focusFinish();
