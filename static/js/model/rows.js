/** The rows of a snapshot under filters: one call a step, counts kept running. README.md has the contract. */

import { createGroups } from './colour.js';
import { createCounts } from './counts.js';
import { FACET_KEYS, createFacets } from './facets.js';
import { createHistograms } from './histogram.js';
import { createLists } from './list.js';
import { createRefilter, filterAll } from './refilter.js';
import { createTally } from './tally.js';
import { dayOf } from './time.js';
import { createWindow } from './window.js';

/** Rows under filters. `apply(state)` gives the same Visible each time, updated in place. */
export function createRows(snapshot, names) {
  const first = snapshot.firstDay;
  const last = snapshot.lastDay;
  const view = createView(snapshot, names);
  let other = null;
  const texts = [];
  const gone = [];

  return {
    count: snapshot.count,
    snapshot,
    names,
    first,
    last,
    visible: view.visible,
    get groups() { return view.groups(); },
    setColour: (colour) => view.setColour(colour),
    apply: (state) => view.apply(state, dayOf(state.from) ?? first, dayOf(state.to) ?? last),
    compare(state) {
      if (!state.compare) return null;
      if (!other) {
        other = createView(snapshot, names);
        if (texts.length > 0) other.setTextMatches(...texts);
        other.drop(gone);
      }
      return other.apply(state, dayOf(state.compare.from) ?? first, dayOf(state.compare.to) ?? last);
    },
    setTextMatches(q, rows) {
      texts.splice(0, texts.length, [q, rows]);
      view.setTextMatches(q, rows);
      other?.setTextMatches(q, rows);
    },
    /** Rows of withdrawn events are never shown again, from the next `apply` on. */
    drop(rows) {
      gone.push(...rows);
      view.drop(rows);
      other?.drop(rows);
    },
  };
}

function createView(snapshot, names) {
  const tally = createTally(snapshot);
  const window = createWindow(snapshot);
  const facets = createFacets(snapshot, names);
  const refilter = createRefilter(tally, facets);
  const visible = createVisible(tally, names);
  let colour = null;
  let groups = [];
  let opened = false;

  function setColour(wanted) {
    if (wanted === colour) return false;
    const made = createGroups(snapshot, names, wanted);
    colour = wanted;
    groups = made.groups;
    tally.setGroups(made);
    visible.groupCount = made.size;
    if (opened) tally.recount();
    visible.version++;
    return true;
  }

  function apply(state, from, to) {
    const recounted = setColour(state.colour ?? 'type') || !opened;
    let moved = recounted;
    const filtered = facets.update(state);
    if (!opened) {
      filterAll(tally, facets);
      window.open(tally, from, to);
      tally.recount();
      opened = true;
    } else {
      moved = window.step(tally, from, to) || moved;
      if (filtered) refilter();
    }
    if (recounted || filtered) tally.touched.count = Infinity;
    if (moved || filtered) refresh(visible, tally, from, to);
    return visible;
  }

  return { visible, apply, setColour, groups: () => groups, setTextMatches: facets.setTextRows, drop: facets.drop };
}

function createVisible(tally, names) {
  const { siteCounts, siteLone, siteGroups } = tally;
  return {
    count: 0, from: 0, to: 0, uncertain: 0, contested: 0, low: 0, best: 0, high: 0, groupCount: 0, version: 0,
    siteCounts, siteLone, siteGroups, touched: tally.touched,
    has: (row) => tally.fail[row] === 0,
    counts: createCounts(tally, names),
    histogram: createHistograms(tally),
    list: createLists(tally),
    loosened: () => loosened(tally),
  };
}

function refresh(visible, tally, from, to) {
  visible.count = tally.count;
  visible.from = from;
  visible.to = to;
  visible.uncertain = sumWhere(tally.whens, tally.snapshot.whens.uncertain);
  visible.version++;
  sumFigures(visible, tally);
  visible.contested = sumWhere(tally.says, tally.snapshot.sourceSets.contested);
}

function sumWhere(counts, flags) {
  let sum = 0;
  for (let i = 0; i < counts.length; i++) sum += counts[i] * flags[i];
  return sum;
}

/** Sums of the figures that are stated; a missing low or high counts as the best. */
function sumFigures(visible, { figures, snapshot }) {
  const { low, best, high } = snapshot.figures;
  visible.low = visible.best = visible.high = 0;
  for (let f = 0; f < figures.length; f++) {
    if (figures[f] === 0) continue;
    const middle = Math.max(0, best[f]);
    visible.best += figures[f] * middle;
    visible.low += figures[f] * (low[f] < 0 ? middle : low[f]);
    visible.high += figures[f] * (high[f] < 0 ? middle : high[f]);
  }
}

/** What loosening one filter would give, best first. */
function loosened({ single, count }) {
  return Object.entries(FACET_KEYS)
    .map(([bit, key]) => ({ key, count: single[bit] + count }))
    .filter((entry) => entry.count > count)
    .sort((a, b) => b.count - a.count);
}
