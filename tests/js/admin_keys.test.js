import assert from 'node:assert/strict';
import test from 'node:test';

import { deskAction, digitOf, isSilent, mergeAction, popoverAction, queueAction } from '../../static/js/admin/keys.js';

const key = (code, more = {}) => ({ code, key: '', shiftKey: false, ...more });

test('the keys of the desk are those of its sheet', () => {
  const table = {
    KeyJ: 'next', KeyK: 'previous', Enter: 'decide', KeyX: 'reject', KeyE: 'edit', KeyT: 'type', KeyD: 'date', KeyP: 'place', KeyA: 'who',
    KeyF: 'figures', KeyS: 'stance', KeyM: 'merge', KeyN: 'mark', KeyU: 'undo', KeyH: 'help', KeyZ: 'hold', BracketLeft: 'reportBefore',
    BracketRight: 'reportAfter', Slash: 'search', Escape: 'close', KeyQ: null,
  };
  for (const [code, action] of Object.entries(table)) assert.equal(deskAction(key(code)), action, code);
});

test('keys are read by position, whatever the layout writes', () => {
  assert.equal(deskAction(key('KeyJ', { key: 'ت' })), 'next');
  assert.equal(deskAction(key('KeyJ', { key: 'о' })), 'next');
});

test('shift turns a key around', () => {
  assert.equal(deskAction(key('KeyN', { shiftKey: true })), 'markBefore');
  assert.equal(deskAction(key('Slash', { shiftKey: true })), 'keys');
  assert.equal(deskAction(key('KeyJ', { shiftKey: true })), null);
  assert.equal(deskAction(key('BracketRight', { shiftKey: true, key: '+' })), 'add');
});

test('single keys are silent in fields, with modifiers and by the wish of the user', () => {
  assert.equal(isSilent(key('KeyJ'), { tag: 'INPUT', type: 'text' }), true);
  assert.equal(isSilent(key('KeyJ'), { tag: 'INPUT', type: 'checkbox' }), false);
  assert.equal(isSilent(key('KeyJ'), { tag: 'TEXTAREA' }), true);
  assert.equal(isSilent(key('KeyJ', { ctrlKey: true })), true);
  assert.equal(isSilent(key('KeyJ', { isComposing: true })), true);
  assert.equal(isSilent(key('KeyJ'), { off: true }), true);
  assert.equal(isSilent(key('Enter'), { off: true }), false);
});

test('digits of both kinds choose', () => {
  assert.equal(digitOf(key('Digit3')), 3);
  assert.equal(digitOf(key('Numpad9')), 9);
  assert.equal(digitOf(key('Digit0')), 0);
  assert.deepEqual(popoverAction(key('Digit2')), { choose: 2 });
  assert.deepEqual(queueAction(key('Digit4')), { state: 4 });
  assert.equal(queueAction(key('Digit5')), null);
  assert.deepEqual(['KeyZ', 'KeyH', 'KeyU'].map((code) => queueAction(key(code))), ['hold', 'help', 'undo']);
  assert.equal(queueAction(key('Slash', { shiftKey: true })), 'keys');
});

test('in the popover shift and Enter is for here only', () => {
  assert.equal(popoverAction(key('Enter')), 'confirm');
  assert.equal(popoverAction(key('Enter', { shiftKey: true })), 'here');
  assert.equal(popoverAction(key('KeyX')), 'unidentifiable');
});

test('on the merge page shift and M takes apart', () => {
  assert.equal(mergeAction(key('KeyM', { shiftKey: true })), 'M');
  assert.equal(mergeAction(key('KeyM')), null);
  assert.equal(mergeAction(key('KeyW')), 'w');
});
