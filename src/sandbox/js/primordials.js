// What the platform relies on, taken before plugin code runs: a plugin that replaces
// `JSON.stringify` or `Map.prototype.get` changes its own world, not the platform's answers.

import { classOf } from 'daino:native';

const { call } = Function.prototype;
const { create } = Object;
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

// The engine's numbers of the classes that tell what an object is.
const kinds = create(null);
for (const made of [
  {}, [], new Error(), new Map(), new Set(), new Date(0), new ArrayBuffer(0), Object(0), Object(''), Object(true),
  Object(Symbol()), Object(0n), /x/, Promise.resolve(), new WeakMap(), new WeakSet(),
]) kinds[classOf(made)] = made.constructor.name;

const typedArrayTag = uncurry(
  getDescriptor(getPrototypeOf(Uint8Array.prototype), Symbol.toStringTag).get,
);

/**
 * The class of an object by its internal slot where there is one, whatever its prototype says:
 * `Map`, `Uint8Array`, `Date`, `RegExp`, `Error`, …, else `Object`.
 */
export function kindOf(value) {
  if (typeof value === 'function') return 'Function';
  const known = kinds[classOf(value)];
  if (known !== undefined) return known;
  if (isView(value)) return typedArrayTag(value) ?? 'DataView';
  // Of an array, a proxy says what its target is.
  return isArray(value) ? 'Array' : 'Object';
}

const { keys, getOwnPropertySymbols: symbolsOf } = Object;

/** Enumerable own keys, symbols included. */
export function keysOf(value) {
  const found = keys(value);
  const symbols = symbolsOf(value);
  for (let i = 0; i < symbols.length; i++) if (isEnumerable(value, symbols[i])) found[found.length] = symbols[i];
  return found;
}
