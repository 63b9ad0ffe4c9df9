/** Events that no zoom can part, or that a tag stands for: a list of their own in the panel. */
import { describe } from '../model/snapshot.js';
import { h, icon, replace } from './dom.js';
import { createItem } from './item.js';

const MOST = 60;

export function createStack(element, { words, onOpen, onClose }) {
  async function fillTexts(items, texts, rows) {
    if (!texts) return;
    await Promise.allSettled(items.map(async ({ item, row }) => {
      const text = texts.peek(row) ?? await texts.of(row);
      item.fill(describe(rows.snapshot, rows.names, row), text);
    }));
  }

  return {
    open(rows, list, texts, title) {
      const items = list.slice(0, MOST).map((row) => {
        const item = createItem(words, () => onOpen(row));
        item.fill(describe(rows.snapshot, rows.names, row), texts?.peek(row) ?? (texts ? null : {}));
        return { item, row };
      });
      replace(element,
        h('div.card-bar', {}, h('button.btn.quiet.back', { onclick: onClose }, icon('prev', true), words.t('back')), h('h2.grow', {}, title),
          h('button.btn.quiet.icon.close', { 'aria-label': `${words.t('close')} (Esc)`, onclick: onClose }, icon('x'))),
        h('div.list-port', { tabindex: '0' }, h('ol.list.stack', {}, ...items.map(({ item }) => item.element)), list.length > MOST && h('p.list-note', {}, words.t('more', { n: list.length - MOST }))));
      fillTexts(items, texts, rows);
      element.querySelector('.close').focus({ preventScroll: true });
    },
    close() { replace(element); },
  };
}
