/** Reading the snapshot's bytes: varints, sections, escaped columns, and the checksum. */

/** A snapshot that cannot be had or read. `code`: offline, missing, http, truncated, corrupt, version. */
export class SnapshotError extends Error {
  constructor(code, message) {
    super(message);
    this.name = 'SnapshotError';
    this.code = code;
  }
}

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k++) c = c & 1 ? (c >>> 1) ^ 0xedb88320 : c >>> 1;
  return c;
});

/** CRC-32 as in zip and Python's zlib. */
export function crc32(bytes) {
  let crc = -1;
  for (let i = 0; i < bytes.length; i++) crc = CRC_TABLE[(crc ^ bytes[i]) & 255] ^ (crc >>> 8);
  return (crc ^ -1) >>> 0;
}

const corrupt = (what) => new SnapshotError('corrupt', `The snapshot is broken: ${what}.`);

export const unzigzag = (value) => (value % 2 ? -(value + 1) / 2 : value / 2);

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

  /** `count` varints into `out`. */
  varints(out) {
    for (let i = 0; i < out.length; i++) out[i] = this.varint();
    return out;
  }

  deltas(out) {
    let value = 0;
    for (let i = 0; i < out.length; i++) out[i] = value += unzigzag(this.varint());
    return out;
  }

  /** Escaped values, each below `limit`, into an array of the narrowest fit. */
  escaped(count, limit) {
    const heads = this.take(count);
    const out = narrow(count, limit);
    for (let i = 0; i < count; i++) {
      const value = heads[i] === 255 ? 255 + this.varint() : heads[i];
      if (value >= limit) throw corrupt(`row ${i} names a value that is not there`);
      out[i] = value;
    }
    this.end();
    return out;
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
