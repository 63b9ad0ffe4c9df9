/** The question which place a mention is: opened over the text, under the mention's own sentence. */
import { isSilentHere, popoverAction } from './keys.js';
import { drawLocators } from './locator.js';
import { openDrop } from './drop.js';
import { all, bodyOf, one, targetOf } from './page.js';
import { parsePage } from './swap.js';

/**
 * @param {HTMLDialogElement} dialog
 * @param {{onSend(url, body) -> void, onClose() -> void}} parts
 */
export function createPopover(dialog, { onSend, onClose }) {
  let opener = null;

  async function open(link) {
    opener = link;
    const body = await fetchBody(link.href);
    if (!body) { location.assign(link.href); return; }
    dialog.replaceChildren(body);
    place(dialog, link);
    if (!dialog.open) dialog.show();
    wire(dialog, link.href, { close, send });
    link.classList.add('f');
    (dialog.querySelector('input[type=radio]:checked') ?? dialog.querySelector('[data-search]'))?.focus();
    drawLocators(dialog);
  }

  function close() {
    if (!dialog.open) return;
    dialog.close();
    opener?.classList.remove('f');
    onClose(opener);
  }

  function send(form, button) {
    const body = bodyOf(form, button);
    onSend(targetOf(form, button), body);
    close();
  }

  dialog.addEventListener('keydown', (event) => { if (answerKey(event, dialog, { close, send })) event.preventDefault(); });
  return { open, close, isOpen: () => dialog.open };
}

/** Fetches the page of a mention and gives the part that belongs in the popover. */
export async function fetchBody(address) {
  try {
    const response = await fetch(address, { credentials: 'same-origin' });
    if (!response.ok || response.url.includes('/login/')) return null;
    const body = parsePage(await response.text()).querySelector('[data-popover]');
    return body && document.importNode(body, true);
  } catch { return null; }
}

/** Under the sentence, within the text column. */
function place(dialog, link) {
  const panes = link.closest('.panes');
  const column = link.closest('.text');
  const [frame, box] = [panes.getBoundingClientRect(), link.getBoundingClientRect()];
  const aim = 96;
  column.scrollTop += box.top - frame.top - aim;
  const now = link.getBoundingClientRect();
  panes.append(dialog);
  dialog.style.setProperty('--top', `${Math.round(now.bottom - frame.top + 12)}px`);
  const start = document.dir === 'rtl' ? frame.right - now.right : now.left - frame.left;
  dialog.style.setProperty('--at', `${Math.round(Math.max(12, start - 28))}px`);
}

/** Wires search, comparison and the forms of a popover's content; used on the page of a mention too. */
export function wire(root, address, { close, send }) {
  all('input[type=radio]', root).forEach((radio) => radio.addEventListener('change', () => choose(root, radio)));
  one('[data-close]', root)?.addEventListener('click', (event) => { event.preventDefault(); close(); });
  one('[data-change]', root)?.addEventListener('click', () => one('[data-search]', root)?.focus());
  const search = one('.popsearch', root);
  search?.addEventListener('submit', async (event) => {
    event.preventDefault();
    const body = await fetchBody(`${address.split('?')[0]}?q=${encodeURIComponent(one('[data-search]', search).value)}`);
    if (!body) return;
    one('[data-popover]', root)?.replaceWith(body);
    wire(root, address, { close, send });
    drawLocators(root);
    (one('input[type=radio]:checked', root) ?? one('[data-search]', root))?.focus();
  });
  one('[data-drop]', root)?.addEventListener('toggle', (event) => { if (event.target.open) openDrop(event.target); });
  one('[data-choose]', root)?.addEventListener('submit', (event) => {
    event.preventDefault();
    send(event.target, event.submitter);
  });
}

function choose(root, radio) {
  radio.checked = true;
  all('.cand', root).forEach((row) => row.classList.toggle('on', row.contains(radio)));
  const map = one('[data-candidates]', root);
  map?.removeAttribute('data-drawn');
  drawLocators(root);
}

/** Answers a key press in the popover; true when it was one of its keys. */
export function answerKey(event, root, { close, send }) {
  const action = popoverAction(event);
  if (action === 'close') { close(); return true; }
  if (isSilentHere(event)) return false;
  const form = one('[data-choose]', root);
  const press = (value) => { const button = one(`button[value="${value}"]`, form); if (button) send(form, button); return Boolean(button); };
  if (action?.choose) {
    const radio = one(`input[data-key="${action.choose}"]`, root);
    if (radio) { choose(root, radio); radio.focus(); }
    return Boolean(radio);
  }
  if (event.target.tagName === 'BUTTON' || event.target.tagName === 'A') return false;
  if (action === 'confirm') return press('choose');
  if (action === 'here') return press('here') || press('choose');
  if (action === 'unidentifiable') return press('unidentifiable');
  if (action === 'change' || action === 'search') { one('[data-search]', root)?.focus(); return true; }
  if (action === 'list') { one('.kwic input', root)?.focus(); return true; }
  if (action === 'point') { const drop = one('[data-drop]', root); if (drop) { drop.open = true; one('[name=point]', drop).focus(); } return true; }
  return false;
}
