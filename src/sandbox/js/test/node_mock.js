// `mock` of `node:test`: functions that record their calls as objects.

import { nodeTimers } from 'daino:internal/test/fake_timers';

const made = new Set();

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

function record(original, implementation, { times = Infinity } = {}) {
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

function method(object, name, given, more) {
  const [implementation, options] = readArgs(given, more);
  const own = Object.getOwnPropertyDescriptor(object, name);
  const found = find(object, name);
  const slot = options.getter ? 'get' : options.setter ? 'set' : 'value';
  const original = found?.[slot];
  if (typeof original !== 'function') {
    throw Object.assign(new TypeError(`The argument 'methodName' must be a method. Received ${original === undefined ? 'undefined' : typeof original}`), { code: 'ERR_INVALID_ARG_VALUE' });
  }
  const [mocked, state] = record(original, implementation, options);
  state.restore = () => { if (own) Object.defineProperty(object, name, own); else delete object[name]; };
  const rest = slot === 'value' ? { writable: true } : { get: found.get, set: found.set };
  Object.defineProperty(object, name, { ...rest, [slot]: mocked, configurable: true, enumerable: found.enumerable });
  return mocked;
}

export const mock = {
  fn(original = () => {}, implementation = undefined, options = undefined) {
    const [answer, more] = readArgs(implementation, options);
    return record(original, answer, more)[0];
  },
  method,
  getter: (object, name, given, more) => { const [call, options] = readArgs(given, more); return method(object, name, call, { ...options, getter: true }); },
  setter: (object, name, given, more) => { const [call, options] = readArgs(given, more); return method(object, name, call, { ...options, setter: true }); },
  restoreAll: () => { for (const context of made) context.restore(); },
  reset() { mock.restoreAll(); made.clear(); nodeTimers.reset(); },
  timers: nodeTimers,
};
