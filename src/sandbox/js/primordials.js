// What the platform relies on, taken before plugin code runs: a plugin that replaces
// `JSON.stringify` or `Map.prototype.get` changes its own world, not the platform's answers.

const { call } = Function.prototype;
const uncurry = call.bind.bind(call);

export const stringify = JSON.stringify;
export const parse = JSON.parse;
export const getPrototypeOf = Object.getPrototypeOf;
export const ownKeys = Reflect.ownKeys;
export const getDescriptor = Object.getOwnPropertyDescriptor;
export const defineProperty = Object.defineProperty;
export const isArray = Array.isArray;
export const isView = ArrayBuffer.isView;
export const objectTag = uncurry(Object.prototype.toString);
export const hasOwn = uncurry(Object.prototype.hasOwnProperty);
export const isEnumerable = uncurry(Object.prototype.propertyIsEnumerable);
export const functionSource = uncurry(Function.prototype.toString);
export const wellFormed = uncurry(String.prototype.toWellFormed);
export const dateTime = uncurry(Date.prototype.getTime);
export const dateText = uncurry(Date.prototype.toISOString);
export const regexpText = uncurry(RegExp.prototype.toString);
export const mapEntries = uncurry(Map.prototype.entries);
export const setValues = uncurry(Set.prototype.values);
export const now = Date.now;
export const clock = typeof performance === 'object' ? performance.now.bind(performance) : now;

// The class of an object by its internal slot where there is one, whatever its prototype says.
const typedArrayTag = uncurry(
  getDescriptor(getPrototypeOf(Uint8Array.prototype), Symbol.toStringTag).get,
);
const slots = [
  ['Map', uncurry(getDescriptor(Map.prototype, 'size').get)],
  ['Set', uncurry(getDescriptor(Set.prototype, 'size').get)],
  ['Date', dateTime],
  ['ArrayBuffer', uncurry(getDescriptor(ArrayBuffer.prototype, 'byteLength').get)],
  ['Number', uncurry(Number.prototype.valueOf)],
  ['String', uncurry(String.prototype.valueOf)],
  ['Boolean', uncurry(Boolean.prototype.valueOf)],
  ['Symbol', uncurry(Symbol.prototype.valueOf)],
  ['BigInt', uncurry(BigInt.prototype.valueOf)],
];
const promiseThen = uncurry(Promise.prototype.then);
export const isPromise = (value) => value instanceof Promise && typeof promiseThen === 'function';

/** The class of an object: `Map`, `Uint8Array`, `Date`, `RegExp`, `Error`, …, else `Object`. */
export function kindOf(value) {
  if (typeof value === 'function') return 'Function';
  if (isArray(value)) return 'Array';
  if (isView(value)) return typedArrayTag(value) ?? 'DataView';
  if (Error.isError ? Error.isError(value) : value instanceof Error) return 'Error';
  for (let i = 0; i < slots.length; i++) {
    try {
      slots[i][1](value);
      return slots[i][0];
    } catch { /* not this one */ }
  }
  if (value instanceof RegExp) return 'RegExp';
  if (value instanceof Promise) return 'Promise';
  if (value instanceof WeakMap) return 'WeakMap';
  if (value instanceof WeakSet) return 'WeakSet';
  return 'Object';
}

/** Enumerable own keys, symbols included. */
export const keysOf = (value) => ownKeys(value).filter((key) => isEnumerable(value, key));
