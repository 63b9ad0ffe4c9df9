/** Circles on a plane, merged until none overlap. Buffers are used again from call to call. */

/** Circles are looked up in square buckets of this many pixels. */
const BUCKET = 32;

/** The largest radius a circle may have: how far a search must reach. */
export const MAX_RADIUS = 30;

export class Merger {
  /** `circles`: {x, y, r, n} typed arrays; `join(a, b)` moves b into a; `radiusOf(i)` after a join. */
  constructor(circles, join, radiusOf) {
    this.circles = circles;
    this.join = join;
    this.radiusOf = radiusOf;
    this.heads = new Int32Array(0);
    this.next = new Int32Array(0);
    this.order = new Float64Array(0);
  }

  /**
   * Merge in place until no two of the first `count` are nearer than `gap`; an absorbed circle has n 0.
   * Big ones go first and take in all they overlap; whatever has grown is looked at again, so at the end
   * none is left that has changed since it was checked.
   */
  merge(count, gap) {
    if (count === 0) return;
    this.gap = gap;
    this.reserve(count);
    const order = this.place(count);
    for (let k = order.length - 1; k >= 0; k--) {
      let i = count - 1 - (order[k] % count);
      while (i >= 0 && this.circles.n[i] > 0) i = this.settle(i);
    }
  }

  /** Let a circle take in what it overlaps. Gives the circle to look at next, or -1 when it stands alone. */
  settle(i) {
    const { x, y, r, n } = this.circles;
    const { heads, next, gap, columns, left, top } = this;
    const reach = r[i] + MAX_RADIUS + gap;
    const u1 = Math.min(columns - 1, Math.floor((x[i] + reach - left) / BUCKET));
    const v1 = Math.min(this.rows - 1, Math.floor((y[i] + reach - top) / BUCKET));
    const u0 = Math.max(0, Math.floor((x[i] - reach - left) / BUCKET));
    for (let v = Math.max(0, Math.floor((y[i] - reach - top) / BUCKET)); v <= v1; v++) {
      for (let u = u0; u <= u1; u++) {
        for (let j = heads[v * columns + u]; j >= 0; j = next[j]) {
          if (j === i) continue;
          const dx = x[i] - x[j];
          const dy = y[i] - y[j];
          const near = r[i] + r[j] + gap;
          if (dx * dx + dy * dy < near * near) return n[i] >= n[j] ? this.absorb(i, j) : this.absorb(j, i);
        }
      }
    }
    return -1;
  }

  /** Move b's contents into a. */
  unite(a, b) {
    this.join(a, b);
    this.circles.r[a] = this.radiusOf(a);
    return a;
  }

  /** The same for circles that lie in buckets. */
  absorb(a, b) {
    this.remove(a);
    this.remove(b);
    this.unite(a, b);
    this.insert(a);
    return a;
  }

  reserve(count) {
    if (this.next.length >= count) return;
    this.next = new Int32Array(count * 2);
    this.order = new Float64Array(count * 2);
  }

  /** Lay what is left into buckets. Gives numbers that hold count and circle, sorted by count. */
  place(count) {
    const { n } = this.circles;
    let left = 0;
    this.measure(count, BUCKET);
    for (let i = 0; i < count; i++) {
      if (n[i] === 0) continue;
      this.insert(i);
      this.order[left++] = n[i] * count + (count - 1 - i);
    }
    return this.order.subarray(0, left).sort();
  }

  /** The circles' box in squares of this size, all empty. */
  measure(count, size) {
    const { x, y } = this.circles;
    let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
    for (let i = 0; i < count; i++) {
      if (x[i] < left) left = x[i];
      if (x[i] > right) right = x[i];
      if (y[i] < top) top = y[i];
      if (y[i] > bottom) bottom = y[i];
    }
    this.left = left;
    this.top = top;
    this.columns = Math.floor((right - left) / size) + 1;
    this.rows = Math.floor((bottom - top) / size) + 1;
    const squares = this.columns * this.rows;
    if (this.heads.length < squares) this.heads = new Int32Array(squares * 2);
    this.heads.fill(-1, 0, squares);
  }

  bucketAt(x, y) {
    return Math.floor((y - this.top) / BUCKET) * this.columns + Math.floor((x - this.left) / BUCKET);
  }

  bucketOf(i) {
    return this.bucketAt(this.circles.x[i], this.circles.y[i]);
  }

  insert(i) {
    const bucket = this.bucketOf(i);
    this.next[i] = this.heads[bucket];
    this.heads[bucket] = i;
  }

  remove(i) {
    const bucket = this.bucketOf(i);
    const { heads, next } = this;
    if (heads[bucket] === i) {
      heads[bucket] = next[i];
      return;
    }
    let j = heads[bucket];
    while (next[j] !== i) j = next[j];
    next[j] = next[i];
  }
}
