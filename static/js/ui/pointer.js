/** Pointer on the map: what it is over gets a tip, what it clicks opens, zooms or lists. */

/**
 * @param {HTMLElement} element
 * @param {{map, tip, data, words, onRow(row), onStack(rows, title), onMove(point)}} options `map` as view.js gives it
 */
export function createPointer(element, { map, tip, data, words, onRow, onStack, onMove }) {
  const { chart } = map;
  let due = 0;

  element.addEventListener('pointermove', (event) => {
    if (event.buttons || event.pointerType === 'touch') return;
    cancelAnimationFrame(due);
    due = requestAnimationFrame(() => over(chart.pointAt(event)));
  });
  element.addEventListener('pointerleave', () => { cancelAnimationFrame(due); leave(); });
  chart.on('click', (event) => click(event.containerPoint));
  chart.on('contextmenu', (event) => { over({ ...event.containerPoint, lat: event.latlng.lat, lon: event.latlng.lng }); });
  chart.on('movestart zoomstart', leave);

  function over(point) {
    onMove(point);
    if (!data.rows) return;
    const hit = map.at(point.x, point.y);
    element.classList.toggle('over-mark', hit !== null);
    map.hover(hit);
    if (hit) tip.show(hit, contentOf(hit)); else tip.hide();
  }

  function leave() {
    element.classList.remove('over-mark');
    map.hover(null);
    tip.hide();
  }

  function contentOf(hit) {
    const { scene } = map;
    if (hit.kind === 'tag') return tip.region(scene, hit.region);
    const row = scene.pair ? -1 : scene.bubbles.lone[hit.bubble];
    if (row >= 0) return tip.lone(data.rows, row);
    return scene.pair ? tip.pair(scene, hit.bubble) : tip.bubble(scene, hit.bubble, placesIn(hit.bubble), parts(hit.bubble));
  }

  const parts = (bubble) => map.scene.bubbles.separable(bubble, chart.zoomRange[1]);

  function placesIn(bubble) {
    const { snapshot } = data.rows;
    const { bubbles } = map.scene;
    if (bubbles.site[bubble] >= 0) return 1;
    return new Set(bubbles.rowsOf(bubble, 2000).map((row) => { const site = snapshot.site[row]; return snapshot.sites.place[site] >= 0 ? snapshot.sites.place[site] : `s${site}`; })).size;
  }

  function click(point) {
    if (!data.rows) return;
    const hit = map.at(point.x, point.y);
    if (!hit) return;
    tip.hide();
    if (hit.kind === 'tag') { openRegion(hit.region); return; }
    const { bubbles, pair } = map.scene;
    const row = pair ? -1 : bubbles.lone[hit.bubble];
    if (row >= 0) onRow(row);
    else if (parts(hit.bubble)) chart.fit(bubbles.bounds(hit.bubble));
    else onStack(bubbles.rowsOf(hit.bubble, 200), words.t('hereCount', { n: bubbles.n[hit.bubble] }));
  }

  function openRegion(region) {
    const { snapshot, visible } = data.rows;
    const { site, sites } = snapshot;
    const wanted = new Set((region.members ?? [region]).map(({ place }) => place));
    const rows = [];
    for (let row = snapshot.count - 1; row >= 0; row--) {
      if (sites.precision[site[row]] === 3 && wanted.has(sites.place[site[row]]) && visible.has(row)) rows.push(row);
    }
    onStack(rows, `${words.num(region.n)} ${region.label}`);
  }
}
