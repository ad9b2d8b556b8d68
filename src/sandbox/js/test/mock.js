// Mock functions: `vi.fn` / `jest.fn` and `vi.spyOn`.

import { clock } from 'daino:internal/test/fake_timers';
import { setDefaults } from 'daino:internal/test/runner';
import { clock as wallClock } from 'daino:internal/primordials';

const made = new Set();
const stubs = new Map();
let order = 0;

/** A function that records its calls and answers as told. */
export function fn(original) {
  const state = { calls: [], results: [], instances: [], contexts: [], invocationCallOrder: [], lastCall: undefined };
  const once = [];
  let implementation = original;
  let name = original?.name || 'mock';

  function mock(...args) {
    state.calls.push(args);
    state.lastCall = args;
    state.contexts.push(this);
    state.instances.push(this);
    state.invocationCallOrder.push(++order);
    const result = { type: 'incomplete', value: undefined };
    state.results.push(result);
    const answer = once.length > 0 ? once.shift() : implementation;
    try {
      const value = new.target ? answer && Reflect.construct(answer, args, new.target) : answer?.apply(this, args);
      Object.assign(result, { type: 'return', value });
      return value;
    } catch (error) {
      Object.assign(result, { type: 'throw', value: error });
      throw error;
    }
  }

  const tell = (methods) => Object.entries(methods).forEach(([key, method]) => Object.defineProperty(mock, key, { value: (...args) => { method(...args); return mock; } }));
  tell({
    mockImplementation: (call) => { implementation = call; },
    mockImplementationOnce: (call) => { once.push(call); },
    mockReturnValue: (value) => { implementation = () => value; },
    mockReturnValueOnce: (value) => { once.push(() => value); },
    mockResolvedValue: (value) => { implementation = async () => value; },
    mockResolvedValueOnce: (value) => { once.push(async () => value); },
    mockRejectedValue: (error) => { implementation = async () => { throw error; }; },
    mockRejectedValueOnce: (error) => { once.push(async () => { throw error; }); },
    mockThrow: (error) => { implementation = () => { throw error; }; },
    mockThrowOnce: (error) => { once.push(() => { throw error; }); },
    mockReturnThis: () => { implementation = function self() { return this; }; },
    mockClear: () => { for (const list of ['calls', 'results', 'instances', 'contexts', 'invocationCallOrder']) state[list] = []; state.lastCall = undefined; },
    mockReset: () => { mock.mockClear(); once.length = 0; implementation = original; },
    mockRestore: () => { mock.mockReset(); mock.restore?.(); },
    mockName: (given) => { name = given; },
  });
  Object.defineProperty(mock, 'mock', { get: () => state });
  Object.defineProperty(mock, 'length', { value: original?.length ?? 0, configurable: true });
  Object.defineProperty(mock, 'name', { get: () => name });
  mock.withImplementation = (call, during) => {
    const before = implementation;
    implementation = call;
    const back = (value) => { implementation = before; return value; };
    const done = during();
    return typeof done?.then === 'function' ? done.then(back) : back(done);
  };
  mock.getMockImplementation = () => once[0] ?? implementation;
  mock.getMockName = () => name;
  mock._isMockFunction = true;
  made.add(mock);
  return mock;
}

/** Puts a recording function in place of a method, which it still calls unless told otherwise. */
export function spyOn(object, key, access) {
  const own = Object.getOwnPropertyDescriptor(object, key);
  let at = object;
  let found = own;
  while (!found && (at = Object.getPrototypeOf(at)) !== null) found = Object.getOwnPropertyDescriptor(at, key);
  if (!found) throw new TypeError(`the object has no \`${String(key)}\` to spy on`);
  const original = access === 'get' ? found.get : access === 'set' ? found.set : object[key];
  if (typeof original !== 'function') throw new TypeError(`\`${String(key)}\` is not a function`);
  if (original._isMockFunction) return original;
  const spy = fn(original);
  const replacement = access ? { ...found, [access]: spy } : { value: spy, writable: true, enumerable: found.enumerable };
  Object.defineProperty(object, key, { ...replacement, configurable: true });
  Object.defineProperty(spy, 'restore', {
    value: () => { if (own) Object.defineProperty(object, key, own); else delete object[key]; },
  });
  return spy;
}

export const isMockFunction = (value) => typeof value === 'function' && value._isMockFunction === true;
export function clearAllMocks() { for (const mock of made) mock.mockClear(); }
export function resetAllMocks() { for (const mock of made) mock.mockReset(); }
export function restoreAllMocks() { for (const mock of made) mock.restore?.(); }

export function stubGlobal(name, value) {
  if (!stubs.has(name)) stubs.set(name, Object.getOwnPropertyDescriptor(globalThis, name));
  Object.defineProperty(globalThis, name, { value, writable: true, configurable: true });
}

export function unstubAllGlobals() {
  for (const [name, old] of stubs) {
    if (old) Object.defineProperty(globalThis, name, old);
    else delete globalThis[name];
  }
  stubs.clear();
}

/** Puts a value in place of a property until mocks are restored. */
export function replaceProperty(object, key, value) {
  const own = Object.getOwnPropertyDescriptor(object, key);
  if (!own) throw new TypeError(`the object has no \`${String(key)}\` to replace`);
  const put = (next) => Object.defineProperty(object, key, { ...own, value: next, configurable: true });
  put(value);
  const replaced = { replaceValue(next) { put(next); return replaced; }, restore() { Object.defineProperty(object, key, own); } };
  made.add({ mockClear() {}, mockReset() {}, restore: replaced.restore });
  return replaced;
}

// Moves the fake clock on, when there is one; else a little time passes.
async function pause(interval) {
  if (clock.isFakeTimers()) await clock.advanceTimersByTimeAsync(interval);
  else await new Promise((resolve) => { globalThis.setTimeout(resolve, interval); });
}

async function waitFor(call, options = {}, isDone = () => true) {
  const { timeout = 1000, interval = 50 } = typeof options === 'number' ? { timeout: options } : options;
  const end = wallClock() + timeout;
  for (let passed = 0; ; passed += interval) {
    let failure = new Error('it did not become true');
    try {
      const value = await call();
      if (isDone(value)) return value;
    } catch (error) {
      failure = error;
    }
    if (passed >= timeout || wallClock() >= end) throw failure;
    await pause(interval);
  }
}

const away = (name, instead) => () => { throw new TypeError(`${name} is not available; ${instead}`); };
const noModules = 'pass the thing in, or use mockFetch for remote services';
const moduleMocks = ['mock', 'unmock', 'doMock', 'doUnmock', 'importActual', 'importMock', 'requireActual', 'requireMock', 'resetModules', 'isolateModules', 'unstable_mockModule', 'createMockFromModule'];

const shared = {
  fn, spyOn, isMockFunction, stubGlobal, unstubAllGlobals, replaceProperty,
  mocked: (value) => value,
  hoisted: (call) => call(),
  waitFor: (call, options) => waitFor(call, options),
  waitUntil: (call, options) => waitFor(call, options, Boolean),
  retryTimes: (retry) => setDefaults({ retry }),
  setTimeout: (timeout) => setDefaults({ timeout }),
  setConfig: ({ testTimeout, retry }) => setDefaults({ timeout: testTimeout, retry }),
  stubEnv: away('vi.stubEnv', 'plugins have no environment; pass `config` to createContext'),
};
for (const name of moduleMocks) shared[name] = away(`${name} (mocking of modules)`, noModules);

// `vi` and `jest`: what gives nothing gives the object itself, for chains.
function face() {
  const self = { ...shared };
  for (const [name, method] of Object.entries({ clearAllMocks, resetAllMocks, restoreAllMocks, ...clock })) {
    self[name] = (...args) => {
      const result = method(...args);
      return result === undefined ? self : result;
    };
  }
  for (const name of ['setConfig', 'setTimeout', 'retryTimes']) self[name] = (...args) => { shared[name](...args); return self; };
  return self;
}

export const vi = face();
export const jest = face();
