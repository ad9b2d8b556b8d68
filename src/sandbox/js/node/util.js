// `node:util`: what libraries for servers commonly take from it.

import { format, inspect } from 'daino:internal/inspect';
import { isEqual } from 'daino:internal/compare';
import { TextDecoder, TextEncoder } from 'daino:internal/encoding';
import { kindOf } from 'daino:internal/primordials';

export { format, inspect, TextDecoder, TextEncoder };

export const isDeepStrictEqual = (a, b) => isEqual(a, b, 'strict');

const customPromisify = Symbol.for('nodejs.util.promisify.custom');

export function promisify(original) {
  if (typeof original !== 'function') throw new TypeError('The "original" argument must be of type function');
  if (typeof original[customPromisify] === 'function') return original[customPromisify];
  return function promisified(...args) {
    return new Promise((resolve, reject) => {
      original.call(this, ...args, (error, value) => (error ? reject(error) : resolve(value)));
    });
  };
}
promisify.custom = customPromisify;

export function callbackify(original) {
  return function callbackified(...args) {
    const callback = args.pop();
    original.apply(this, args).then(
      (value) => queueMicrotask(() => callback(null, value)),
      (error) => queueMicrotask(() => callback(error ?? new Error('the promise was rejected without a reason'))),
    );
  };
}

export function deprecate(callback, message) {
  let told = false;
  return function deprecated(...args) {
    if (!told) globalThis.console.warn(`DeprecationWarning: ${message}`);
    told = true;
    return callback.apply(this, args);
  };
}

export function inherits(child, parent) {
  Object.defineProperty(child, 'super_', { value: parent, writable: true, configurable: true });
  Object.setPrototypeOf(child.prototype, parent.prototype);
}

const functionKind = (value, name) => typeof value === 'function' && value.constructor?.name === name;
const isKind = (...kinds) => (value) => typeof value === 'object' && value !== null && kinds.includes(kindOf(value));

export const types = {
  isDate: isKind('Date'),
  isRegExp: isKind('RegExp'),
  isMap: isKind('Map'),
  isSet: isKind('Set'),
  isPromise: isKind('Promise'),
  isNativeError: isKind('Error'),
  isAnyArrayBuffer: isKind('ArrayBuffer'),
  isArrayBuffer: isKind('ArrayBuffer'),
  isArrayBufferView: ArrayBuffer.isView,
  isTypedArray: (value) => ArrayBuffer.isView(value) && kindOf(value) !== 'DataView',
  isUint8Array: isKind('Uint8Array'),
  isWeakMap: isKind('WeakMap'),
  isWeakSet: isKind('WeakSet'),
  isBoxedPrimitive: isKind('Number', 'String', 'Boolean', 'Symbol', 'BigInt'),
  isAsyncFunction: (value) => functionKind(value, 'AsyncFunction') || functionKind(value, 'AsyncGeneratorFunction'),
  isGeneratorFunction: (value) => functionKind(value, 'GeneratorFunction') || functionKind(value, 'AsyncGeneratorFunction'),
};

export const stripVTControlCharacters = (text) => text.replace(/[\u001b\u009b][[()#;?]*(?:\d{1,4}(?:;\d{0,4})*)?[\dA-ORZcf-nqry=><]/g, '');
export const toUSVString = (text) => `${text}`.toWellFormed();
export const isArray = Array.isArray;

export default {
  TextDecoder, TextEncoder, callbackify, deprecate, format, inherits, inspect, isArray,
  isDeepStrictEqual, promisify, stripVTControlCharacters, toUSVString, types,
};
