/** The one module of the desk that touches Leaflet: a map on which a point and its radius are set. */

/**
 * @param {HTMLElement} element where the map stands
 * @param {{point: [lat, lon] | null, center?: [lat, lon] | null, radiusKm: number, onPick(lat, lon) -> void, onRadius(km) -> void}} options
 * @returns {{set(point, radiusKm, move?) -> void, addBasemap(basemap, colours) -> void}}
 */
export function createPicker(element, { point, center = null, radiusKm, onPick, onRadius }) {
  const { L } = window;
  const map = L.map(element, { center: point ?? center ?? [35.75, 36.7], zoom: point ? 11 : center ? 10 : 8, attributionControl: false, minZoom: 5, maxZoom: 17, renderer: undefined });
  const painter = L.canvas({ padding: 0.4 });
  const round = element.ownerDocument.createElement('span');
  round.className = 'pickerdot';
  const dot = L.marker(point ?? [0, 0], { draggable: true, keyboard: true, icon: L.divIcon({ className: 'pickericon', iconSize: [18, 18], html: round }) });
  const ring = L.circle(point ?? [0, 0], { radius: radiusKm * 1000, className: 'pickerring', weight: 1.5, dashArray: '4 3', color: colourOf('--map-dot'), fillOpacity: 0.12 });
  const handle = L.marker(point ?? [0, 0], { draggable: true, icon: L.divIcon({ className: 'pickerhandle', iconSize: [14, 14] }) });
  if (point) [ring, dot, handle].forEach((layer) => layer.addTo(map));

  function set(to, km, move = false) {
    if (!to) return;
    [ring, dot, handle].forEach((layer) => layer.addTo(map));
    dot.setLatLng(to);
    ring.setLatLng(to).setRadius(Math.max(0, km) * 1000);
    handle.setLatLng(eastOf(to, Math.max(0.05, km)));
    if (move) map.setView(to, Math.max(map.getZoom(), 11), { animate: false });
  }

  map.on('click', (event) => onPick(event.latlng.lat, event.latlng.lng));
  dot.on('drag', () => { const at = dot.getLatLng(); onPick(at.lat, at.lng); });
  handle.on('drag', () => onRadius(dot.getLatLng().distanceTo(handle.getLatLng()) / 1000));
  if (point) set(point, radiusKm);
  return { set, addBasemap: (basemap) => addBasemap(L, map, painter, basemap) };
}

function eastOf([lat, lon], km) {
  return [lat, lon + km / (111.32 * Math.cos((lat * Math.PI) / 180))];
}

/** The project's own base map as canvas layers: filled land, then the lines. */
function addBasemap(L, map, renderer, basemap) {
  const latlngs = (line) => { const points = []; for (let i = 0; i < line.length; i += 2) points.push([line[i + 1], line[i]]); return points; };
  const fill = (rings, name) => L.polygon(rings.map(latlngs), { renderer, stroke: false, fill: true, fillColor: colourOf(name), fillOpacity: 1, interactive: false, smoothFactor: 0.6 }).addTo(map).bringToBack();
  const stroke = (lines, name, weight, dashArray) => lines.length && L.polyline(lines.map(latlngs), { renderer, color: colourOf(name), weight, dashArray, interactive: false }).addTo(map);
  fill(basemap.land.filter((l) => l.country === 'syria').flatMap((l) => l.rings), '--map-land');
  fill(basemap.land.filter((l) => l.country !== 'syria').flatMap((l) => l.rings), '--map-abroad');
  fill(basemap.lakes, '--map-sea').bringToFront();
  stroke(basemap.rivers.map((r) => r.line), '--map-sea', 1.2);
  stroke(basemap.governorateLines, '--map-gov', 0.8, '4 3');
  stroke(basemap.roads.map((r) => r.line), '--map-road', 2);
  stroke([...basemap.coast, ...basemap.borders.map((b) => b.line)], '--map-border', 1.2);
  const arabic = document.documentElement.lang === 'ar';
  for (const town of basemap.labels.filter((label) => label.kind === 'city')) {
    const label = document.createElement('span');
    label.textContent = arabic ? town.ar : town.en;
    L.marker([town.lat, town.lon], { interactive: false, keyboard: false, icon: L.divIcon({ className: 'pickertown', iconSize: null, html: label }) }).addTo(map);
  }
}

function colourOf(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}
