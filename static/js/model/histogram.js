/** The tally's days as bars of a unit, in arrays that are used again. */

import { WHOLE } from './tally.js';
import { binStarts } from './time.js';

/** `createHistograms(tally) -> (unit) -> Histogram`; one Histogram per unit and number of groups. */
export function createHistograms(tally) {
  const made = new Map();
  return (unit) => {
    const key = `${unit} ${tally.groupCount}`;
    if (!made.has(key)) made.set(key, prepare(tally, unit));
    const histogram = made.get(key);
    tally.countBars();
    if (histogram.version !== tally.histogramVersion) fill(histogram, tally);
    return histogram;
  };
}

function prepare({ snapshot, groupCount }, unit) {
  const { count, firstDay, lastDay } = snapshot;
  const starts = count ? binStarts(firstDay, lastDay, unit) : new Int32Array(0);
  const binOfDay = new Uint32Array(count ? lastDay - firstDay + 1 : 0);
  for (let d = 0, bin = 0; d < binOfDay.length; d++) {
    while (bin + 1 < starts.length && starts[bin + 1] <= firstDay + d) bin++;
    binOfDay[d] = bin;
  }
  const size = starts.length * groupCount;
  return {
    unit, bins: starts.length, starts, groups: groupCount, max: 0, version: -1, binOfDay,
    sure: new Float64Array(size), unsure: new Float64Array(size),
    binOf: (day) => binOfDay[Math.max(0, Math.min(binOfDay.length - 1, day - firstDay))] ?? -1,
  };
}

function fill(histogram, tally) {
  const { sure, unsure, binOfDay, groups } = histogram;
  sure.fill(0);
  unsure.fill(0);
  for (let group = 0; group < groups; group++) {
    let running = 0;
    for (let d = 0; d < binOfDay.length; d++) {
      const at = binOfDay[d] * groups + group;
      running += tally.unsureSteps[d * groups + group];
      sure[at] += tally.sureDays[d * groups + group];
      unsure[at] += running;
    }
  }
  for (let i = 0; i < unsure.length; i++) unsure[i] /= WHOLE;
  histogram.max = highest(histogram);
  histogram.version = tally.histogramVersion;
}

function highest({ sure, unsure, groups, bins }) {
  let max = 0;
  for (let bin = 0; bin < bins; bin++) {
    let sum = 0;
    for (let i = bin * groups; i < (bin + 1) * groups; i++) sum += sure[i] + unsure[i];
    if (sum > max) max = sum;
  }
  return max;
}
