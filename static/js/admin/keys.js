/**
 * Which key means what at the desk. Keys are read by position (`event.code`), so that they work while
 * an Arabic or Cyrillic layout is on. Nothing here touches the page.
 */

const DESK = {
  KeyJ: 'next', KeyK: 'previous', Enter: 'decide', NumpadEnter: 'decide', KeyX: 'reject', KeyE: 'edit', KeyT: 'type', KeyD: 'date',
  KeyP: 'place', KeyA: 'who', KeyF: 'figures', KeyS: 'stance', KeyM: 'merge', KeyN: 'mark', KeyU: 'undo', KeyH: 'help', KeyZ: 'hold',
  BracketLeft: 'reportBefore', BracketRight: 'reportAfter', Slash: 'search', Escape: 'close',
};
const SHIFTED = { KeyN: 'markBefore', KeyM: 'unmerge', Slash: 'keys', Equal: 'add', Enter: 'decideHere', NumpadEnter: 'decideHere' };
const POPOVER = {
  Enter: 'confirm', NumpadEnter: 'confirm', KeyC: 'change', KeyX: 'unidentifiable', Period: 'point', KeyB: 'list', Slash: 'search', Escape: 'close',
};
const QUEUE = { KeyJ: 'next', KeyK: 'previous', Enter: 'open', KeyL: 'unfold', KeyZ: 'hold', KeyH: 'help', KeyU: 'undo', Slash: 'search' };
const MERGE = { Enter: 'Enter', NumpadEnter: 'Enter', KeyX: 'x', KeyW: 'w', Escape: 'Escape' };

/** Fields of a card's form that a single key leads to. */
export const GROUPS = { type: 'type', date: 'date', place: 'place', who: 'who', figures: 'figures', stance: 'stance', edit: 'type' };

/** What a key press asks for on the desk, or null. */
export function deskAction(event) {
  if (event.key === '+') return 'add';
  if (event.shiftKey) return SHIFTED[event.code] ?? null;
  return DESK[event.code] ?? null;
}

/** In the popover of a mention: an action, `{choose: 1..9}`, or null. */
export function popoverAction(event) {
  const digit = digitOf(event);
  if (digit && !event.shiftKey) return { choose: digit };
  if (event.shiftKey) return event.code === 'Enter' || event.code === 'NumpadEnter' ? 'here' : null;
  return POPOVER[event.code] ?? null;
}

/** In the queue: an action, `{state: 1..4}`, or null. */
export function queueAction(event) {
  const digit = digitOf(event);
  if (digit && digit <= 4 && !event.shiftKey) return { state: digit };
  if (event.shiftKey) return event.code === 'Slash' ? 'keys' : null;
  return QUEUE[event.code] ?? null;
}

/** On the merge page: the `data-key` of the button that the key presses. */
export function mergeAction(event) {
  if (event.shiftKey) return event.code === 'KeyM' ? 'M' : null;
  return MERGE[event.code] ?? null;
}

/** 1-9 of the row of digits or the number pad, 0 for any other key. */
export function digitOf(event) {
  const match = /^(?:Digit|Numpad)([1-9])$/.exec(event.code ?? '');
  return match ? Number(match[1]) : 0;
}

/** Whether single keys are off just now: in a field, with a modifier, while composing, or by the user's wish. */
export function isSilent(event, { tag = '', type = '', editable = false, off = false } = {}) {
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return true;
  if (off && event.code !== 'Escape' && event.code !== 'Enter') return true;
  if (editable || tag === 'TEXTAREA' || tag === 'SELECT') return true;
  return tag === 'INPUT' && !['checkbox', 'radio', 'button', 'submit'].includes(type);
}

/** `isSilent` for an event of the page. */
export function isSilentHere(event, off = false) {
  const { tagName: tag = '', type = '', isContentEditable: editable = false } = event.target ?? {};
  return isSilent(event, { tag, type, editable, off });
}
