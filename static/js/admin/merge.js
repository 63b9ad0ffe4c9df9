/** The keys of the page on which two events are compared. */
import { isSilentHere, mergeAction } from './keys.js';
import { drawLocators } from './locator.js';

drawLocators();
document.addEventListener('keydown', (event) => {
  if (isSilentHere(event) || (event.code === 'Enter' && ['BUTTON', 'A'].includes(event.target.tagName))) return;
  const key = mergeAction(event);
  const target = key && document.querySelector(`[data-key="${key}"]`);
  if (!target) return;
  event.preventDefault();
  target.click();
});
