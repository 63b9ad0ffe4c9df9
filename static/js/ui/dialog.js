/** A dialog with a title and a way out; Escape and a click beside it close it. */
import { h, icon } from './dom.js';

export function openDialog(title, words, ...content) {
  const id = `dialog-${Math.random().toString(36).slice(2)}`;
  const dialog = h('dialog.sheet-dialog', { 'aria-labelledby': id },
    h('div.dialog-head', {}, h('h2', { id }, title), h('button.btn.quiet.icon', { 'aria-label': words.t('close'), onclick: () => dialog.close() }, icon('x'))),
    h('div.dialog-body', {}, ...content));
  closeBeside(dialog);
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

export function closeBeside(dialog) {
  dialog.addEventListener('click', (event) => { if (event.target === dialog) dialog.close(); });
}
