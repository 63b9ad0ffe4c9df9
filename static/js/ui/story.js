/** A story: an editor's sentences step by step; the map flies, time moves, what is not the subject pales. */
import { h, icon, replace } from './dom.js';

const SWIPE = 48;

/**
 * @param {HTMLElement} element
 * @param {{story: {title, steps: {title, text, source, state, place, event}[]}, step: number, words, onStep(step, k)}} options
 *   `state` is a patch of the page's state; `place` a slug whose area is the subject; `event` a uid; `text` has one paragraph a line
 */
export function createStory(element, { story, step, words, onStep }) {
  let at = Math.max(0, Math.min(story.steps.length - 1, step));
  let grabbed = null;
  element.addEventListener('pointerdown', (event) => { grabbed = event.pointerType === 'touch' ? event.clientX : null; });
  element.addEventListener('pointerup', (event) => {
    if (grabbed === null || Math.abs(event.clientX - grabbed) < SWIPE) return;
    const ahead = (event.clientX < grabbed) === (words.dir !== 'rtl');
    go(at + (ahead ? 1 : -1));
  });

  function go(k, focus = false) {
    if (k < 0 || k >= story.steps.length) return;
    at = k;
    render();
    if (focus) element.querySelector('.next, .previous')?.focus();
    onStep(story.steps[at], at);
  }

  function render() {
    const { title, text, source } = story.steps[at];
    const next = story.steps[at + 1];
    replace(element,
      h('p.eyebrow', {}, story.title), bars(),
      h('h1', { dir: 'auto' }, title), ...text.split('\n').filter(Boolean).map((line) => h('p', { dir: 'auto' }, line)), source && h('p.src', {}, source),
      h('div.nav', {},
        h('button.btn.icon.previous', { 'aria-label': words.t('storyBack'), disabled: at === 0, onclick: () => go(at - 1, true) }, icon('prev', true)),
        next && h('button.btn.primary.next', { onclick: () => go(at + 1, true) }, `${words.t('storyNext')}: ${next.title}`, icon('next', true)),
        h('span.grow'), h('span.muted.num', { 'aria-live': 'polite' }, words.t('storyStep', { k: at + 1, n: story.steps.length }))),
      h('p.leave', {}, h('a', { href: '/', onclick: (event) => { event.currentTarget.href = `/${window.location.search.replace(/([?&])step=\d{1,4}&?/, '$1')}`; } }, words.t('leaveStory'))));
  }

  const bars = () => h('div.steps', {}, ...story.steps.map((one, k) => h(`a${k <= at ? '.is-past' : ''}`, {
    href: `?step=${k + 1}`, 'aria-label': one.title, 'aria-current': k === at ? 'step' : null, onclick: (event) => { event.preventDefault(); go(k); },
  })));

  render();
  return { start: () => onStep(story.steps[at], at), next: () => go(at + 1), previous: () => go(at - 1), get step() { return at; } };
}
