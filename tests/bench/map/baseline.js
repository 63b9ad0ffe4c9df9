/**
 * The usual way to show events, as the libraries' own pages say: L.geoJSON into a cluster group with its defaults,
 * added to the map at the end; a time step clears the group and adds the layers that pass in one call. Circle
 * markers on a canvas stand for single events, as they do on our side.
 */
(async () => {
  document.getElementById('map').style.height = '660px';
  const map = L.map('map', { preferCanvas: true, maxZoom: 18 }).setView([35.985, 36.72], 9);
  const cluster = L.markerClusterGroup();
  const data = await (await fetch('events.geojson')).json();
  const events = L.geoJSON(data, { pointToLayer: (feature, at) => L.circleMarker(at, { radius: 5 }) });
  const layers = events.getLayers();
  cluster.addLayers(layers);
  map.addLayer(cluster);
  const painted = () => new Promise((resolve) => { requestAnimationFrame(() => setTimeout(resolve)); });
  let shown = layers.length;

  function show(keep) {
    const passing = layers.filter(({ feature }) => keep(feature.properties));
    cluster.clearLayers();
    cluster.addLayers(passing);
    shown = passing.length;
    return painted();
  }

  window.baseline = {
    get shown() { return shown; },
    window: (from, to) => show((event) => event.start <= to && event.end >= from),
    types: (codes) => show((event) => codes.length === 0 || codes.includes(event.sub_type)),
  };
  await painted();
  performance.mark('usable');
})();
