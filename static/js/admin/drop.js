/** Dropping a point for a name that the gazetteer does not know: Leaflet is fetched when it is wanted. */
import { decodeBasemap } from '../model/basemap.js';
import { createPicker } from './picker.js';

const DIGITS = 5;
const RADIUS_KM = 1;
const MIDDLE = [35.75, 36.7];

/** Opens the map of a `[data-drop]`; clicks and drags write the coordinates into its field. */
export async function openDrop(drop) {
  const element = drop.querySelector('[data-dropmap]');
  if (element.dataset.drawn) return;
  element.dataset.drawn = 'yes';
  const field = drop.querySelector('[name=point]');
  await loadLeaflet(drop.dataset);
  const near = [Number(drop.dataset.lat), Number(drop.dataset.lon)];
  const picker = createPicker(element, { point: null, center: near.every(Number.isFinite) && near[0] ? near : MIDDLE, radiusKm: RADIUS_KM, onPick, onRadius() {} });
  function onPick(lat, lon) {
    field.value = `${lat.toFixed(DIGITS)}, ${lon.toFixed(DIGITS)}`;
    picker.set([lat, lon], RADIUS_KM);
    field.focus();
  }
  field.addEventListener('input', () => {
    const [lat, lon] = field.value.split(/[\s,]+/).map(Number);
    if (Math.abs(lat) <= 90 && Math.abs(lon) <= 180) picker.set([lat, lon], RADIUS_KM, true);
  });
  drop.scrollIntoView({ block: 'nearest' });
  const file = await fetch(new URL('../../basemap/region.json', import.meta.url)).catch(() => null);
  if (file) picker.addBasemap(decodeBasemap(await file.json()));
}

/** The script and its styles, once for the page. */
function loadLeaflet({ leaflet, leafletCss, pickerCss }) {
  for (const href of [leafletCss, pickerCss]) {
    if (document.querySelector(`link[href="${href}"]`)) continue;
    document.head.append(Object.assign(document.createElement('link'), { rel: 'stylesheet', href }));
  }
  if (window.L) return null;
  const script = Object.assign(document.createElement('script'), { src: leaflet });
  return new Promise((resolve, reject) => {
    script.addEventListener('load', resolve);
    script.addEventListener('error', reject);
    document.head.append(script);
  });
}
