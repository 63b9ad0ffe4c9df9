/**
 * Running counts over the rows that pass. Each row has a byte with one bit for each filter it fails:
 * 0 is visible; a single bit counts beside that filter's own values ("what would this add"); more is nowhere.
 * All sums are whole numbers, so adding and taking away leaves no dust.
 */

import { ACTOR, BBOX, PLACE, PRECISION, SOURCE, TEXT, TIME, TYPE } from './facets.js';
import { CONTESTED, UNCERTAIN } from './snapshot.js';

/** A row with an uncertain date is this much, spread over its days. */
export const WHOLE = 2 ** 20;

export const BLOCK_BITS = 12;

export class Tally {
  constructor(snapshot) {
    const sites = snapshot.sites.count;
    const whats = snapshot.actorSets.subType.length;
    const says = snapshot.sourceSets.count.length;
    this.snapshot = snapshot;
    this.fail = new Uint8Array(snapshot.count);
    this.siteCounts = new Uint32Array(sites);
    this.siteLone = new Uint32Array(sites);
    this.whats = new Uint32Array(whats);
    this.says = new Uint32Array(says);
    this.figures = new Uint32Array(snapshot.figures.best.length);
    this.blocks = new Uint32Array((snapshot.count >> BLOCK_BITS) + 1);
    /** Rows that fail one filter only: by what they are counted for it, and how many in all. */
    this.typeExtra = new Uint32Array(whats);
    this.actorExtra = new Uint32Array(whats);
    this.sourceExtra = new Uint32Array(says);
    this.placeExtra = new Uint32Array(sites);
    this.precisionExtra = new Uint32Array(sites);
    this.single = new Uint32Array(129);
    this.count = 0;
    this.uncertain = 0;
    this.contested = 0;
    this.histogramVersion = 0;
  }

  /** Count by these groups from now on; `recount` must follow. */
  setGroups({ column, table, size }) {
    const { sites, firstDay, lastDay } = this.snapshot;
    this.groupColumn = column;
    this.groupTable = table;
    this.groupCount = size;
    this.siteGroups = new Uint32Array(sites.count * size);
    this.sureDays = new Int32Array((lastDay - firstDay + 1) * size);
    this.unsureSteps = new Float64Array((lastDay - firstDay + 2) * size);
  }

  recount() {
    const { fail } = this;
    const { days, dayRows } = this.snapshot;
    this.clear();
    for (let d = 0; d < days; d++) {
      for (let row = dayRows[d]; row < dayRows[d + 1]; row++) {
        this.enter(row, fail[row], 1);
        if ((fail[row] & ~TIME) === 0) this.bar(row, d, 1);
      }
    }
  }

  clear() {
    for (const value of Object.values(this)) {
      if (ArrayBuffer.isView(value) && value !== this.fail && value !== this.groupColumn
        && value !== this.groupTable) value.fill(0);
    }
    this.count = 0;
    this.uncertain = 0;
    this.contested = 0;
    this.histogramVersion++;
  }

  /** Give a row that starts on day `d` of the calendar another mask. */
  move(row, mask, d) {
    const before = this.fail[row];
    this.fail[row] = mask;
    this.enter(row, before, -1);
    this.enter(row, mask, 1);
    const bar = (before & ~TIME) === 0;
    if (bar !== ((mask & ~TIME) === 0)) this.bar(row, d, bar ? -1 : 1);
  }

  /** A row comes into the window or leaves it: the histogram does not care. */
  flipTime(row) {
    const before = this.fail[row];
    this.fail[row] = before ^ TIME;
    this.enter(row, before, -1);
    this.enter(row, before ^ TIME, 1);
  }

  /** Count a row of this mask in (sign 1) or out (-1). */
  enter(row, mask, sign) {
    if (mask === 0) this.show(row, sign);
    else if ((mask & (mask - 1)) === 0) this.miss(row, mask, sign);
  }

  show(row, sign) {
    const { snapshot } = this;
    const site = snapshot.site[row];
    this.count += sign;
    this.siteCounts[site] += sign;
    this.siteLone[site] ^= row;
    this.siteGroups[site * this.groupCount + this.groupTable[this.groupColumn[row]]] += sign;
    this.whats[snapshot.actorSet[row]] += sign;
    this.says[snapshot.sourceSet[row]] += sign;
    this.figures[snapshot.figure[row]] += sign;
    this.blocks[row >> BLOCK_BITS] += sign;
    const flags = snapshot.flags[row];
    if (flags & UNCERTAIN) this.uncertain += sign;
    if (flags & CONTESTED) this.contested += sign;
  }

  miss(row, facet, sign) {
    this.single[facet] += sign;
    switch (facet) {
      case TYPE: this.typeExtra[this.snapshot.actorSet[row]] += sign; break;
      case ACTOR: this.actorExtra[this.snapshot.actorSet[row]] += sign; break;
      case SOURCE: this.sourceExtra[this.snapshot.sourceSet[row]] += sign; break;
      case PLACE: this.placeExtra[this.snapshot.site[row]] += sign; break;
      case PRECISION: this.precisionExtra[this.snapshot.site[row]] += sign; break;
      case TIME: case BBOX: case TEXT: default: break;
    }
  }

  /** A row in the histogram: whole on its day, or spread evenly over its days when uncertain. */
  bar(row, d, sign) {
    const { flags, duration } = this.snapshot;
    const size = this.groupCount;
    const group = this.groupTable[this.groupColumn[row]];
    this.histogramVersion++;
    if (!(flags[row] & UNCERTAIN)) {
      this.sureDays[d * size + group] += sign;
      return;
    }
    const length = duration[row] + 1;
    const share = Math.floor(WHOLE / length);
    const rest = WHOLE - share * length;
    this.unsureSteps[d * size + group] += sign * (share + rest);
    this.unsureSteps[(d + 1) * size + group] -= sign * rest;
    this.unsureSteps[(d + length) * size + group] -= sign * share;
  }
}
