/** Ties the fields of a point to the picker's map: latitude, longitude, radius, search, pasted coordinates. */
import { decodeBasemap } from '../model/basemap.js';
import { createPicker } from './picker.js';

const WAIT_MS = 160;
const DIGITS = 5;

document.querySelectorAll('[data-picker]').forEach(start);

function start(root) {
  const form = root.closest('form');
  const field = (name) => form.querySelector(`[name="${name}"]`);
  const [lat, lon, radius] = [field('latitude'), field('longitude'), field('radius_km')];
  const km = () => Number.parseFloat(radius?.value) || 0;
  const point = () => (lat.value === '' || lon.value === '' ? null : [Number(lat.value), Number(lon.value)]);
  const write = (input, value, digits) => { if (!input) return; input.value = value.toFixed(digits); input.dispatchEvent(new Event('change', { bubbles: true })); };
  const picker = createPicker(root.querySelector('[data-map]'), {
    point: point(), radiusKm: km(),
    onPick: (a, b) => { write(lat, a, DIGITS); write(lon, b, DIGITS); picker.set([a, b], km()); },
    onRadius: (value) => { write(radius, value, 2); picker.set(point(), value); },
  });
  [lat, lon, radius].forEach((input) => input?.addEventListener('input', () => picker.set(point(), km(), input !== radius)));
  wireSearch(root, (found) => {
    write(lat, found.lat, DIGITS);
    write(lon, found.lon, DIGITS);
    if (found.radius !== undefined) write(radius, found.radius, 2);
    picker.set(point(), km(), true);
  });
  fetch(new URL('../../basemap/region.json', import.meta.url)).then((answer) => answer.json())
    .then((file) => picker.addBasemap(decodeBasemap(file))).catch(() => {});
}

/** What is typed is read as coordinates or looked up in the gazetteer. */
function wireSearch(root, onChoose) {
  const input = root.querySelector('[data-typed]');
  const list = root.querySelector('[data-found]');
  const read = root.querySelector('[data-read]');
  let timer = 0;
  input.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(async () => show(await ask(root.dataset.search, input.value)), WAIT_MS);
  });
  input.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    list.querySelector('button')?.click();
  });

  function show({ point, places }) {
    read.textContent = point ? `${point[0]}, ${point[1]}` : '';
    if (point) onChoose({ lat: point[0], lon: point[1] });
    list.hidden = places.length === 0;
    list.replaceChildren(...places.filter((place) => place.lat !== null).map((place) => row(place)));
  }

  function row(place) {
    const item = document.createElement('li');
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = [place.name, place.kind, place.in].filter(Boolean).join(', ');
    button.addEventListener('click', () => { onChoose(place); list.hidden = true; });
    item.append(button);
    return item;
  }
}

async function ask(address, text) {
  const nothing = { point: null, places: [] };
  if (text.trim().length < 2) return nothing;
  try {
    const response = await fetch(`${address}?q=${encodeURIComponent(text)}`, { credentials: 'same-origin' });
    return response.ok ? await response.json() : nothing;
  } catch { return nothing; }
}
