/** Small things that several pages of the desk need: elements, what is said to a screen reader, strips. */

export const one = (selector, root = document) => root.querySelector(selector);
export const all = (selector, root = document) => [...root.querySelectorAll(selector)];

/** Says something to a screen reader without moving the focus. */
export function say(text) {
  const line = document.getElementById('said');
  if (!line) return;
  line.textContent = '';
  requestAnimationFrame(() => { line.textContent = text; });
}

/** Whether single keys are switched off by the user (kept in this browser). */
export function keysOff() {
  try { return localStorage.getItem('desk:single-keys') === 'off'; } catch { return false; }
}

export function setKeysOff(off) {
  try { localStorage.setItem('desk:single-keys', off ? 'off' : 'on'); } catch { /* private window: for this page only */ }
}

/** Shows one strip of a kind (offline, refused, ...) above the panes, or takes it away with text "". */
export function strip(kind, text, tone = 'badstrip') {
  const strips = document.getElementById('strips');
  strips.querySelector(`[data-strip="${kind}"]`)?.remove();
  if (!text) return null;
  const line = document.createElement('p');
  line.className = `strip ${tone}`;
  line.dataset.strip = kind;
  const words = document.createElement('span');
  words.className = 'grow';
  words.textContent = text;
  line.append(words);
  strips.append(line);
  return line;
}

/** Opens a `<details>` question and puts the focus on its first answer. */
export function openQuestion(details) {
  if (!details) return;
  details.open = true;
  const first = details.querySelector('form input:not([type=hidden]), form button');
  first?.focus();
}

/** The body of a form as it would be sent by `button`. */
export function bodyOf(form, button = null) {
  const body = new FormData(form);
  if (button?.name) body.append(button.name, button.value);
  return body;
}

/** Where a form goes when `button` sends it. */
export function targetOf(form, button = null) {
  return button?.getAttribute('formaction') || form.getAttribute('action') || location.href;
}
