/** The words of a source, the telling ones marked. */
import { h } from './dom.js';

/**
 * @param {string} text
 * @param {[number, number][]} [marks] code points, end exclusive
 * @returns {(string | Node)[]}
 */
export function quoteNodes(text, marks = []) {
  const letters = Array.from(text);
  const nodes = [];
  let at = 0;
  for (const [start, end] of sound(marks, letters.length)) {
    if (start > at) nodes.push(letters.slice(at, start).join(''));
    nodes.push(h('mark', {}, letters.slice(start, end).join('')));
    at = end;
  }
  if (at < letters.length) nodes.push(letters.slice(at).join(''));
  return nodes;
}

/** What is marked in a claim's quote: the words that tell what happened, and those that tell how many. */
export function marksOf({ quote = '', trigger = null, fatalities_text: figures = '' }) {
  const at = figures ? quote.indexOf(figures) : -1;
  const start = at < 0 ? -1 : Array.from(quote.slice(0, at)).length;
  return [trigger, at < 0 ? null : [start, start + Array.from(figures).length]].filter(Boolean);
}

/** Marks in order and within the text; those that touch are one. */
export function sound(marks, length) {
  const sorted = [...(marks ?? [])].filter((m) => Array.isArray(m) && m[0] >= 0 && m[0] < m[1] && m[1] <= length).sort((a, b) => a[0] - b[0]);
  const joined = [];
  for (const [start, end] of sorted) {
    const last = joined.at(-1);
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else joined.push([start, end]);
  }
  return joined;
}
