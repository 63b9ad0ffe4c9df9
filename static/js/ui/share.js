/** Link, citation, frame for other pages, and downloads: all of the view that is on screen. */
import { filterQuery, formatQuery } from '../model/query.js';
import { copyText } from './copy.js';
import { openDialog } from './dialog.js';
import { h, icon } from './dom.js';

/** @param {{state, words, version: string, sentence: () => {period, events}, origin: string}} options */
export function openShare({ state, words, version, visible, origin }) {
  const now = state.get();
  const link = `${origin}/${query(formatQuery(now))}`;
  const today = words.day(Math.floor(Date.now() / 86400000));
  const cite = words.t('citeView', { period: words.span(visible.from, visible.to), v: version, events: words.t('events', { n: visible.count }), today });
  openDialog(words.t('share'), words,
    h('h3', {}, words.t('shareLink')), copyRow('input', link, words.t('shareLink'), words),
    h('h3', {}, words.t('citation')), copyRow('textarea', cite, words.t('citation'), words),
    h('h3', {}, words.t('embed')), ...embedBuilder(now, words, origin),
    h('h3', {}, words.t('downloads')), downloads(now, words),
    h('p.note', {}, words.t('apiNote')));
}

const query = (text) => (text ? `?${text}` : '');

function copyRow(tag, value, label, words, extra = '') {
  const field = h(`${tag}${extra}`, { readonly: true, 'aria-label': label, value, onfocus: () => field.select() });
  return h('div.copy-row', {}, field, h('button.btn', { onclick: (event) => copyText(field.value, event.currentTarget, words, field) }, icon('link'), h('span', {}, words.t('copy'))));
}

function embedBuilder(state, words, origin) {
  const number = (label, value) => h('input', { type: 'number', min: 200, max: 4000, step: 10, value, 'aria-label': words.t(label), oninput: () => fill() });
  const [width, height] = [number('width', 720), number('height', 520)];
  const row = copyRow('textarea', '', words.t('embed'), words, '.code');
  const code = row.querySelector('textarea');
  function fill() {
    const src = `${origin}/embed/${query(formatQuery({ ...state, lang: words.lang }))}`.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
    code.value = `<iframe src="${src}" width="${Number(width.value) || 720}" height="${Number(height.value) || 520}" title="idlibmap" loading="lazy" sandbox="allow-scripts allow-same-origin allow-popups"></iframe>`;
  }
  fill();
  return [h('p.embed-sizes', {}, h('label', {}, words.t('width'), width), h('label', {}, words.t('height'), height)), row, h('p.note', {}, words.t('embedNote'))];
}

function downloads(state, words) {
  const filters = query(filterQuery(state));
  const file = (kind, label) => h('a.btn', { href: `/export/events.${kind}${filters}`, download: '' }, icon('download'), label);
  return h('div.downloads', {}, file('csv', 'CSV'), file('geojson', 'GeoJSON'), file('kml', 'KML'), h('a.btn', { href: `/feed/${filters}` }, words.t('feed')),
    h('button.btn', { onclick: () => window.print() }, icon('print'), words.t('print')));
}
