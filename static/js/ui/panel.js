/** The panel at the end side: the list, a card, a stack or the comparison; one of them at a time. */
import { formatQuery } from '../model/query.js';
import { createCard } from './card.js';
import { createCompare } from './compare.js';
import { copyText } from './copy.js';
import { createList } from './list.js';
import { createStack } from './stack.js';
import { titleOf } from './item.js';

/** `createPanel(app, {state, words, data, version, bounds, onShow(row), onResize})` */
export function createPanel(app, { state, words, data, version, bounds, onShow, onResize }) {
  const listView = app.querySelector('.list-view');
  const side = app.querySelector('.side-view');
  const list = createList(listView, { state, words, onOpen: openRow, bounds });
  const card = createCard(side, { words, position: (row) => list.position(row), actions: { close, step: walk, copy, cite } });
  const stack = createStack(side, { words, onOpen: openRow, onClose: close });
  const compare = createCompare(side, { state, words, onClose: () => state.update({ compare: null }) });
  let shown = 'list';
  let before = null;
  let last = null;

  function show(kind) {
    if (kind === shown) return;
    if (shown === 'list') before = document.activeElement;
    shown = kind;
    side.className = { card: 'side-view card-view', stack: 'side-view stack-view', compare: 'side-view compare-view' }[kind] ?? 'side-view';
    side.hidden = kind === 'list';
    listView.hidden = kind !== 'list';
    app.classList.toggle('with-card', kind === 'card');
    app.querySelector('.panel').classList.toggle('is-open', kind !== 'list');
    app.classList.toggle('with-side', kind !== 'list');
    onResize();
  }

  function openRow(row) {
    if (row < 0 || !data.rows) return;
    show('card');
    card.open(data.rows, row, data.texts);
    list.setCurrent(row);
    onShow(row);
    remember(row);
  }

  async function remember(row) {
    try {
      const text = await data.texts.of(row);
      if (card.row === row && text) state.update({ event: text.uid });
    } catch { /* without its id the event has no link yet */ }
  }

  function openStack(rows, title) {
    show('stack');
    card.close();
    stack.open(data.rows, rows, data.texts, title);
  }

  function close() {
    if (shown === 'list') return;
    const row = card.row;
    card.close();
    stack.close();
    onShow(-1);
    state.update({ event: null });
    if (state.get().compare) { show('compare'); if (last) compare.draw(last); return; }
    show('list');
    list.setCurrent(row);
    if (row >= 0) list.focus(row); else before?.focus?.();
  }

  function walk(step) {
    const from = shown === 'card' ? card.row : list.focused;
    const row = list.neighbour(from, step);
    if (row < 0) return;
    if (shown === 'card') openRow(row); else list.focus(row);
  }

  const linkOf = (text) => `${window.location.origin}/?${formatQuery({ ...state.get(), event: text.uid })}`;

  function copy(event, text, button) { copyText(linkOf(text), button, words); }

  function cite(event, text, button) {
    const today = words.day(Math.floor(Date.now() / 86400000));
    copyText(words.t('citeEvent', { uid: text.uid, title: text.summary || titleOf(event, text, words), period: words.span(event.start, event.end), v: version(), today }), button, words);
  }

  return {
    openRow, openStack, walk,
    /** Rows that were withdrawn: what shows them is closed. */
    forget(rows) { if (shown === 'stack' || rows.includes(card.row)) close(); },
    open() { list.open(data.rows, data.texts); },
    openFocused() { if (list.focused >= 0) openRow(list.focused); },
    escape(event) { if (shown === 'compare') state.update({ compare: null }); else if (shown !== 'list') { event.preventDefault(); close(); } },
    draw(frame) {
      last = frame;
      list.draw(frame);
      if (frame.other && shown === 'list') show('compare');
      if (!frame.other && shown === 'compare') { compare.close(); show('list'); }
      if (shown === 'compare') compare.draw(frame);
    },
  };
}
