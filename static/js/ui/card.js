/** The card of one event: what, when, where, who, how many; then every claim with its words. */
import { actorName, ancestors, placeName } from '../model/names.js';
import { describe } from '../model/snapshot.js';
import { createClaims } from './claims.js';
import { glyph, h, icon, replace } from './dom.js';
import { paintFigures } from './figures.js';
import { titleOf } from './item.js';

const WHEN = { day: 'dayKnown', week: 'weekKnown', month: 'monthKnown', year: 'yearKnown' };

/**
 * @param {HTMLElement} element
 * @param {{words, actions: {close(), step(n), cite(event, text), copy(event, text, button)}, position(row)}} options
 */
export function createCard(element, { words, actions, position }) {
  const claims = createClaims(words);
  let shown = -1;
  let fresh = true;

  function open(rows, row, texts) {
    shown = row;
    fresh = true;
    const event = describe(rows.snapshot, rows.names, row);
    render(event, rows, texts?.peek(row) ?? null, () => load(event, rows, row, texts));
    load(event, rows, row, texts);
    element.querySelector('.close').focus({ preventScroll: true });
  }

  /** First what the snapshot knows; the words come with the texts' block. */
  async function load(event, rows, row, texts) {
    if (!texts || texts.peek(row)) return;
    try {
      const text = await texts.of(row);
      if (shown === row) render(event, rows, text, () => load(event, rows, row, texts));
    } catch {
      if (shown === row) render(event, rows, { failed: true }, () => load(event, rows, row, texts));
    }
  }

  function render(event, rows, text, retry) {
    const kept = element.querySelector('.card')?.scrollTop ?? 0;
    const focused = element.contains(document.activeElement) ? document.activeElement.dataset.key : null;
    replace(element, bar(event), body(event, rows, text, retry), foot(event, text?.failed ? null : text));
    element.querySelector('.card').scrollTop = text && !fresh ? kept : 0;
    fresh = false;
    if (focused) element.querySelector(`[data-key="${focused}"]`)?.focus({ preventScroll: true });
  }

  function bar(event) {
    const { k, n } = position(event.row);
    const button = (name, label, key, onclick, extra = '') => h(`button.btn.quiet.icon${extra}`, { 'aria-label': label, dataset: { key }, onclick }, icon(name));
    return h('div.card-bar', {},
      h('button.btn.quiet.back', { dataset: { key: 'back' }, onclick: actions.close }, icon('prev', true), words.t('back')), h('span.grow'),
      h('span.pos.num', {}, k >= 0 ? words.t('position', { k: k + 1, n }) : ''),
      button('up', `${words.t('previous')} (k)`, 'up', () => actions.step(-1)), button('down', `${words.t('next')} (j)`, 'down', () => actions.step(1)),
      button('x', `${words.t('close')} (Esc)`, 'x', actions.close, '.close'));
  }

  function body(event, rows, text, retry) {
    const title = text?.summary || titleOf(event, null, words);
    return h('article.card', { tabindex: '0', 'aria-label': title },
      h('p.kind', {}, glyph(event.eventType, 20, { contested: event.contested }),
        h('span', {}, words.type(event.eventType), h('span.muted', {}, ' / '), words.subType(event.subType))),
      h('h1', { dir: 'auto' }, title),
      h('dl.facts', {}, when(event, text), where(event, rows), who(event, text), howMany(event, text)),
      claims.render(event, text, retry));
  }

  const fact = (label, ...content) => h('div', {}, h('dt', {}, label), h('dd', {}, ...content));

  function when({ start, end, timePrecision }, text) {
    const note = end > start ? words.t('rangeOf', { n: end - start + 1 }) : words.t(WHEN[timePrecision]);
    const phrase = text?.claims?.map((claim) => claim.date_text).find(Boolean);
    return fact(words.t('reported'), h('b', {}, words.spanLong(start, end)), h('span.muted', {}, ` · ${note}`),
      phrase && h('small', {}, words.t('fromWords', { words: phrase })));
  }

  function where({ place, lat, lon, radiusKm, precision }, rows) {
    const around = place ? ancestors(rows.names, rows.names.placeIndex.get(place.slug)).map((i) => placeName(rows.names.places[i], words.lang)) : [];
    const why = precision === 1 ? words.t('exactWhy') : precision === 2 ? words.t('aboutWhy', { n: Math.max(1, Math.round(radiusKm)) }) : words.t('regionWhy');
    const join = words.lang === 'ar' ? '، ' : ', ';
    return fact(words.t('where'), place ? h('b', {}, placeName(place, words.lang)) : h('span', {}, words.t('unnamedPlace')), around.length ? join + around.join(join) : null,
      h('small', {}, why, precision < 3 && h('span', {}, ' ', h('bdi', { dir: 'ltr' }, `${lat.toFixed(3)}, ${lon.toFixed(3)}`))));
  }

  function who({ actors }, text) {
    const isTarget = (actor) => text?.roles?.[actor.slug] === 'target';
    const join = words.lang === 'ar' ? '، ' : ', ';
    const named = (list) => list.map((actor) => actorName(actor, words.lang)).join(join);
    const [targets, others] = [actors.filter(isTarget), actors.filter((actor) => !isTarget(actor))];
    if (targets.length && others.length) return fact(words.t('actors'), named(others), h('span.muted', {}, ` ${words.t('against')} `), named(targets));
    return actors.length ? fact(words.t('actors'), named(actors)) : null;
  }

  function howMany({ low, best, high }, text) {
    const least = low ?? best;
    const most = high ?? best;
    if (least === null) return fact(words.t('killedLabel'), h('span.muted', {}, words.t('notStated')));
    const said = (text?.claims ?? []).filter((claim) => claim.fatalities?.some((n) => n !== null));
    const range = least === most ? words.num(least) : `${words.num(least)} – ${words.num(most)}`;
    const note = said.length > 1 && least !== most ? words.t(best === null || best === least ? 'differ' : 'differCoded', { n: best ?? least }) : best !== null && least !== most ? words.t('coded', { n: best }) : '';
    return fact(words.t('killedLabel'), h('b.num', {}, range), note && h('span.muted', {}, ` · ${note}`),
      said.length > 1 && paintFigures(said, words));
  }

  function foot(event, text) {
    return h('footer.card-foot', {},
      h('button.btn', { dataset: { key: 'link' }, disabled: !text, onclick: (e) => actions.copy(event, text, e.currentTarget) }, icon('link'), words.t('copyLink')),
      h('button.btn', { dataset: { key: 'cite' }, disabled: !text, onclick: (e) => actions.cite(event, text, e.currentTarget) }, icon('cite', true), words.t('cite')), h('span.grow'),
      text && h('a.btn', { dataset: { key: 'page' }, href: `/events/${encodeURIComponent(text.uid)}/?lang=${words.lang}` }, icon('open', true), words.t('openPage')));
  }

  return { open, get row() { return shown; }, close() { shown = -1; replace(element); } };
}
