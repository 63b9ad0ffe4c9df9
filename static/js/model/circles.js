/** Circles of events as columns: where they are, how many events, of which groups. Arrays grow and are kept. */

const COLUMNS = {
  x: Float64Array, y: Float64Array, r: Float32Array, n: Uint32Array, groups: Uint32Array, lone: Int32Array,
  site: Int32Array, contested: Uint32Array, about: Uint32Array, mark: Uint32Array, key: Uint32Array,
  /** Which circle took a circle in (itself if none), and a circle's place among those that are left. */
  into: Int32Array, rank: Int32Array,
};

/** No circles yet; `reserve(most, groupCount)` makes room and forgets what was there. */
export function circles() {
  const made = { count: 0, groupCount: 0, reserve: (most, groupCount) => reserve(made, most, groupCount) };
  for (const [name, type] of Object.entries(COLUMNS)) made[name] = new type(0);
  return made;
}

function reserve(made, most, groupCount) {
  const fits = made.n.length >= most;
  if (fits && made.groupCount === groupCount) return;
  const length = fits ? made.n.length : most;
  for (const [name, type] of Object.entries(COLUMNS)) {
    const size = name === 'groups' ? length * groupCount : length;
    if (made[name].length < size) made[name] = new type(size);
  }
  made.groupCount = groupCount;
}

/** Move b's contents into a, whose centre is that of all; its radius is the caller's to set. */
export function joinCircles(made, a, b) {
  const { x, y, n, groups, groupCount: size } = made;
  const total = n[a] + n[b];
  x[a] = (x[a] * n[a] + x[b] * n[b]) / total;
  y[a] = (y[a] * n[a] + y[b] * n[b]) / total;
  n[a] = total;
  n[b] = 0;
  made.about[a] += made.about[b];
  made.lone[a] = -1;
  made.contested[a] = 0;
  made.site[a] = -1;
  made.into[b] = a;
  for (let g = 0; g < size; g++) groups[a * size + g] += groups[b * size + g];
}

export function copyCircle(from, c, to, b) {
  to.x[b] = from.x[c];
  to.y[b] = from.y[c];
  to.r[b] = from.r[c];
  to.n[b] = from.n[c];
  to.lone[b] = from.lone[c];
  to.site[b] = from.site[c];
  to.contested[b] = from.contested[c];
  to.about[b] = from.about[c];
  const size = from.groupCount;
  for (let g = 0; g < size; g++) to.groups[b * size + g] = from.groups[c * size + g];
}

/** Close the gaps that absorbed circles left. */
export function closeGaps(made) {
  const { n, into, rank } = made;
  let left = 0;
  for (let b = 0; b < made.count; b++) {
    if (n[b] === 0) continue;
    into[b] = b;
    rank[b] = left;
    if (left !== b) copyCircle(made, b, made, left);
    left++;
  }
  made.count = left;
}
