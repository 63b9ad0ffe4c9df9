/** Events known only to a region: never dots at its centre, but a count for each region. */

import { GEO_REGION } from './vocabulary.js';

/** `createRegions(snapshot).update(target, visible)`: sites of precision 3, gathered by place. */
export function createRegions({ sites }) {
  const { members, regionOf, first } = regionsOf(sites);
  const most = first.length;
  const regions = {
    count: 0, site: new Int32Array(most), place: new Int32Array(most), lat: new Float32Array(most),
    lon: new Float32Array(most), n: new Uint32Array(most), groups: new Uint32Array(0),
  };
  const slot = new Int32Array(most);

  function update(visible) {
    const size = visible.groupCount;
    if (regions.groups.length !== most * size) regions.groups = new Uint32Array(most * size);
    regions.groups.fill(0);
    slot.fill(-1);
    regions.count = 0;
    for (let k = 0; k < members.length; k++) {
      const site = members[k];
      if (visible.siteCounts[site] > 0) add(slotOf(regionOf[k]), site, visible, size);
    }
    return regions;
  }

  function slotOf(region) {
    if (slot[region] < 0) {
      const r = slot[region] = regions.count++;
      const site = first[region];
      regions.site[r] = site;
      regions.place[r] = sites.place[site];
      regions.lat[r] = sites.lat[site];
      regions.lon[r] = sites.lon[site];
      regions.n[r] = 0;
    }
    return slot[region];
  }

  function add(r, site, visible, size) {
    regions.n[r] += visible.siteCounts[site];
    for (let g = 0; g < size; g++) regions.groups[r * size + g] += visible.siteGroups[site * size + g];
  }

  return { regions, update };
}

/** The region-level sites, each one's region, and each region's first site. A site without place is alone. */
function regionsOf({ count, place, precision }) {
  const numbers = new Map();
  const members = [];
  const regionOf = [];
  const first = [];
  for (let site = 0; site < count; site++) {
    if (precision[site] !== GEO_REGION) continue;
    const key = place[site] >= 0 ? place[site] : -1 - site;
    if (!numbers.has(key)) numbers.set(key, first.push(site) - 1);
    members.push(site);
    regionOf.push(numbers.get(key));
  }
  return { members, regionOf, first };
}
