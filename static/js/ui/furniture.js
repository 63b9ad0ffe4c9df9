/** Buttons of the map, its layers, and the scale with its sources. */
import { h, icon, replace, setText } from './dom.js';

/**
 * @param {{zoom, layers, scale: HTMLElement}} elements
 * @param {{words, config, map: {zoomBy(n), home(), setBase(key), setOption(name, on)}}} options
 */
export function createFurniture({ zoom, layers, scale }, { words, config, map }) {
  const button = (name, label, onclick, cls) => h(`button.${cls}`, { 'aria-label': label, title: label, onclick }, icon(name));
  const inward = button('plus', words.t('zoomIn'), () => map.zoomBy(1), 'in');
  const outward = button('minus', words.t('zoomOut'), () => map.zoomBy(-1), 'out');
  const layer = button('layers', words.t('layers'), () => toggle(), 'stack');
  layer.setAttribute('aria-expanded', 'false');
  replace(zoom, inward, outward, button('home', words.t('wholeRegion'), () => map.home(), 'home'), layer);

  const bases = [['own', 'ourMap', 'ourMapNote'], ...(config.tileUrl ? [['tiles', 'ownTiles', null]] : []), ['osm', 'osm', 'osmNote']];
  const radio = ([key, label, note]) => h('label', {}, h('input', { type: 'radio', name: 'base', value: key, checked: key === 'own', onchange: () => { map.setBase(key); setText(attribution, attributionOf(key)); } }),
    h('span', {}, words.t(label)), note && h('small', {}, words.t(note)));
  const box = (name, label, note, on) => h('label', {}, h('input', { type: 'checkbox', checked: on, onchange: (event) => change(name, event.target.checked) }), h('span', {}, words.t(label)), note && h('small', {}, words.t(note)));
  replace(layers, h('h2', {}, words.t('baseMap')), ...bases.map(radio), h('hr'),
    box('showNames', 'labels', null, true), box('discs', 'discs', 'discsNote', false), box('coordinates', 'coordinates', null, false));
  layers.addEventListener('keydown', (event) => { if (event.key === 'Escape') { toggle(false); layer.focus(); event.stopPropagation(); } });

  const coords = h('span.coords.num', { hidden: true });
  const length = h('span');
  const rule = h('i', { 'aria-hidden': 'true' });
  const attribution = h('span.attr', {}, words.t('attribution'));
  replace(scale, coords, attribution, h('span.bar', {}, length, rule));

  function attributionOf(key) {
    if (key === 'osm') return words.t('osmAttribution');
    return key === 'tiles' ? config.tileAttribution : words.t('attribution');
  }

  function toggle(open = layers.hidden) {
    layers.hidden = !open;
    layer.setAttribute('aria-expanded', String(open));
    if (open) layers.querySelector('input').focus();
  }

  function change(name, on) {
    if (name === 'coordinates') coords.hidden = !on; else map.setOption(name, on);
  }

  document.addEventListener('pointerdown', (event) => { if (!layers.hidden && !layers.contains(event.target) && !layer.contains(event.target)) toggle(false); });

  return {
    drawScale({ km, width }) {
      setText(length, km >= 1 ? words.t('km', { n: km }) : words.t('metres', { n: Math.round(km * 1000) }));
      rule.style.width = `${Math.round(width)}px`;
    },
    drawLimits(level, [least, most]) {
      inward.setAttribute('aria-disabled', String(level >= most));
      outward.setAttribute('aria-disabled', String(level <= least));
    },
    drawPointer({ lat, lon }) { if (!coords.hidden) setText(coords, `${lat.toFixed(4)}, ${lon.toFixed(4)}`); },
  };
}
