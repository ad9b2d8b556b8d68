// `node:crypto`: hashes, HMAC, random values, comparison in constant time.

import { constantTimeEqual, hash as digestOf, hmac, randomBytes as bytes } from 'daino:internal/host';
import { Buffer } from 'daino:internal/buffer';
import { bytesOf, dataBytes } from 'daino:internal/encoding';
import { crypto, getRandomValues, randomUUID, subtle } from 'daino:internal/webcrypto';

const buffer = (data) => new Buffer(data.buffer, data.byteOffset, data.byteLength);
const known = ['sha1', 'sha256', 'sha384', 'sha512'];

function algorithmOf(name) {
  const text = `${name}`.toLowerCase().replace('-', '');
  if (!known.includes(text)) {
    const error = new Error(`hash \`${name}\` is not available; use sha256, sha384, sha512 or sha1`);
    error.code = 'ERR_OSSL_EVP_UNSUPPORTED';
    throw error;
  }
  return text;
}

class Digest {
  #parts = [];
  #finish;

  constructor(finish) { this.#finish = finish; }

  update(data, encoding) {
    if (this.#parts === null) {
      const error = new Error('Digest already called');
      error.code = 'ERR_CRYPTO_HASH_FINALIZED';
      throw error;
    }
    this.#parts.push(typeof data === 'string' ? Buffer.from(data, encoding) : dataBytes(data).slice());
    return this;
  }

  digest(encoding) {
    const parts = this.#parts;
    this.update('');
    this.#parts = null;
    const joined = Buffer.concat(parts);
    const result = buffer(this.#finish(new Uint8Array(joined.buffer, joined.byteOffset, joined.length)));
    return encoding === undefined || encoding === 'buffer' ? result : result.toString(encoding);
  }
}

class Hash extends Digest {}
class Hmac extends Digest {}

export function createHash(name) {
  const algorithm = algorithmOf(name);
  return new Hash((data) => digestOf(algorithm, data));
}

export function createHmac(name, key) {
  const algorithm = algorithmOf(name);
  const secret = dataBytes(key, 'key').slice();
  return new Hmac((data) => hmac(algorithm, secret, data));
}

export const hash = (name, data, encoding = 'hex') => createHash(name).update(data).digest(encoding);

export function timingSafeEqual(a, b) {
  const [left, right] = [bytesOf(a), bytesOf(b)];
  if (!left || !right) throw new TypeError('timingSafeEqual takes two Buffers, TypedArrays or DataViews');
  if (left.length !== right.length) {
    const error = new RangeError('Input buffers must have the same byte length');
    error.code = 'ERR_CRYPTO_TIMING_SAFE_EQUAL_LENGTH';
    throw error;
  }
  return constantTimeEqual(left, right);
}

export function randomBytes(count, callback) {
  if (!Number.isInteger(count) || count < 0) throw new RangeError(`The value of "size" is out of range. Received ${count}`);
  const parts = [];
  for (let left = count; left > 0; left -= 65_536) parts.push(bytes(Math.min(left, 65_536)));
  const made = Buffer.concat(parts);
  if (typeof callback !== 'function') return made;
  queueMicrotask(() => callback(null, made));
  return undefined;
}

export function randomInt(first, second, third) {
  const [least, most] = typeof second === 'number' ? [first, second] : [0, first];
  const callback = typeof second === 'function' ? second : third;
  const range = most - least;
  if (!Number.isSafeInteger(least) || !Number.isSafeInteger(most) || range <= 0 || range > 2 ** 48) {
    throw new RangeError('randomInt takes safe integers min < max, at most 2^48 apart');
  }
  // Numbers past the last whole multiple of the range would make small results likelier.
  const limit = 2 ** 48 - (2 ** 48 % range);
  let drawn;
  do drawn = randomBytes(6).readUIntBE(0, 6); while (drawn >= limit);
  const result = least + (drawn % range);
  if (typeof callback === 'function') queueMicrotask(() => callback(null, result));
  return result;
}

export const getHashes = () => [...known];
export const webcrypto = crypto;
export { getRandomValues, randomUUID, subtle };
export default {
  createHash, createHmac, getHashes, getRandomValues, hash, randomBytes, randomInt, randomUUID,
  subtle, timingSafeEqual, webcrypto,
};
