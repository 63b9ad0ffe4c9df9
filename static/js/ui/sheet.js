/** The phone's sheet: three tabs and three sizes over the map. On wide screens it does nothing. */
import { h, icon, setText } from './dom.js';

const TABS = [['time', 'clock', 'time'], ['list', 'list', 'list'], ['filters', 'filter', 'filters']];
const SIZES = ['peek', 'half', 'full'];
const isPhone = () => matchMedia('(max-width: 719px)').matches;

export function createSheet(app, { words, onResize }) {
  const number = h('span.n.num');
  const tabs = new Map(TABS.map(([key, sign, label]) => [key, h('button', { role: 'tab', 'aria-selected': 'false', id: `tab-${key}`, onclick: () => setTab(key) }, icon(sign), h('span', {}, words.t(label)), key === 'list' && number)]));
  const bar = h('div.tabs', { role: 'tablist', 'aria-label': words.t('tabsLabel') }, ...tabs.values());
  const grab = h('button.grab', { 'aria-label': words.t('resizeSheet'), onclick: () => cycle() });
  app.append(grab, h('nav.tabs-bar', { 'aria-label': words.t('tabsLabel') }, bar));
  bar.addEventListener('keydown', (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const keys = [...tabs.keys()];
    const next = keys[(keys.indexOf(app.dataset.tab) + (words.dir === 'rtl' ? -step : step) + keys.length) % keys.length];
    event.stopPropagation();
    setTab(next);
    tabs.get(next).focus();
  });
  grab.addEventListener('pointerdown', drag);

  function setTab(key) {
    if (app.dataset.tab === key && app.dataset.size === 'peek') app.dataset.size = 'half';
    app.dataset.tab = key;
    for (const [name, tab] of tabs) { tab.setAttribute('aria-selected', String(name === key)); tab.tabIndex = name === key ? 0 : -1; }
    measure();
  }

  function setSize(size) { app.dataset.size = size; measure(); }

  const cycle = () => setSize(app.dataset.size === 'full' ? 'half' : app.dataset.size === 'peek' ? 'half' : 'full');

  function drag(event) {
    const start = event.clientY;
    grab.setPointerCapture(event.pointerId);
    grab.addEventListener('pointerup', (up) => {
      const moved = up.clientY - start;
      if (Math.abs(moved) < 18) return;
      const at = SIZES.indexOf(app.dataset.size ?? 'half');
      setSize(SIZES[Math.max(0, Math.min(2, at + (moved < 0 ? 1 : -1)))]);
    }, { once: true });
  }

  /** The height of what covers the map, for the furniture above it. */
  function measure() {
    if (!isPhone()) return;
    const open = { time: '.time', list: '.panel', filters: '.rail' }[app.dataset.tab];
    app.style.setProperty('--sheet-h', `${Math.min(app.querySelector(open).offsetHeight, window.innerHeight * 0.75)}px`);
    onResize();
  }

  app.dataset.size = 'half';
  setTab('time');
  window.addEventListener('resize', measure);
  return {
    setTab, measure,
    drawCount(n) { setText(number, words.count(n)); },
    get active() { return isPhone(); },
  };
}
