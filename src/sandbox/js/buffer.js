// `Buffer`: Node's byte array over `Uint8Array`.

import { bytesToText, constantTimeEqual, textToBytes, utf8Decode } from 'daino:internal/host';
import { bytesOf, encodeUtf8 } from 'daino:internal/encoding';
import { custom } from 'daino:internal/inspect';

const NAMES = {
  'utf8': 'utf8', 'utf-8': 'utf8', 'hex': 'hex', 'base64': 'base64', 'base64url': 'base64url',
  'latin1': 'latin1', 'binary': 'latin1', 'ascii': 'ascii',
  'utf16le': 'utf16le', 'utf-16le': 'utf16le', 'ucs2': 'utf16le', 'ucs-2': 'utf16le',
};

function encodingOf(name) {
  if (name === undefined || name === null || name === '') return 'utf8';
  const known = NAMES[`${name}`.toLowerCase()];
  if (known === undefined) {
    const error = new TypeError(`Unknown encoding: ${name}`);
    error.code = 'ERR_UNKNOWN_ENCODING';
    throw error;
  }
  return known;
}

function fromText(text, encoding) {
  const name = encodingOf(encoding);
  if (name === 'utf8') return encodeUtf8(text);
  if (name !== 'utf16le') return textToBytes(text.toWellFormed(), name);
  const bytes = new Uint8Array(text.length * 2);
  for (let i = 0; i < text.length; i++) {
    bytes[i * 2] = text.charCodeAt(i) & 0xff;
    bytes[i * 2 + 1] = text.charCodeAt(i) >> 8;
  }
  return bytes;
}

const plain = (buffer) => new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength);
const view = (buffer) => new DataView(buffer.buffer, buffer.byteOffset, buffer.byteLength);

function wrongType(value) {
  const error = new TypeError(`The first argument must be of type string or an instance of Buffer, ArrayBuffer, or Array or an Array-like Object. Received ${value === null ? 'null' : `type ${typeof value}`}`);
  error.code = 'ERR_INVALID_ARG_TYPE';
  throw error;
}

function outOfRange(name, range, value) {
  const error = new RangeError(`The value of "${name}" is out of range. It must be ${range}. Received ${value}`);
  error.code = 'ERR_OUT_OF_RANGE';
  throw error;
}

function size(value) {
  if (typeof value !== 'number') wrongType(value);
  if (!(value >= 0 && value <= 0x7fffffff)) outOfRange('size', '>= 0 && <= 2147483647', value);
  return Math.trunc(value);
}

export class Buffer extends Uint8Array {
  static poolSize = 8192;

  static from(value, second, third) {
    if (typeof value === 'string') return Buffer.#over(fromText(value, second));
    if (value instanceof ArrayBuffer) return new Buffer(value, second ?? 0, third ?? value.byteLength - (second ?? 0));
    if (ArrayBuffer.isView(value)) return Buffer.#over(Uint8Array.from(value));
    if (value !== null && typeof value === 'object') {
      if (value.type === 'Buffer' && Array.isArray(value.data)) return Buffer.#over(Uint8Array.from(value.data));
      if (typeof value.length === 'number') return Buffer.#over(Uint8Array.from(Array.from(value), (n) => Number(n) & 255));
      const inner = value.valueOf();
      if (inner !== value && (typeof inner === 'string' || typeof inner === 'object')) return Buffer.from(inner, second, third);
    }
    return wrongType(value);
  }

  static #over(bytes) { return new Buffer(bytes.buffer, bytes.byteOffset, bytes.byteLength); }

  static alloc(count, fill, encoding) {
    const buffer = new Buffer(size(count));
    return fill === undefined || fill === 0 ? buffer : buffer.fill(fill, encoding);
  }
  static allocUnsafe(count) { return new Buffer(size(count)); }
  static allocUnsafeSlow(count) { return new Buffer(size(count)); }
  static of(...items) { return Buffer.from(items); }

  static isBuffer(value) { return value instanceof Buffer; }
  static isEncoding(name) { return typeof name === 'string' && NAMES[name.toLowerCase()] !== undefined; }

  static byteLength(value, encoding) {
    if (typeof value === 'string') return fromText(value, encoding).length;
    return bytesOf(value)?.byteLength ?? wrongType(value);
  }

  static concat(list, total) {
    if (!Array.isArray(list)) wrongType(list);
    const length = total ?? list.reduce((sum, item) => sum + item.length, 0);
    const joined = Buffer.alloc(length);
    let at = 0;
    for (const item of list) {
      if (at >= length) break;
      joined.set(plain(item).subarray(0, length - at), at);
      at += item.length;
    }
    return joined;
  }

  static compare(a, b) {
    const [left, right] = [bytesOf(a) ?? wrongType(a), bytesOf(b) ?? wrongType(b)];
    const common = Math.min(left.length, right.length);
    for (let i = 0; i < common; i++) {
      if (left[i] !== right[i]) return left[i] < right[i] ? -1 : 1;
    }
    return Math.sign(left.length - right.length);
  }

  toString(encoding, start = 0, end = this.length) {
    const bytes = plain(this).subarray(Math.max(0, start), Math.max(0, end));
    const name = encodingOf(encoding);
    if (name === 'utf8') return utf8Decode(bytes, false);
    if (name !== 'utf16le') return bytesToText(bytes, name);
    let text = '';
    for (let i = 0; i + 1 < bytes.length; i += 2) text += String.fromCharCode(bytes[i] | (bytes[i + 1] << 8));
    return text;
  }
  toLocaleString(encoding, start, end) { return this.toString(encoding, start, end); }
  toJSON() { return { type: 'Buffer', data: Array.from(this) }; }

  equals(other) {
    const bytes = bytesOf(other) ?? wrongType(other);
    return constantTimeEqual(plain(this), bytes);
  }
  compare(other, ...range) {
    const [from = 0, to = other.length, start = 0, end = this.length] = range;
    return Buffer.compare(this.subarray(start, end), other.subarray(from, to));
  }

  slice(start, end) { return this.subarray(start, end); }

  write(text, offset, length, encoding) {
    if (typeof offset === 'string') return this.write(text, 0, this.length, offset);
    if (typeof length === 'string') return this.write(text, offset, undefined, length);
    const at = offset ?? 0;
    const room = Math.min(length ?? Infinity, this.length - at);
    const bytes = fromText(text, encoding).subarray(0, room);
    this.set(bytes, at);
    return bytes.length;
  }

  copy(target, at = 0, start = 0, end = this.length) {
    const bytes = plain(this).subarray(start, Math.min(end, start + Math.max(0, target.length - at)));
    target.set(bytes, at);
    return bytes.length;
  }

  fill(value, start = 0, end = this.length, encoding = undefined) {
    if (typeof start === 'string') return this.fill(value, 0, this.length, start);
    if (typeof end === 'string') return this.fill(value, start, this.length, end);
    if (typeof value === 'number') {
      super.fill(value & 255, start, end);
      return this;
    }
    const bytes = typeof value === 'string' ? fromText(value, encoding) : bytesOf(value) ?? wrongType(value);
    for (let i = start; i < end; i++) this[i] = bytes.length === 0 ? 0 : bytes[(i - start) % bytes.length];
    return this;
  }

  indexOf(value, from = 0, encoding = undefined) {
    if (typeof from === 'string') return this.indexOf(value, 0, from);
    if (typeof value === 'number') return super.indexOf(value & 255, from);
    const wanted = typeof value === 'string' ? fromText(value, encoding) : bytesOf(value) ?? wrongType(value);
    const start = from < 0 ? Math.max(0, this.length + from) : from;
    for (let i = start; i + wanted.length <= this.length; i++) {
      let same = 0;
      while (same < wanted.length && this[i + same] === wanted[same]) same += 1;
      if (same === wanted.length) return i;
    }
    return -1;
  }
  includes(value, from, encoding) { return this.indexOf(value, from, encoding) !== -1; }

  readUIntBE(offset, length) {
    this.#check(offset, length);
    let value = 0;
    for (let i = 0; i < length; i++) value = value * 256 + this[offset + i];
    return value;
  }
  readUIntLE(offset, length) {
    this.#check(offset, length);
    let value = 0;
    for (let i = length - 1; i >= 0; i--) value = value * 256 + this[offset + i];
    return value;
  }
  writeUIntBE(value, offset, length) {
    this.#check(offset, length);
    for (let i = length - 1, rest = value; i >= 0; i--, rest = Math.floor(rest / 256)) this[offset + i] = rest % 256;
    return offset + length;
  }
  writeUIntLE(value, offset, length) {
    this.#check(offset, length);
    for (let i = 0, rest = value; i < length; i++, rest = Math.floor(rest / 256)) this[offset + i] = rest % 256;
    return offset + length;
  }

  #check(offset, length) {
    if (!Number.isInteger(offset) || offset < 0 || offset + length > this.length) {
      outOfRange('offset', `>= 0 and <= ${this.length - length}`, offset);
    }
  }

  [custom]() {
    const shown = bytesToText(plain(this).subarray(0, 50), 'hex').replace(/(..)(?=.)/g, '$1 ');
    const more = this.length > 50 ? ` ... ${this.length - 50} more bytes` : '';
    return `<Buffer${shown ? ` ${shown}` : ''}${more}>`;
  }

  static {
    // Kind in DataView's words: its bytes and the range of values it takes.
    const kinds = {
      Uint8: [1, 0, 255], Int8: [1, -128, 127],
      Uint16: [2, 0, 65535], Int16: [2, -32768, 32767],
      Uint32: [4, 0, 4294967295], Int32: [4, -2147483648, 2147483647],
      Float32: [4], Float64: [8],
      BigUint64: [8, 0n, 2n ** 64n - 1n], BigInt64: [8, -(2n ** 63n), 2n ** 63n - 1n],
    };
    const names = { Uint8: ['UInt8', 'Uint8'], Uint16: ['UInt16', 'Uint16'], Uint32: ['UInt32', 'Uint32'], BigUint64: ['BigUInt64', 'BigUint64'], Float32: ['Float'], Float64: ['Double'] };
    const add = (name, method) => Object.defineProperty(this.prototype, name, { value: method, writable: true, configurable: true });
    for (const [kind, [width, least, most]] of Object.entries(kinds)) {
      for (const order of width === 1 ? [''] : ['LE', 'BE']) {
        const read = function read(offset = 0) {
          this.#check(offset, width);
          return view(this)[`get${kind}`](offset, order === 'LE');
        };
        const write = function write(value, offset = 0) {
          this.#check(offset, width);
          if (least !== undefined && (value < least || value > most)) outOfRange('value', `>= ${least} and <= ${most}`, value);
          view(this)[`set${kind}`](offset, value, order === 'LE');
          return offset + width;
        };
        for (const name of names[kind] ?? [kind]) {
          add(`read${name}${order}`, read);
          add(`write${name}${order}`, write);
        }
      }
    }
  }
}
