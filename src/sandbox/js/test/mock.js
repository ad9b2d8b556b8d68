// Mock functions: `vi.fn` / `jest.fn` and `vi.spyOn`.

import { clock, jestClock } from 'daino:internal/test/fake_timers';
import { setDefaults } from 'daino:internal/test/runner';
import { sleep } from 'daino:internal/test/virtual_time';
import { clock as wallClock, functionSource } from 'daino:internal/primordials';
import { loadModule } from 'daino:internal/host';

const made = new Set();
const stubs = new Map();
let order = 0;

const isClass = (value) => typeof value === 'function' && functionSource(value).startsWith('class');

// What `new` of a mock gives: a class is constructed, a function is run on the new object.
function construct(answer, args, self, target, style) {
  if (answer === undefined) return self;
  if (isClass(answer) || answer._isMockFunction) return Reflect.construct(answer, args, isClass(answer) ? target : answer);
  if (style === 'vi' && answer.prototype === undefined) throw new TypeError(`${answer.name || 'the implementation'} is not a constructor; give the mock a \`function\` or a class`);
  const value = Reflect.apply(answer, self, args);
  return Object(value) === value ? value : self;
}

/** A function that records its calls and answers as told. `style` is whose words it follows: they differ in what a reset leaves. */
export function fn(original, { style = 'vi', name: given, automocked = false } = {}) {
  const empty = () => ({ calls: [], results: [], settledResults: [], instances: [], contexts: [], invocationCallOrder: [], lastCall: undefined });
  const state = empty();
  const once = [];
  let implementation = original;
  let name = null;

  function mock(...args) {
    state.calls.push(args);
    state.lastCall = args;
    const at = state.contexts.push(this) - 1;
    state.instances.push(this);
    state.invocationCallOrder.push(++order);
    const result = { type: 'incomplete', value: undefined };
    state.results.push(result);
    const answer = once.length > 0 ? once.shift() : implementation;
    try {
      const value = new.target ? construct(answer, args, this, new.target, style) : answer?.apply(this, args);
      if (new.target) { state.instances[at] = value; state.contexts[at] = value; }
      Object.assign(result, { type: 'return', value });
      if (typeof value?.then === 'function') settle(state.settledResults, at, value);
      else state.settledResults[at] = { type: 'fulfilled', value };
      return value;
    } catch (error) {
      Object.assign(result, { type: 'throw', value: error });
      state.settledResults[at] = { type: 'rejected', value: error };
      throw error;
    }
  }

  const tell = (methods) => Object.entries(methods).forEach(([key, method]) => Object.defineProperty(mock, key, { value: (...args) => { method(...args); return mock; }, writable: true, configurable: true }));
  tell({
    mockImplementation: (call) => { implementation = call; },
    mockImplementationOnce: (call) => { once.push(call); },
    mockReturnValue: (value) => { implementation = function answer() { return value; }; },
    mockReturnValueOnce: (value) => { once.push(function answer() { return value; }); },
    mockResolvedValue: (value) => { implementation = async () => value; },
    mockResolvedValueOnce: (value) => { once.push(async () => value); },
    mockRejectedValue: (error) => { implementation = async () => { throw error; }; },
    mockRejectedValueOnce: (error) => { once.push(async () => { throw error; }); },
    mockThrow: (error) => { implementation = function answer() { throw error; }; },
    mockThrowOnce: (error) => { once.push(function answer() { throw error; }); },
    mockReturnThis: () => { implementation = function self() { return this; }; },
    mockClear: () => { Object.assign(state, empty()); },
    // A reset takes back what was told. Vitest's mock then does what it was made with, Jest's does nothing.
    mockReset: () => { mock.mockClear(); once.length = 0; implementation = style === 'vi' ? original : undefined; },
    mockRestore: () => { mock.mockReset(); mock.restore?.(); },
    mockName: (text) => { name = text; },
  });
  const hidden = (key, value) => Object.defineProperty(mock, key, { value, writable: true, configurable: true });
  Object.defineProperty(mock, 'mock', { get: () => state });
  Object.defineProperty(mock, 'length', { value: original?.length ?? 0, configurable: true });
  Object.defineProperty(mock, 'name', { get: () => name ?? given ?? (original?.name || (style === 'vi' ? 'Mock' : 'mockConstructor')), configurable: true });
  if (isClass(original)) mock.prototype = original.prototype;
  hidden('withImplementation', (call, during) => {
    const before = implementation;
    implementation = call;
    const back = () => { implementation = before; };
    const done = during();
    if (typeof done?.then === 'function') return done.then(() => { back(); return mock; });
    back();
    return style === 'vi' ? mock : undefined;
  });
  hidden('getMockImplementation', () => (style === 'vi' ? once[0] ?? implementation : implementation));
  hidden('getMockName', () => name ?? (style === 'vi' ? given ?? (original?.name || 'vi.fn()') : 'jest.fn()'));
  hidden('_isMockFunction', true);
  if (Symbol.dispose) hidden(Symbol.dispose, () => mock.mockRestore());
  if (automocked) hidden('automocked', true);
  made.add(mock);
  return mock;
}

function settle(list, at, promise) {
  list[at] = { type: 'incomplete', value: undefined };
  promise.then((value) => { list[at] = { type: 'fulfilled', value }; }, (error) => { list[at] = { type: 'rejected', value: error }; });
}

/** Puts a recording function in place of a method, which it still calls unless told otherwise. */
export function spyOn(object, key, access, style = 'vi') {
  if (object === null || (typeof object !== 'object' && typeof object !== 'function')) throw new TypeError(`spyOn takes an object, got ${object === null ? 'null' : typeof object}`);
  const own = Object.getOwnPropertyDescriptor(object, key);
  let at = object;
  let found = own;
  while (!found && (at = Object.getPrototypeOf(at)) !== null) found = Object.getOwnPropertyDescriptor(at, key);
  if (!found) throw new TypeError(`the object has no \`${String(key)}\` to spy on`);
  const original = access === 'get' ? found.get : access === 'set' ? found.set : object[key];
  if (access && original === undefined) throw new TypeError(`\`${String(key)}\` has no ${access}ter`);
  if (typeof original !== 'function') throw new TypeError(`\`${String(key)}\` is not a function; spy on its getter with spyOn(object, '${String(key)}', 'get')`);
  if (original._isMockFunction) return original;
  if (own && !own.configurable && !(own.writable && !access)) throw new TypeError(`\`${String(key)}\` cannot be replaced: it is not configurable; mock the module instead`);
  const spy = fn(original, { style, name: style === 'vi' ? String(key) : undefined });
  const replacement = access ? { get: found.get, set: found.set, [access]: spy } : { value: spy, writable: true };
  Object.defineProperty(object, key, own && !own.configurable ? { value: spy } : { ...replacement, enumerable: found.enumerable, configurable: true });
  Object.defineProperty(spy, 'restore', {
    value: () => { if (own) Object.defineProperty(object, key, own); else delete object[key]; },
    configurable: true,
  });
  return spy;
}

export const isMockFunction = (value) => typeof value === 'function' && value._isMockFunction === true;
export function clearAllMocks() { for (const mock of made) mock.mockClear(); }
export function resetAllMocks() { for (const mock of made) mock.mockReset(); }
// Jest puts the originals back and leaves what the spies recorded; Vitest empties it, too.
export function restoreAllMocks(style) {
  for (const mock of made) {
    if (!mock.restore) continue;
    if (style === 'vi') mock.mockReset();
    mock.restore();
  }
}

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
  else await sleep(interval);
}

async function waitFor(name, call, options = {}, isDone = null) {
  const { timeout = 1000, interval = 50 } = typeof options === 'number' ? { timeout: options } : options;
  const end = wallClock() + timeout;
  for (let passed = 0; ; passed += interval) {
    let failure = new Error(`Timed out in ${name}!`);
    if (isDone) {
      const value = await call();
      if (isDone(value)) return value;
    } else {
      try {
        return await call();
      } catch (error) {
        failure = error;
      }
    }
    if (passed >= timeout || wallClock() >= end) throw failure;
    await pause(interval);
  }
}

// `process.env` and `import.meta.env` while a test stubs variables: a plugin has none of its own.
const environment = { values: {}, process: undefined };

function stubEnv(name, value) {
  if (!environment.process) {
    environment.process = { had: Object.getOwnPropertyDescriptor(globalThis, 'process') };
    const env = globalThis.process?.env ?? environment.values;
    environment.env = env;
    environment.old = new Map();
    if (!globalThis.process?.env) Object.defineProperty(globalThis, 'process', { value: { env }, writable: true, configurable: true });
    modules().setEnv(env);
  }
  const { env, old } = environment;
  if (!old.has(name)) old.set(name, env[name]);
  if (value === undefined) delete env[name];
  else env[name] = `${value}`;
}

function unstubAllEnvs() {
  if (!environment.process) return;
  for (const [name, value] of environment.old) {
    if (value === undefined) delete environment.env[name];
    else environment.env[name] = value;
  }
  const { had } = environment.process;
  if (had) Object.defineProperty(globalThis, 'process', had);
  else delete globalThis.process;
  modules().setEnv(undefined);
  environment.process = undefined;
}

// Few files replace modules; what that takes is loaded when one does.
const modules = () => loadModule('daino:internal/test/modules');
const MODULE_WORDS = [
  'mock', 'unmock', 'deepUnmock', 'doMock', 'doUnmock', 'dontMock', 'setMock', 'unstable_mockModule', 'unstable_unmockModule', 'importActual', 'importMock',
  'requireActual', 'requireMock', 'createMockFromModule', 'genMockFromModule', 'resetModules', 'isolateModules', 'isolateModulesAsync', 'dynamicImportSettled',
];
// Words that give something; all others give the object itself, for chains.
const GIVING = ['importActual', 'importMock', 'requireActual', 'requireMock', 'createMockFromModule', 'genMockFromModule', 'isolateModulesAsync', 'dynamicImportSettled'];
const away = (name, instead) => () => { throw new TypeError(`${name} is not available; ${instead}`); };

// `vi` and `jest`.
function face(style) {
  const plain = {
    fn: (call) => fn(call, { style }),
    spyOn: (object, key, access) => spyOn(object, key, access, style),
    isMockFunction, replaceProperty,
    mocked: (value) => value,
    mockObject: (value, options) => loadModule('daino:internal/test/automock').automock(value, { ...options, style }),
    hoisted: (call) => call(),
    waitFor: (call, options) => waitFor('waitFor', call, options),
    waitUntil: (call, options) => waitFor('waitUntil', call, options, Boolean),
    getSeed: () => seed.value,
    isEnvironmentTornDown: () => false,
    enableAutomock: away('jest.enableAutomock', 'name each module: jest.mock(\'./module.js\')'),
  };
  const chained = {
    clearAllMocks, resetAllMocks, restoreAllMocks: () => restoreAllMocks(style), ...(style === 'jest' ? jestClock : clock),
    stubGlobal, unstubAllGlobals, stubEnv, unstubAllEnvs, disableAutomock: () => {},
    retryTimes: (retry) => setDefaults({ retry }),
    setTimeout: (timeout) => setDefaults({ timeout }),
    setConfig: ({ testTimeout, retry }) => setDefaults({ timeout: testTimeout, retry }),
    resetConfig: () => setDefaults({ timeout: null, retry: 0 }),
  };
  let words = null;
  for (const name of MODULE_WORDS) {
    const call = (...args) => (words ??= modules().moduleWords(style))[name](...args);
    (GIVING.includes(name) ? plain : chained)[name] = call;
  }
  const self = { ...plain };
  for (const [name, method] of Object.entries(chained)) {
    self[name] = (...args) => {
      const result = method(...args);
      return result === undefined ? self : result;
    };
  }
  return self;
}

const seed = { value: 0 };
/** Tells the seed of the run. */
export function tellSeed(value) { seed.value = value; }

export const vi = face('vi');
export const jest = face('jest');
