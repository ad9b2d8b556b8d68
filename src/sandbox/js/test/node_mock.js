// `mock` of `node:test`: functions that record their calls as objects.

import { loadModule } from 'daino:internal/host';
import { nodeTimers } from 'daino:internal/test/fake_timers';


class MockFunctionContext {
  #calls = [];
  #once = new Map();
  #state;
  constructor(state) { this.#state = state; }
  get calls() { return [...this.#calls]; }
  callCount() { return this.#calls.length; }
  resetCalls() { this.#calls = []; }
  mockImplementation(call) { this.#state.implementation = call; this.#state.left = Infinity; }
  mockImplementationOnce(call, at = this.#calls.length) { this.#once.set(at, call); }
  restore() { this.#state.restore(); }
  /** The function that answers the next call. */
  static take(context) {
    const number = context.#calls.length;
    const once = context.#once.get(number);
    context.#once.delete(number);
    if (once) return once;
    const state = context.#state;
    return number < state.left ? state.implementation : state.original;
  }
  static record(context, call) { context.#calls.push(call); }
}

function record(made, original, implementation, { times = Infinity } = {}) {
  const state = { original, implementation: implementation ?? original, left: times };
  state.restore = () => { state.implementation = original; };
  const context = new MockFunctionContext(state);
  const mocked = function mocked(...args) {
    const answer = MockFunctionContext.take(context);
    const call = { arguments: args, error: undefined, result: undefined, stack: new Error(), target: new.target && original, this: this };
    try {
      call.result = new.target ? Reflect.construct(answer, args, new.target) : answer?.apply(this, args);
      return call.result;
    } catch (error) {
      call.error = error;
      throw error;
    } finally {
      MockFunctionContext.record(context, call);
    }
  };
  Object.defineProperty(mocked, 'name', { value: original?.name ?? '', configurable: true });
  Object.defineProperty(mocked, 'length', { value: original?.length ?? 0, configurable: true });
  Object.defineProperty(mocked, 'mock', { value: context });
  made.add(context);
  return [mocked, state];
}

function readArgs(implementation, options) {
  return typeof implementation === 'function' ? [implementation, options ?? {}] : [undefined, implementation ?? options ?? {}];
}

function find(object, name) {
  for (let at = object; at !== null && at !== undefined; at = Object.getPrototypeOf(at)) {
    const found = Object.getOwnPropertyDescriptor(at, name);
    if (found) return found;
  }
  return undefined;
}

function method(made, object, name, given, more) {
  const [implementation, options] = readArgs(given, more);
  const own = Object.getOwnPropertyDescriptor(object, name);
  const found = find(object, name);
  const slot = options.getter ? 'get' : options.setter ? 'set' : 'value';
  const original = found?.[slot];
  if (typeof original !== 'function') {
    throw Object.assign(new TypeError(`The argument 'methodName' must be a method. Received ${original === undefined ? 'undefined' : typeof original}`), { code: 'ERR_INVALID_ARG_VALUE' });
  }
  const [mocked, state] = record(made, original, implementation, options);
  state.restore = () => { if (own) Object.defineProperty(object, name, own); else delete object[name]; };
  const rest = slot === 'value' ? { writable: true } : { get: found.get, set: found.set };
  Object.defineProperty(object, name, { ...rest, [slot]: mocked, configurable: true, enumerable: found.enumerable });
  return mocked;
}

// Few files replace modules; what that takes is loaded when one does.
const modules = () => loadModule('daino:internal/test/modules');

// `mock.property`: a property whose reads and writes are recorded.
function property(made, object, name, value) {
  const own = Object.getOwnPropertyDescriptor(object, name);
  if (!own || own.get || own.set) {
    throw Object.assign(new TypeError(`The argument 'propertyName' must be a data property. Received ${String(name)}`), { code: 'ERR_INVALID_ARG_VALUE' });
  }
  let current = value === undefined ? own.value : value;
  let accesses = [];
  const once = new Map();
  const context = {
    get accesses() { return [...accesses]; },
    accessCount: () => accesses.length,
    resetAccesses: () => { accesses = []; },
    mockImplementation: (next) => { current = next; },
    mockImplementationOnce: (next, at = accesses.length) => { once.set(at, next); },
    restore: () => { Object.defineProperty(object, name, own); },
  };
  const note = (type, read) => {
    const at = accesses.length;
    const result = once.has(at) ? once.get(at) : read();
    once.delete(at);
    accesses.push({ type, value: result, stack: new Error() });
    return result;
  };
  Object.defineProperty(object, name, {
    get: () => note('get', () => current),
    set: (next) => { current = note('set', () => next); },
    configurable: true, enumerable: own.enumerable,
  });
  made.add(context);
  return new Proxy(object, { get: (target, key) => (key === 'mock' ? context : Reflect.get(target, key)) });
}

/** A `mock` with what it made; each test has one of its own, which is put back when the test ends. */
export function tracker() {
  const made = new Set();
  const self = {
    fn(original = () => {}, implementation = undefined, options = undefined) {
      const [answer, more] = readArgs(implementation, options);
      return record(made, original, answer, more)[0];
    },
    method: (object, name, given, more) => method(made, object, name, given, more),
    getter: (object, name, given, more) => { const [call, options] = readArgs(given, more); return method(made, object, name, call, { ...options, getter: true }); },
    setter: (object, name, given, more) => { const [call, options] = readArgs(given, more); return method(made, object, name, call, { ...options, setter: true }); },
    module(specifier, options) {
      const mocked = modules().mockModule(specifier, options);
      made.add(mocked);
      return mocked;
    },
    property: (object, name, value) => property(made, object, name, value),
    restoreAll: () => { for (const context of [...made].reverse()) context.restore(); },
    reset() { self.restoreAll(); made.clear(); nodeTimers.reset(); },
    timers: nodeTimers,
  };
  return self;
}

export const mock = tracker();
