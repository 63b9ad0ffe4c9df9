/**
 * Running counts over the rows that pass. Each row has a byte with one bit for each filter it fails:
 * 0 is visible; a single bit counts beside that filter's own values ("what would this add"); more is nowhere.
 * All sums are whole numbers, so adding and taking away leaves no dust.
 */

import { ACTOR, PLACE, PRECISION, SOURCE, TIME, TYPE } from './facets.js';
import { CONTESTED, UNCERTAIN, startOf } from './snapshot.js';

/** A row with an uncertain date is this much, spread over its days. */
export const WHOLE = 2 ** 20;

/** Rows are handled in blocks of this many bits; `blocks` counts the visible ones of each. */
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
    this.batch = new Uint32Array(1 << BLOCK_BITS);
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
    const { fail, batch } = this;
    this.clear();
    for (let first = 0; first < fail.length; first += batch.length) {
      const last = Math.min(fail.length, first + batch.length);
      let size = 0;
      for (let row = first; row < last; row++) {
        batch[size] = row;
        size += (fail[row] - 1) >>> 31;
      }
      this.show(batch, size, 1);
      this.recountMisses(first, last);
    }
    this.histogramVersion++;
  }

  recountMisses(first, last) {
    const { fail, batch } = this;
    let size = 0;
    for (let row = first; row < last; row++) {
      const mask = fail[row];
      if (mask !== 0 && (mask & (mask - 1)) === 0) this.miss(row, mask, 1);
      batch[size] = row;
      size += ((mask & ~TIME) - 1) >>> 31;
    }
    this.bars(batch, size, 1);
  }

  clear() {
    for (const counts of [this.siteCounts, this.siteLone, this.siteGroups, this.whats, this.says, this.figures,
      this.blocks, this.typeExtra, this.actorExtra, this.sourceExtra, this.placeExtra, this.precisionExtra,
      this.single, this.sureDays, this.unsureSteps]) counts.fill(0);
    this.count = this.uncertain = this.contested = 0;
  }

  /** Rows of one block come into sight (sign 1) or go (-1): column by column, each a tight loop. */
  show(rows, size, sign) {
    if (size === 0) return;
    const { site, actorSet, sourceSet, figure, flags } = this.snapshot;
    const { siteCounts, siteLone } = this;
    for (let i = 0; i < size; i++) {
      const row = rows[i];
      siteCounts[site[row]] += sign;
      siteLone[site[row]] ^= row;
    }
    addTo(this.whats, actorSet, rows, size, sign);
    addTo(this.says, sourceSet, rows, size, sign);
    addTo(this.figures, figure, rows, size, sign);
    this.showGroups(rows, size, sign);
    let uncertain = 0;
    let contested = 0;
    for (let i = 0; i < size; i++) {
      uncertain += flags[rows[i]] & UNCERTAIN;
      contested += flags[rows[i]] & CONTESTED;
    }
    this.uncertain += (sign * uncertain) / UNCERTAIN;
    this.contested += (sign * contested) / CONTESTED;
    this.blocks[rows[0] >> BLOCK_BITS] += sign * size;
    this.count += sign * size;
  }

  showGroups(rows, size, sign) {
    const { siteGroups, groupCount, groupTable, groupColumn } = this;
    const { site } = this.snapshot;
    for (let i = 0; i < size; i++) {
      const row = rows[i];
      siteGroups[site[row] * groupCount + groupTable[groupColumn[row]]] += sign;
    }
  }

  /** A row that fails this one filter only. */
  miss(row, facet, sign) {
    this.single[facet] += sign;
    switch (facet) {
      case TYPE: this.typeExtra[this.snapshot.actorSet[row]] += sign; break;
      case ACTOR: this.actorExtra[this.snapshot.actorSet[row]] += sign; break;
      case SOURCE: this.sourceExtra[this.snapshot.sourceSet[row]] += sign; break;
      case PLACE: this.placeExtra[this.snapshot.site[row]] += sign; break;
      case PRECISION: this.precisionExtra[this.snapshot.site[row]] += sign; break;
      default: break;
    }
  }

  /** Rising rows in the histogram: whole on their day, or spread when the date is uncertain. */
  bars(rows, size, sign) {
    if (size === 0) return;
    const { sureDays, groupTable, groupColumn, groupCount } = this;
    const { flags, dayRows, firstDay } = this.snapshot;
    let d = startOf(this.snapshot, rows[0]) - firstDay;
    for (let i = 0; i < size; i++) {
      const row = rows[i];
      while (row >= dayRows[d + 1]) d++;
      if (flags[row] & UNCERTAIN) this.spread(row, d, sign);
      else sureDays[d * groupCount + groupTable[groupColumn[row]]] += sign;
    }
  }

  /** A row of an uncertain date: evenly over its days, the rest of the division on the first. */
  spread(row, d, sign) {
    const size = this.groupCount;
    const group = this.groupTable[this.groupColumn[row]];
    const length = this.snapshot.duration[row] + 1;
    const share = Math.floor(WHOLE / length);
    const rest = WHOLE - share * length;
    this.unsureSteps[d * size + group] += sign * (share + rest);
    this.unsureSteps[(d + 1) * size + group] -= sign * rest;
    this.unsureSteps[(d + length) * size + group] -= sign * share;
  }
}

function addTo(counts, column, rows, size, sign) {
  for (let i = 0; i < size; i++) counts[column[rows[i]]] += sign;
}
