/** What was said, and by whom. Violence told in detail stays veiled until it is asked for. */
import { dayOf } from '../model/time.js';
import { h, replace } from './dom.js';
import { marksOf, quoteNodes } from './quote.js';

const STANCE = { asserts: 'asserts', denies: 'denies', doubts: 'doubts' };

export function createClaims(words) {
  const opened = new Set();

  function render(event, text, retry) {
    if (text?.failed) return h('div.claims', {}, h('p.note', {}, words.t('cardFailed'), ' ', h('button.link', { onclick: retry }, words.t('tryAgain'))));
    if (!text) return h('div.claims', { 'aria-busy': 'true' }, h('div.card-wait'), h('div.card-wait'), h('div.card-wait'));
    const claims = text.claims ?? [];
    const box = h('div.claims');
    const fill = () => replace(box,
      h('h2', {}, words.t('claims', { n: claims.length }), event.contested && h('span', {}, `· ${words.t('contestedNote')}`)),
      claims.length === 0 && text.dataset && h('p.note', {}, words.t('fromDataset', { name: text.dataset, id: text.external_id ?? '' })),
      ...(text.is_graphic && !opened.has(text.uid) ? [veil(text, fill)] : claims.map(claimNode)));
    fill();
    return box;
  }

  const veil = (text, show) => h('div.veil', {}, h('p', {}, words.t('graphic')), h('button.btn', { onclick: () => { opened.add(text.uid); show(); } }, words.t('show')));

  function claimNode(claim) {
    const stance = STANCE[claim.stance] ?? 'asserts';
    const day = claim.published ? dayOf(claim.published) : null;
    const mode = claim.modality ? words.t(claim.modality) : '';
    return h(`div.claim.${stance}`, {},
      h('blockquote', { dir: 'auto' }, ...quoteNodes(claim.quote, marksOf(claim))),
      h('p.by', {}, h('span.stance', {}, words.t(stance)), mode && h('span', {}, mode), h('b', {}, h('bdi', {}, claim.source)),
        saidByAnother(claim) && h('span', {}, words.t('saidBy', { who: claim.reported_by })), day !== null && h('span', {}, words.day(day)),
        safeUrl(claim.url) && h('a', { href: claim.url, rel: 'noopener noreferrer nofollow', target: '_blank' }, words.t('report'))));
  }

  return { render };
}

/** Only web addresses become links. */
export function safeUrl(url) {
  try {
    return ['http:', 'https:'].includes(new URL(url).protocol);
  } catch {
    return false;
  }
}

/** Is it somebody else's word than that of the source which brings it? */
export const saidByAnother = ({ source = '', reported_by: by }) => Boolean(by) && by.trim().toLowerCase() !== source.trim().toLowerCase();
