// `crypto`: random values and the part of the Web Crypto API that shops need: digests, HMAC,
// AES-GCM, and verifying ECDSA signatures.

import {
  aesGcmOpen, aesGcmSeal, bytesToText, constantTimeEqual, ecdsaVerify, hash, hmac, randomBytes, textToBytes,
} from 'daino:internal/host';
import { bytesOf } from 'daino:internal/encoding';

const { freeze } = Object;
const BLOCK = { 'SHA-1': 64, 'SHA-256': 64, 'SHA-384': 128, 'SHA-512': 128 };
// What stands before the point in the usual DER form of a public key, its length, and the hash
// that belongs to the curve.
const CURVES = {
  'P-256': { before: '3059301306072a8648ce3d020106082a8648ce3d030107034200', size: 32, hash: 'SHA-256' },
  'P-384': { before: '3076301006072a8648ce3d020106052b81040022036200', size: 48, hash: 'SHA-384' },
};
const USAGES = { HMAC: ['sign', 'verify'], 'AES-GCM': ['encrypt', 'decrypt'], ECDSA: ['verify'] };

const fail = (message, name) => { throw new DOMException(message, name); };
const notSupported = (message) => fail(message, 'NotSupportedError');
const nameIn = (algorithm) => `${typeof algorithm === 'object' && algorithm !== null ? algorithm.name : algorithm}`.toUpperCase();

function hashName(algorithm) {
  const name = nameIn(algorithm);
  return BLOCK[name] ? name : notSupported(`the digest \`${name}\` is not available; use SHA-256, SHA-384, SHA-512 or SHA-1`);
}

function algorithmName(algorithm) {
  const name = nameIn(algorithm);
  return Object.hasOwn(USAGES, name) ? name : notSupported(`the algorithm \`${name}\` is not available; use HMAC, AES-GCM or ECDSA (to verify)`);
}

function data(source, what = 'the data') {
  return bytesOf(source) ?? (() => { throw new TypeError(`${what} must be an ArrayBuffer or a view of one`); })();
}

let secretOf;

export class CryptoKey {
  #secret;
  static { secretOf = (key) => key.#secret; }

  constructor(token, secret, fields) {
    if (token !== MAKE) throw new TypeError('Illegal constructor');
    this.#secret = secret;
    Object.assign(this, fields);
    freeze(this);
  }
  get [Symbol.toStringTag]() { return 'CryptoKey'; }
}
const MAKE = Symbol('make');

function makeKey(type, secret, algorithm, extractable, usages) {
  const list = [...usages];
  const wrong = list.find((usage) => !USAGES[algorithm.name].includes(usage));
  if (wrong !== undefined) fail(`a key for ${algorithm.name} cannot be used to ${wrong} here`, 'SyntaxError');
  if (list.length === 0 && type === 'secret') fail('the key would have no use', 'SyntaxError');
  return new CryptoKey(MAKE, secret, { type, extractable: Boolean(extractable), algorithm: freeze(algorithm), usages: freeze(list) });
}

function usable(key, name, usage) {
  if (!(key instanceof CryptoKey)) throw new TypeError('the key must be a CryptoKey');
  if (key.algorithm.name !== name) fail(`the key is for ${key.algorithm.name}`, 'InvalidAccessError');
  if (!key.usages.includes(usage)) fail(`the key may not be used to ${usage}`, 'InvalidAccessError');
  return secretOf(key);
}

function rawSecret(format, source) {
  if (format === 'raw') return data(source, 'the key').slice();
  if (format === 'jwk' && source?.kty === 'oct') return textToBytes(`${source.k}`, 'base64url');
  return notSupported(`a key in the form \`${format}\` is not available; use raw or jwk`);
}

function hmacKey(secret, algorithm, extractable, usages) {
  if (secret.length === 0) fail('the key is empty', 'DataError');
  const described = { name: 'HMAC', hash: freeze({ name: hashName(algorithm.hash) }), length: secret.length * 8 };
  return makeKey('secret', secret, described, extractable, usages);
}

function aesKey(secret, extractable, usages) {
  const length = secret.length * 8;
  if (length === 192) notSupported('AES keys of 192 bits are not available; use 256 or 128');
  if (length !== 128 && length !== 256) fail('an AES key has 128 or 256 bits', 'DataError');
  return makeKey('secret', secret, { name: 'AES-GCM', length }, extractable, usages);
}

// The uncompressed point of a public key.
function publicPoint(format, source, curve, size) {
  const bad = () => fail(`this is no public key of ${curve} in the form \`${format}\``, 'DataError');
  if (format === 'jwk') {
    if (source?.kty !== 'EC' || source.crv !== curve || source.d !== undefined) bad();
    const [x, y] = [textToBytes(`${source.x}`, 'base64url'), textToBytes(`${source.y}`, 'base64url')];
    if (x.length !== size || y.length !== size) bad();
    return Uint8Array.from([4, ...x, ...y]);
  }
  let point = data(source, 'the key').slice();
  if (format === 'spki') {
    const { before } = CURVES[curve];
    if (bytesToText(point.slice(0, before.length / 2), 'hex') !== before) bad();
    point = point.slice(before.length / 2);
  } else if (format !== 'raw') {
    notSupported(`a public key in the form \`${format}\` is not available; use spki, jwk or raw`);
  }
  if (point.length !== 2 * size + 1 || point[0] !== 4) bad();
  return point;
}

function ecdsaKey(format, source, { namedCurve }, extractable, usages) {
  const curve = `${namedCurve}`;
  if (!Object.hasOwn(CURVES, curve)) notSupported(`the curve \`${curve}\` is not available; use P-256 or P-384`);
  const point = publicPoint(format, source, curve, CURVES[curve].size);
  return makeKey('public', point, { name: 'ECDSA', namedCurve: curve }, extractable, usages);
}

function gcm(algorithm) {
  if (nameIn(algorithm) !== 'AES-GCM') notSupported(`the algorithm \`${nameIn(algorithm)}\` is not available; use AES-GCM`);
  const { iv, additionalData = new Uint8Array(0), tagLength = 128 } = algorithm;
  const nonce = data(iv, 'iv');
  if (nonce.length !== 12) notSupported('AES-GCM takes an iv of 12 bytes, the length every guide recommends');
  if (tagLength !== 128) notSupported('AES-GCM makes tags of 128 bits');
  return [nonce, data(additionalData, 'additionalData')];
}

class SubtleCrypto {
  async digest(algorithm, source) { return hash(hashName(algorithm), data(source)).buffer; }

  async importKey(format, source, algorithm, extractable, usages) {
    const name = algorithmName(algorithm);
    if (name === 'HMAC') return hmacKey(rawSecret(format, source), algorithm, extractable, usages);
    if (name === 'AES-GCM') return aesKey(rawSecret(format, source), extractable, usages);
    return ecdsaKey(format, source, algorithm, extractable, usages);
  }

  async generateKey(algorithm, extractable, usages) {
    const name = algorithmName(algorithm);
    if (name === 'ECDSA') notSupported('ECDSA keys can be imported to verify, not made');
    if (name === 'AES-GCM') {
      if (algorithm.length !== 128 && algorithm.length !== 256) fail('an AES key has 128 or 256 bits', 'OperationError');
      return aesKey(randomBytes(algorithm.length / 8), extractable, usages);
    }
    const bytes = algorithm.length ? Math.ceil(algorithm.length / 8) : BLOCK[hashName(algorithm.hash)];
    return hmacKey(randomBytes(bytes), algorithm, extractable, usages);
  }

  async exportKey(format, key) {
    if (!(key instanceof CryptoKey)) throw new TypeError('the key must be a CryptoKey');
    if (!key.extractable && key.type === 'secret') fail('the key is not extractable', 'InvalidAccessError');
    if (format === 'raw') return secretOf(key).slice().buffer;
    if (format !== 'jwk' || key.type !== 'secret') notSupported(`the form \`${format}\` is not available; use raw${key.type === 'secret' ? ' or jwk' : ''}`);
    const alg = key.algorithm.name === 'HMAC' ? key.algorithm.hash.name.replace('SHA-', 'HS') : `A${key.algorithm.length}GCM`;
    return { kty: 'oct', k: bytesToText(secretOf(key), 'base64url'), alg, key_ops: [...key.usages], ext: true };
  }

  async encrypt(algorithm, key, source) {
    const [nonce, extra] = gcm(algorithm);
    return aesGcmSeal(usable(key, 'AES-GCM', 'encrypt'), nonce, extra, data(source)).buffer;
  }

  async decrypt(algorithm, key, source) {
    const [nonce, extra] = gcm(algorithm);
    const opened = aesGcmOpen(usable(key, 'AES-GCM', 'decrypt'), nonce, extra, data(source));
    return opened?.buffer ?? fail('the data was not made with this key, iv and additionalData, or was changed', 'OperationError');
  }

  async sign(algorithm, key, source) {
    if (algorithmName(algorithm) !== 'HMAC') notSupported('only HMAC can sign here');
    const secret = usable(key, 'HMAC', 'sign');
    return hmac(key.algorithm.hash.name, secret, data(source)).buffer;
  }

  async verify(algorithm, key, signature, source) {
    const name = algorithmName(algorithm);
    if (name === 'AES-GCM') notSupported('AES-GCM verifies when it decrypts');
    const secret = usable(key, name, 'verify');
    if (name === 'HMAC') return constantTimeEqual(hmac(key.algorithm.hash.name, secret, data(source)), data(signature, 'the signature'));
    const { namedCurve } = key.algorithm;
    const wanted = CURVES[namedCurve].hash;
    if (hashName(algorithm.hash) !== wanted) notSupported(`${namedCurve} is verified with ${wanted}`);
    return ecdsaVerify(namedCurve, secret, data(signature, 'the signature'), data(source));
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
export const crypto = freeze({ subtle, randomUUID, getRandomValues });
