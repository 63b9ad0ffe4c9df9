/** One event as an item of the list; the nodes are made once and filled again as the list scrolls. */
import { placeName } from '../model/names.js';
import { glyph, h, replace, setText } from './dom.js';
import { marksOf, quoteNodes } from './quote.js';

const PRECISION = { 1: 'exactShort', 2: 'aboutShort', 3: 'regionShort' };

/** @returns {{element, button, fill(event, text)}} `event` is what describe() gives, `text` of texts.js or null */
export function createItem(words, onOpen) {
  const date = h('span');
  const killed = h('span.fat.num');
  const sign = h('span');
  const title = h('span');
  const button = h('button.it-open', { onclick: () => onOpen() }, title);
  const quote = h('p.q');
  const [sources, precision, unsure, contested] = [h('span'), h('span'), h('span'), h('span.flag')];
  const element = h('li.it', { onclick: (event) => { if (!button.contains(event.target)) onOpen(); } },
    h('div.r1', {}, date, killed), h('h3', {}, sign, button), quote, h('p.r4', {}, sources, precision, unsure, contested));
  let drawn = '';

  function fill(event, text) {
    setText(date, words.span(event.start, event.end));
    setText(killed, killedText(event, words));
    const shape = `${event.eventType}${event.contested}`;
    if (shape !== drawn) { drawn = shape; replace(sign, glyph(event.eventType, 18, { contested: event.contested, share: 0.68 })); }
    setText(title, titleOf(event, text, words));
    quote.classList.toggle('is-waiting', text === null);
    if (text === null) replace(quote); else replace(quote, ...wordsOf(text));
    quote.dir = 'auto';
    setText(sources, event.sourceCount ? words.t('sources', { n: event.sourceCount }) : '');
    setText(precision, words.t(PRECISION[event.precision]));
    setText(unsure, event.uncertain ? words.t('uncertainDate') : '');
    setText(contested, event.contested ? words.t('contested') : '');
    unsure.hidden = !event.uncertain;
    contested.hidden = !event.contested;
    sources.hidden = !event.sourceCount;
  }

  return { element, button, fill };
}

/** The first claim's words, the telling ones marked; the summary where nothing may be quoted. */
function wordsOf({ claims = [], summary = '', is_graphic: graphic }) {
  const claim = claims.find(({ quote }) => quote);
  if (!claim || graphic) return [summary];
  return quoteNodes(claim.quote, marksOf(claim));
}

/** "Shelling, Ad Dana"; where only a region is known, "Shelling, somewhere in Afrin". */
export function titleOf(event, text, words) {
  return words.t('titleAt', { what: words.title(event.subType), where: whereOf(event, words) });
}

export function whereOf({ place, precision }, words) {
  if (!place) return words.t(precision === 3 ? 'somewhere' : 'unnamedPlace');
  const name = placeName(place, words.lang);
  if (precision === 3 && place.kind === 'route') return words.t('along', { place: name });
  return precision === 3 ? words.t('somewhereIn', { place: name }) : name;
}

/** "4 killed", "2–12 killed", or nothing when no figure is stated. */
export function killedText({ low, best, high }, words) {
  const least = low ?? best;
  const most = high ?? best;
  if (least === null || most === null || most === 0) return '';
  if (least === most) return words.t('killed', { n: least });
  return words.t('killed', { n: most }).replace(words.num(most), `${words.num(least)}–${words.num(most)}`);
}
