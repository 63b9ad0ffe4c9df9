/** One sentence says what is on screen; it is announced once it rests. */
import { createRest } from '../model/rest.js';
import { dayOf } from '../model/time.js';
import { h, replace, setText } from './dom.js';

const REST_MS = 700;

export function createSentence(words) {
  const number = h('b.num');
  const unit = h('span');
  const period = h('span');
  const unsure = h('span.muted.unsure');
  const pale = h('small.pale', { 'aria-hidden': 'true' }, words.t('paleNote'));
  const single = [number, ' ', unit, h('span.muted', {}, ' · '), period, unsure, pale];
  const element = h('p.sentence', { hidden: true }, ...single);
  const live = h('p.sr', { 'aria-live': 'polite', role: 'status' });
  const announce = () => setText(live, [...element.childNodes].filter((node) => node !== pale).map((node) => node.textContent).join(''));
  const resting = createRest(REST_MS, announce);
  let compared = false;
  let begun = false;

  function draw({ state, visible, other }) {
    if (!begun) { begun = true; element.hidden = false; }
    if (other) drawPair(state, visible, other);
    else {
      if (compared) { replace(element, ...single); compared = false; }
      setText(number, words.count(visible.count));
      setText(unit, words.t('eventsWord', { n: visible.count }));
      setText(period, words.span(visible.from, visible.to));
      setText(unsure, visible.uncertain ? ` · ${words.t('uncertainDates', { n: visible.uncertain })}` : '');
    }
    resting.touch();
  }

  function drawPair({ compare }, visible, other) {
    compared = true;
    const a = h('b.num', {}, words.count(other.count));
    const b = h('b.num', {}, words.count(visible.count));
    const span = (from, to) => h('span.muted', {}, ` ${words.span(from, to)} `);
    const [nameA, nameB] = words.lang === 'ar' ? ['أ', 'ب'] : ['A', 'B'];
    replace(element, `${nameA} `, a, ` ${words.t('eventsWord', { n: other.count })}`, span(dayOf(compare.from), dayOf(compare.to)), `\u2003${nameB} `, b, span(visible.from, visible.to));
  }

  return { element, live, draw };
}
