/** Walking over the cards of a report: which one is open, which comes next. */
import { all, one, say } from './page.js';
import { drawLead } from './lead.js';
import { drawLocators } from './locator.js';

export const cards = () => all('.card');
export const currentCard = () => one('.card.now') ?? cards().find((card) => card.contains(document.activeElement)) ?? null;
const isOpen = (card) => card.dataset.state === 'candidate' && !card.classList.contains('sending');
const finishForm = () => document.getElementById('part-finish');

/** Opens a card: it gets the focus, and its sentence scrolls to the upper third of the text. */
export function openCard(card, { focus = true } = {}) {
  if (!card) return;
  cards().forEach((other) => { other.classList.toggle('now', other === card); delete other.dataset.looked; });
  card.setAttribute('aria-current', 'true');
  markSentences(card);
  if (focus) card.focus({ preventScroll: true });
  card.scrollIntoView({ block: 'nearest' });
  drawLocators(card);
  drawLead();
}

/** Washes the sentences of the open card and fills its number in the margin. */
export function markSentences(card, { scroll = true } = {}) {
  const key = card?.dataset.event;
  for (const sentence of all('.sent')) {
    const own = sentence.dataset.cards.split(' ').includes(key);
    const past = !own && sentence.querySelector('.mark.done') !== null;
    sentence.classList.toggle('on', own);
    sentence.classList.toggle('past', past);
  }
  all('.mark, .steps a').forEach((mark) => mark.classList.toggle('now', mark.dataset.card === key));
  if (scroll) scrollToThird(one('.sent.on'));
}

function scrollToThird(sentence) {
  const column = sentence?.closest('.text');
  if (!column) return;
  const [box, frame] = [sentence.getBoundingClientRect(), column.getBoundingClientRect()];
  if (box.top >= frame.top + 40 && box.bottom <= frame.top + frame.height * 0.72) return;
  column.scrollTop += box.top - frame.top - frame.height / 3;
}

/** The next or previous stop: cards, statements are passed over, then Finish; no wrap. */
export function step(by) {
  const stops = [...cards(), finishForm()].filter(Boolean);
  const at = stops.findIndex((stop) => stop === currentCard() || stop.contains(document.activeElement));
  const stop = stops[Math.max(0, Math.min(stops.length - 1, at + by))];
  if (stop === finishForm()) focusFinish(); else openCard(stop);
}

/** After a decision: the next card that waits, from here on and then from the top; else Finish. */
export function openNext(card) {
  const list = cards();
  const at = list.indexOf(card);
  const next = [...list.slice(at + 1), ...list.slice(0, at)].find(isOpen);
  if (next) openCard(next); else focusFinish();
  return next ?? null;
}

export function focusFinish() {
  const form = finishForm();
  if (!form) return;
  cards().forEach((card) => card.classList.remove('now'));
  markSentences(null, { scroll: false });
  const button = form.querySelector('button:not([disabled])');
  (button ?? form).focus();
  drawLead();
  say(form.textContent.replace(/\s+/g, ' ').trim());
}

/** The field that has to be looked at before Enter confirms; null once it was looked at. */
export function lookFirst(card) {
  if (!card.dataset.look || card.dataset.looked) return null;
  card.dataset.looked = 'yes';
  const fact = card.querySelector(`[data-fact="${card.dataset.look}"]`);
  fact?.classList.add('on');
  say(fact ? fact.textContent.replace(/\s+/g, ' ').trim() : '');
  return fact;
}
