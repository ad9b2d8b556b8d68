// `mock` of `node:test`: functions that record their calls as objects.

const restores = new Set();

class MockFunctionContext {
  calls = [];
  #once = new Map();
  #state;
  constructor(state) {
    this.#state = state;
    Object.defineProperty(this, 'take', { value: () => { const n = this.calls.length; const call = this.#once.get(n); this.#once.delete(n); return call; } });
  }
  callCount() { return this.calls.length; }
  resetCalls() { this.calls = []; }
  mockImplementation(call) { this.#state.implementation = call; }
  mockImplementationOnce(call, at = this.calls.length) { this.#once.set(at, call); }
  restore() { this.#state.restore(); }
}

function record(original, implementation) {
  const state = { implementation: implementation ?? original, restore: () => { state.implementation = original; } };
  const context = new MockFunctionContext(state);
  const mocked = function mocked(...args) {
    const answer = context.take() ?? state.implementation;
    const call = { arguments: args, error: undefined, result: undefined, stack: new Error(), target: new.target, this: this };
    try {
      call.result = new.target ? Reflect.construct(answer, args, new.target) : answer?.apply(this, args);
      return call.result;
    } catch (error) {
      call.error = error;
      throw error;
    } finally {
      context.calls.push(call);
    }
  };
  Object.defineProperty(mocked, 'mock', { value: context });
  restores.add(context);
  return [mocked, state];
}

export const mock = {
  fn: (original = () => {}, implementation = undefined) => record(original, typeof implementation === 'function' ? implementation : undefined)[0],
  method(object, name, implementation) {
    const own = Object.getOwnPropertyDescriptor(object, name);
    const original = object[name];
    if (typeof original !== 'function') throw new TypeError(`\`${String(name)}\` is not a method`);
    const [mocked, state] = record(original, typeof implementation === 'function' ? implementation : undefined);
    state.restore = () => { if (own) Object.defineProperty(object, name, own); else delete object[name]; };
    Object.defineProperty(object, name, { value: mocked, writable: true, configurable: true, enumerable: own?.enumerable ?? false });
    return mocked;
  },
  restoreAll: () => { for (const context of restores) context.restore(); },
  reset: () => { mock.restoreAll(); restores.clear(); },
};
