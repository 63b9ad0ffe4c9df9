/** Reading the snapshot's bytes: varints, sections, escaped columns, and the checksum. */

/** A snapshot that cannot be had or read. `code`: offline, missing, http, truncated, corrupt, version. */
export class SnapshotError extends Error {
  constructor(code, message) {
    super(message);
    this.name = 'SnapshotError';
    this.code = code;
  }
}

/** Four tables of 256: what a byte does to the checksum when 0, 1, 2 or 3 bytes follow it. */
function makeTables() {
  const tables = new Int32Array(4 * 256);
  for (let n = 0; n < 256; n++) {
    let c = n;
    for (let k = 0; k < 8; k++) c = c & 1 ? (c >>> 1) ^ 0xedb88320 : c >>> 1;
    tables[n] = c;
  }
  for (let n = 256; n < tables.length; n++) tables[n] = (tables[n - 256] >>> 8) ^ tables[tables[n - 256] & 255];
  return tables;
}

let tables = null;

/** CRC-32 as in zip and Python's zlib, four bytes at a time. */
export function crc32(bytes) {
  const table = tables ??= makeTables();
  const fours = bytes.length & ~3;
  let crc = -1;
  for (let i = 0; i < fours; i += 4) {
    crc ^= bytes[i] | (bytes[i + 1] << 8) | (bytes[i + 2] << 16) | (bytes[i + 3] << 24);
    crc = table[768 + (crc & 255)] ^ table[512 + ((crc >>> 8) & 255)] ^ table[256 + ((crc >>> 16) & 255)] ^ table[crc >>> 24];
  }
  for (let i = fours; i < bytes.length; i++) crc = table[(crc ^ bytes[i]) & 255] ^ (crc >>> 8);
  return (crc ^ -1) >>> 0;
}

const corrupt = (what) => new SnapshotError('corrupt', `The snapshot is broken: ${what}.`);

export const unzigzag = (value) => (value <= 0x7fffffff ? (value >>> 1) ^ -(value & 1) : value % 2 ? -(value + 1) / 2 : value / 2);

/** A position in bytes that only moves forward and never past the end. */
export class Reader {
  constructor(bytes) {
    this.bytes = bytes;
    this.at = 0;
  }

  varint() {
    const { bytes } = this;
    let value = bytes[this.at++];
    if (value < 128) return value;
    let scale = 128;
    value -= 128;
    for (;;) {
      const byte = bytes[this.at++];
      if (byte === undefined || scale > 2 ** 49) throw corrupt('a number does not end');
      if (byte < 128) return value + byte * scale;
      value += (byte - 128) * scale;
      scale *= 128;
    }
  }

  /** A count that an array will be made of: each item takes at least one byte or bit of the rest. */
  count(limit) {
    const value = this.varint();
    if (!(value <= limit)) throw corrupt(`a count of ${value} where ${limit} is the most`);
    return value;
  }

  take(length) {
    const end = this.at + length;
    if (!(end <= this.bytes.length)) throw corrupt('a part is shorter than it says');
    const part = this.bytes.subarray(this.at, end);
    this.at = end;
    return part;
  }

  section() {
    return new Reader(this.take(this.varint()));
  }

  /** As many varints as `out` has room for, each less `less` and divided by `unit`. */
  varints(out, { less = 0, unit = 1 } = {}) {
    const { bytes } = this;
    let { at } = this;
    for (let i = 0; i < out.length; i++) {
      let value = bytes[at++];
      if (!(value < 128)) {
        this.at = at - 1;
        value = this.varint();
        at = this.at;
      }
      out[i] = (value - less) / unit;
    }
    this.at = at;
    return out;
  }

  /** The same of zigzag steps, added up. */
  deltas(out, { less = 0, unit = 1 } = {}) {
    let sum = -less;
    for (let i = 0; i < out.length; i++) out[i] = (sum += unzigzag(this.varint())) / unit;
    return out;
  }

  /** Escaped values, each below `limit`, into an array of the narrowest fit. */
  escaped(count, limit) {
    const heads = this.take(count);
    const out = narrow(count, limit);
    out.set(heads);
    for (let i = heads.indexOf(255); i >= 0; i = heads.indexOf(255, i + 1)) out[i] = this.escape(limit);
    if (limit < 255) for (let i = 0; i < count; i++) if (out[i] >= limit) throw corrupt(`row ${i} names a value that is not there`);
    this.end();
    return out;
  }

  escape(limit) {
    const value = 255 + this.varint();
    if (value >= limit) throw corrupt(`a row names the value ${value} that is not there`);
    return value;
  }

  end() {
    if (this.at !== this.bytes.length) throw corrupt('a part is longer than it should be');
  }
}

/** An array of the narrowest unsigned type for values below `limit`. */
export function narrow(length, limit) {
  if (limit <= 256) return new Uint8Array(length);
  return limit <= 65536 ? new Uint16Array(length) : new Uint32Array(length);
}

/** The body of a sealed file. Throws SnapshotError truncated, corrupt or version. */
export function unseal(buffer, checksum) {
  const bytes = new Uint8Array(buffer);
  if (bytes.length < 16) throw new SnapshotError('truncated', 'The snapshot is cut short.');
  if (String.fromCharCode(...bytes.subarray(0, 4)) !== 'IDLM') throw corrupt('not a snapshot');
  if (bytes[4] !== 1) throw new SnapshotError('version', `Snapshot version ${bytes[4]} is not known.`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, 16);
  if (bytes.length < view.getUint32(8, true)) {
    throw new SnapshotError('truncated', 'The snapshot is cut short.');
  }
  if (bytes.length > view.getUint32(8, true)) throw corrupt('it is longer than it says');
  const body = bytes.subarray(16);
  if (checksum && crc32(body) !== view.getUint32(12, true)) throw corrupt('the checksum differs');
  return body;
}
