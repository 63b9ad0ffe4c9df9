/** The usual way to show events: GeoJSON, a marker each, clustered; a time step clears and adds again. */
(async () => {
  document.getElementById('map').style.height = '660px';
  const map = L.map('map', { preferCanvas: true, maxZoom: 18 }).setView([35.985, 36.72], 9);
  const cluster = L.markerClusterGroup({ animate: false, removeOutsideVisibleBounds: true });
  const { features } = await (await fetch('events.geojson')).json();
  const layers = features.map(({ geometry: { coordinates: [lon, lat] }, properties }) =>
    Object.assign(L.circleMarker([lat, lon], { radius: 5 }), { properties }));
  cluster.addLayers(layers);
  map.addLayer(cluster);
  const painted = () => new Promise((resolve) => { requestAnimationFrame(() => requestAnimationFrame(resolve)); });

  function show(keep) {
    cluster.clearLayers();
    cluster.addLayers(layers.filter(({ properties }) => keep(properties)));
  }

  window.baseline = {
    count: layers.length,
    async window(from, to) {
      show((event) => event.start <= to && event.end >= from);
      await painted();
    },
    async types(codes) {
      show((event) => codes.length === 0 || codes.includes(event.sub_type));
      await painted();
    },
  };
  await painted();
  performance.mark('usable');
})();
