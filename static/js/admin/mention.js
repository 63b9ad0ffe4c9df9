/** The page of one mention, when it is opened by itself. */
import { drawLocators } from './locator.js';
import { answerKey, wire } from './popover.js';

const root = document.querySelector('[data-popover]')?.parentElement;
if (root) {
  const parts = { close: () => location.assign(root.querySelector('[data-close]').href), send };
  wire(root, location.href, parts);
  drawLocators(root);
  document.addEventListener('keydown', (event) => { if (answerKey(event, root, parts)) event.preventDefault(); });
}

/** Sends the form as the browser would, with the button that was meant. */
function send(form, button) {
  const input = document.createElement('input');
  Object.assign(input, { type: 'hidden', name: button.name, value: button.value });
  form.append(input);
  form.submit();
}
