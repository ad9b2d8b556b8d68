// A module with mocks in place of its functions, as Vitest and Jest make one when there is no factory.
//
// Functions and methods record their calls and give nothing (with `spy`, what the real ones give),
// objects are copied all the way down, lists are empty, other values stay.

import { fn } from 'daino:internal/test/mock';

const { defineProperty, getOwnPropertyDescriptor, getPrototypeOf } = Object;
const SKIPPED = new Set(['length', 'name', 'prototype', 'arguments', 'caller', 'constructor']);
const isPlain = (value) => typeof value === 'object' && value !== null && !(value instanceof RegExp) && !(value instanceof Date) && !(value instanceof Promise) && !ArrayBuffer.isView(value);

function namesOf(value) {
  const names = new Set();
  for (let at = value; at && at !== Object.prototype && at !== Function.prototype && at !== Array.prototype; at = getPrototypeOf(at)) {
    for (const name of Reflect.ownKeys(at)) names.add(name);
  }
  return names;
}

function mockFunction(original, state) {
  const mock = fn(state.spy ? original : undefined, { style: state.style, name: original.name, automocked: !state.spy });
  state.seen.set(original, mock);
  fill(mock, original, state, SKIPPED);
  if (original.prototype && typeof original.prototype === 'object') {
    if (state.spy) mock.prototype = original.prototype;
    else fill(mock.prototype, original.prototype, state, new Set(['constructor']));
  }
  return mock;
}

function fill(to, from, state, skipped) {
  for (const name of namesOf(from)) {
    if (skipped.has(name) || (typeof name === 'symbol' && name !== Symbol.toStringTag)) continue;
    let found;
    for (let at = from; at && !found; at = getPrototypeOf(at)) found = getOwnPropertyDescriptor(at, name);
    if (!found) continue;
    // Getters of a module are its exports; those of other objects are not asked.
    if (found.get && !state.isModule(from)) {
      defineProperty(to, name, { get: () => undefined, set: found.set ? () => {} : undefined, configurable: true, enumerable: found.enumerable });
      continue;
    }
    defineProperty(to, name, { value: mocked(from[name], state), writable: true, configurable: true, enumerable: found.enumerable });
  }
}

function mocked(value, state) {
  if (state.seen.has(value)) return state.seen.get(value);
  if (typeof value === 'function') return value._isMockFunction ? value : mockFunction(value, state);
  if (Array.isArray(value)) return state.spy ? value : [];
  if (!isPlain(value) || value instanceof Map || value instanceof Set) return value;
  const copy = {};
  state.seen.set(value, copy);
  fill(copy, value, state, new Set(['constructor']));
  return copy;
}

/** The mock of what a module exports. */
export function automock(exported, { spy = false, style = 'vi' } = {}) {
  const state = { spy, style, seen: new Map(), isModule: (value) => value === exported };
  return mocked(exported, state);
}
