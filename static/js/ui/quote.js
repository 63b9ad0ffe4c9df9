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

/** Marks in order, within the text, none over another. */
export function sound(marks, length) {
  const sorted = [...(marks ?? [])].filter((m) => Array.isArray(m) && m[0] >= 0 && m[0] < m[1] && m[1] <= length).sort((a, b) => a[0] - b[0]);
  return sorted.filter((m, i) => i === 0 || m[0] >= sorted[i - 1][1]);
}
