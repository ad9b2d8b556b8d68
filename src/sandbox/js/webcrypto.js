// `crypto`: random values, digests and HMAC of the Web Crypto API.

import { bytesToText, constantTimeEqual, hash, hmac, randomBytes, textToBytes } from 'daino:internal/host';
import { bytesOf } from 'daino:internal/encoding';

const BLOCK = { 'SHA-1': 64, 'SHA-256': 64, 'SHA-384': 128, 'SHA-512': 128 };
const notSupported = (message) => { throw new DOMException(message, 'NotSupportedError'); };

function hashName(algorithm) {
  const name = `${typeof algorithm === 'object' && algorithm !== null ? algorithm.name : algorithm}`.toUpperCase();
  return BLOCK[name] ? name : notSupported(`the digest \`${name}\` is not available; use SHA-256, SHA-384, SHA-512 or SHA-1`);
}

function data(source) {
  return bytesOf(source) ?? (() => { throw new TypeError('the data must be an ArrayBuffer or a view of one'); })();
}

function hmacName(algorithm) {
  const name = `${typeof algorithm === 'object' && algorithm !== null ? algorithm.name : algorithm}`.toUpperCase();
  if (name !== 'HMAC') notSupported(`the algorithm \`${name}\` is not available; use HMAC`);
}

let secretOf;

export class CryptoKey {
  #secret;
  static { secretOf = (key) => key.#secret; }

  constructor(token, secret, fields) {
    if (token !== MAKE) throw new TypeError('Illegal constructor');
    this.#secret = secret;
    Object.assign(this, fields);
    Object.freeze(this);
  }
  get [Symbol.toStringTag]() { return 'CryptoKey'; }
}
const MAKE = Symbol('make');

function makeKey(secret, hashed, extractable, usages) {
  const algorithm = Object.freeze({ name: 'HMAC', hash: Object.freeze({ name: hashed }), length: secret.length * 8 });
  return new CryptoKey(MAKE, secret, { type: 'secret', extractable: Boolean(extractable), algorithm, usages: Object.freeze([...usages]) });
}

function usable(key, usage) {
  if (!(key instanceof CryptoKey)) throw new TypeError('the key must be a CryptoKey');
  if (!key.usages.includes(usage)) throw new DOMException(`the key may not be used to ${usage}`, 'InvalidAccessError');
  return secretOf(key);
}

class SubtleCrypto {
  async digest(algorithm, source) { return hash(hashName(algorithm), data(source)).buffer; }

  async importKey(format, source, algorithm, extractable, usages) {
    hmacName(algorithm);
    let secret;
    if (format === 'raw') secret = data(source).slice();
    else if (format === 'jwk' && source?.kty === 'oct') secret = textToBytes(`${source.k}`, 'base64url');
    else notSupported(`a key in the form \`${format}\` is not available; use raw or jwk`);
    if (secret.length === 0) throw new DOMException('the key is empty', 'DataError');
    return makeKey(secret, hashName(algorithm.hash), extractable, usages);
  }

  async generateKey(algorithm, extractable, usages) {
    hmacName(algorithm);
    const hashed = hashName(algorithm.hash);
    return makeKey(randomBytes(algorithm.length ? Math.ceil(algorithm.length / 8) : BLOCK[hashed]), hashed, extractable, usages);
  }

  async exportKey(format, key) {
    if (!key.extractable) throw new DOMException('the key is not extractable', 'InvalidAccessError');
    if (format === 'raw') return secretOf(key).slice().buffer;
    if (format !== 'jwk') notSupported(`the form \`${format}\` is not available; use raw or jwk`);
    const alg = key.algorithm.hash.name.replace('SHA-', 'HS');
    return { kty: 'oct', k: bytesToText(secretOf(key), 'base64url'), alg, key_ops: [...key.usages], ext: true };
  }

  async sign(algorithm, key, source) {
    hmacName(algorithm);
    return hmac(key.algorithm?.hash?.name ?? '', usable(key, 'sign'), data(source)).buffer;
  }

  async verify(algorithm, key, signature, source) {
    hmacName(algorithm);
    const code = hmac(key.algorithm?.hash?.name ?? '', usable(key, 'verify'), data(source));
    return constantTimeEqual(code, data(signature));
  }
}

/** A random version 4 UUID. */
export function randomUUID() {
  const bytes = randomBytes(16);
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  return bytesToText(bytes, 'hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** Fills an integer array with random values. */
export function getRandomValues(array) {
  if (!ArrayBuffer.isView(array) || /Float|DataView/.test(Object.prototype.toString.call(array))) {
    throw new DOMException('getRandomValues takes an integer TypedArray', 'TypeMismatchError');
  }
  if (array.byteLength > 65_536) throw new DOMException('at most 65,536 bytes at a time', 'QuotaExceededError');
  bytesOf(array).set(randomBytes(array.byteLength));
  return array;
}

export const subtle = new SubtleCrypto();
export const crypto = Object.freeze({ subtle, randomUUID, getRandomValues });
