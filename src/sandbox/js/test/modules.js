// Modules that are looked up while they run, for test files that put others in place of some:
// `vi.mock`, `jest.mock`, `mock.module`, `resetModules` and their family.
//
// The worker gives each ES module as a generator: it runs what is hoisted, asks for its imports one
// by one, then runs the module. Everything here is a generator, too, and gives promises to whoever
// drives it: `import` waits for them, `require` cannot.

import { commonJsOf, compileCommonJs, publicModule, settings } from 'daino:native';
import { automock } from 'daino:internal/test/automock';
import { ownLines } from 'daino:internal/test/failure';
import { parse } from 'daino:internal/primordials';

const ENDINGS = ['', '.js', '.ts', '.mjs', '.cjs', '.json', '/index.js', '/index.ts'];
const BARE = ['assert', 'assert/strict', 'buffer', 'crypto', 'events', 'path', 'querystring', 'url', 'util'];
const { assign, create, defineProperty, freeze, hasOwn, keys } = Object;

const abouts = new Map();
const state = { late: false, files: new Set(), modules: new Map(), mocks: new Map(), pending: new Set(), inFactory: null };

/** Says that the file's modules are looked up here. */
export function begin() {
  state.late = true;
  state.files = new Set(parse(settings()).files);
}

const isFile = (target) => state.files.has(target);
const fullName = (target) => (BARE.includes(target) && !isFile(target) ? `node:${target}` : target);
const shown = (target) => (target.startsWith('\\') ? target.slice(1).replaceAll('\\', ':') : target);

function aboutOf(target) {
  let about = abouts.get(target);
  if (about === undefined) {
    about = isFile(target) ? parse(commonJsOf(target)) : {};
    abouts.set(target, about);
  }
  return about;
}

function join(from, specifier) {
  const parts = from.split('/').slice(0, -1);
  for (const part of specifier.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}

/** The module that a specifier in the file `from` names. */
function resolve(from, specifier) {
  const text = specifier instanceof URL ? specifier.href : `${specifier}`;
  const { imports = {} } = aboutOf(from);
  if (hasOwn(imports, text)) return fullName(imports[text]);
  const path = text.startsWith('file:///') ? text.slice(8) : /^\.{1,2}(\/|$)/.test(text) ? join(from, text) : null;
  if (path === null) return publicModule(text) ? fullName(text) : `\\${text.replaceAll(':', '\\')}`;
  const found = ENDINGS.map((end) => `${path}${end}`).find(isFile) ?? (path.endsWith('.js') && isFile(`${path.slice(0, -3)}.ts`) ? `${path.slice(0, -3)}.ts` : undefined);
  return found ?? `\\${path}`;
}

/** The file that calls, from the stack. */
function caller() {
  const found = /\(([^()]+?):\d+:\d+\)/.exec(ownLines(new Error().stack));
  return found ? found[1] : 'x';
}

function requireLate(name) {
  if (!state.late) throw new TypeError(`${name} works where the file calls it by that name, as in \`${name}('./module.js')\``);
}

function fail(message, more = {}) {
  return assign(new Error(message), more);
}

// What modules export.

const newNamespace = () => defineProperty(create(null), Symbol.toStringTag, { value: 'Module' });

function addGetter(namespace, name, get) {
  defineProperty(namespace, name, { get, enumerable: true, configurable: true });
}

/** What `import` sees of what a CommonJS module exports, or a mock of Jest stands for. */
function namespaceOf(exported, { flag = false } = {}) {
  if (flag && exported?.__esModule) return exported;
  const namespace = newNamespace();
  addGetter(namespace, 'default', () => exported);
  if (exported === null || (typeof exported !== 'object' && typeof exported !== 'function')) return namespace;
  for (const name of keys(exported)) if (name !== 'default') addGetter(namespace, name, () => exported[name]);
  return namespace;
}

/** What `require` gives of a module. Tests see an ES module as babel-jest shows it, the plugin as a shop does. */
function required(record, from = 'tests/') {
  if ('exported' in record) return record.exported;
  const { namespace } = record;
  if (from.startsWith('tests/') && namespace.__esModule) return namespace;
  return 'default' in namespace ? namespace.default ?? namespace : namespace;
}

// Loading.

/** Goes through the steps of a load, waiting where it must. */
async function wait(steps) {
  let step = steps.next();
  while (!step.done) {
    let outcome;
    try {
      outcome = { value: await step.value };
    } catch (error) {
      outcome = { error };
    }
    step = 'error' in outcome ? steps.throw(outcome.error) : steps.next(outcome.value);
  }
  return step.value;
}

/** The same without waiting. */
function atOnce(steps, what) {
  const step = steps.next();
  if (step.done) return step.value;
  Promise.resolve(step.value).catch(() => {});
  steps.return();
  throw fail(`\`${what}\` waits at its top, or its mock does; load it with \`await import('${what}')\``, { code: 'ERR_REQUIRE_ASYNC_MODULE' });
}

// Whether waiting for a module would wait for one that waits here.
function leadsBack(record, chain) {
  const seen = new Set();
  for (let at = record; at && !seen.has(at); at = at.waitsFor) {
    if (chain.includes(at)) return true;
    seen.add(at);
  }
  return false;
}

function* load(target, chain, actual = false) {
  const mock = actual ? undefined : state.mocks.get(target);
  if (mock) return yield* loadMock(mock, chain);
  const known = state.modules.get(target);
  if (known) {
    if (known.running && chain[0]?.factory && leadsBack(known, chain)) throw assign(circular(chain[0]), { circularMock: true });
    if (known.running && known.waiting && !leadsBack(known, chain)) yield known.waiting;
    return known;
  }
  const record = { target, running: true, waiting: null, waitsFor: null, namespace: newNamespace() };
  state.modules.set(target, record);
  try {
    yield* evaluate(record, target, [...chain, record]);
  } catch (error) {
    if (state.modules.get(target) === record) state.modules.delete(target);
    throw error;
  } finally {
    record.running = false;
    record.settle?.();
  }
  return record;
}

// Lets others wait while a module waits.
function* waitIn(record, promise) {
  if (!record.waiting) record.waiting = new Promise((settle) => { record.settle = settle; });
  return yield promise;
}

function* dependency(record, specifier, chain) {
  const target = resolve(record.target, specifier);
  record.waitsFor = state.mocks.get(target) ?? state.modules.get(target) ?? null;
  const steps = load(target, chain);
  let step = steps.next();
  while (!step.done) {
    record.waitsFor = state.mocks.get(target) ?? state.modules.get(target) ?? null;
    let value;
    try {
      value = yield* waitIn(record, step.value);
    } catch (error) {
      step = steps.throw(error);
      continue;
    }
    step = steps.next(value);
  }
  record.waitsFor = null;
  return step.value;
}

function* evaluate(record, target, chain) {
  const about = aboutOf(target);
  if (about.missing !== undefined) {
    const Kind = about.missing.includes('does not parse') ? SyntaxError : Error;
    throw assign(new Kind(about.missing), { code: 'ERR_MODULE_NOT_FOUND' });
  }
  if (about.json !== undefined) {
    record.exported = parse(about.json);
    record.namespace = namespaceOf(record.exported);
  } else if (about.late) yield* evaluateLate(record, target, chain);
  else if (isFile(target)) evaluateCommon(record, target, chain);
  else {
    const found = publicModule(target);
    if (!found) throw fail(`cannot find module '${shown(target)}'`, { code: 'ERR_MODULE_NOT_FOUND' });
    record.namespace = found;
  }
}

function metaOf(target) {
  const folder = target.includes('/') ? target.slice(0, target.lastIndexOf('/')) : '.';
  return {
    url: `file:///${target}`, filename: target, dirname: folder,
    get env() { return state.env ?? {}; },
    resolve: (specifier) => { const to = resolve(target, specifier); return isFile(to) ? `file:///${to}` : shown(to); },
  };
}

function* evaluateLate(record, target, chain) {
  const { namespace } = record;
  defineProperty(namespace, '__esModule', { value: true });
  const give = (getters) => { for (const name of keys(getters)) addGetter(namespace, name, getters[name]); };
  give.all = (from) => {
    for (const name of keys(from)) if (name !== 'default' && !(name in namespace)) addGetter(namespace, name, () => from[name]);
  };
  const later = (specifier) => importModule(target, specifier);
  later.require = requireIn(target, []);
  const body = compileCommonJs(target)(publicModule, later, give, metaOf(target));
  const advance = function* advance(value) {
    const step = body.next(value);
    return typeof step.then === 'function' ? yield* waitIn(record, step) : step;
  };
  let step = yield* advance();
  while (!step.done) {
    const found = yield* dependency(record, step.value, chain);
    step = yield* advance(found.namespace);
  }
}

function requireIn(from, chain) {
  const require = (specifier) => required(atOnce(load(resolve(from, specifier), chain), specifier), from);
  require.resolve = (specifier) => resolve(from, specifier);
  require.cache = create(null);
  return require;
}

function evaluateCommon(record, target, chain) {
  const module = { id: target, filename: target, loaded: false, exports: {}, children: [], paths: [] };
  defineProperty(record, 'exported', { get: () => module.exports, enumerable: true });
  const require = requireIn(target, chain);
  const folder = target.includes('/') ? target.slice(0, target.lastIndexOf('/')) : '.';
  Reflect.apply(compileCommonJs(target), module.exports, [module.exports, require, module, target, folder]);
  module.loaded = true;
  record.namespace = namespaceOf(module.exports);
}

function importModule(from, specifier) {
  const factory = state.inFactory;
  const work = wait(load(resolve(from, specifier), factory ? [factory] : [])).then((record) => record.namespace);
  state.pending.add(work);
  const done = () => { state.pending.delete(work); };
  work.then(done, done);
  return work;
}

/** The exports of a file of the plugin. */
export const importFile = (path) => wait(load(path, [])).then((record) => record.namespace);

// Mocks.

const hintOf = (error) => (error instanceof ReferenceError
  ? '; it runs before the imports and the variables of the file: make what it needs with `vi.hoisted`' : '');

function circular(mock) {
  return fail(`the mock of \`${shown(mock.target)}\` is made by a factory that needs it; take the real one with \`vi.importActual\``);
}

function* made(mock) {
  const original = () => importActual(mock.from, mock.specifier);
  const outer = state.inFactory;
  let value;
  try {
    state.inFactory = mock;
    try {
      value = mock.factory(original);
    } finally {
      state.inFactory = outer;
    }
    if (typeof value?.then === 'function') value = yield value;
  } catch (error) {
    if (error?.circularMock) throw error;
    throw fail(`the factory of the mock of \`${mock.specifier}\` threw: ${error instanceof Error ? error.message : error}${hintOf(error)}`, { cause: error });
  }
  if (mock.style === 'vi' && (typeof value !== 'object' || value === null)) {
    throw new TypeError(`the factory of the mock of \`${mock.specifier}\` must give an object, such as \`{ default: value }\``);
  }
  return value;
}

// A name that a mock lacks is a mistake of the test, and would otherwise be `undefined` far away.
function strict(mock, value) {
  return new Proxy(value, {
    get(target, name, self) {
      if (name === '__esModule') return true;
      if (name in target || typeof name === 'symbol' || name === 'then') return Reflect.get(target, name, self);
      throw fail(`no \`${name}\` is given by the mock of \`${mock.specifier}\`; add it to what the factory gives, or start from \`await importOriginal()\``);
    },
  });
}

function recordOf(mock, value) {
  if (mock.style === 'vi') return { namespace: strict(mock, value) };
  if (mock.style === 'node') return { namespace: value, exported: mock.exported };
  return { namespace: namespaceOf(value, { flag: true }), exported: value };
}

function* loadMock(mock, chain) {
  if (mock.record) return mock.record;
  if (mock.path) return yield* load(mock.path, chain);
  if (chain.includes(mock)) {
    if (mock.partial) return mock.partial;
    throw assign(circular(mock), { circularMock: true });
  }
  if (mock.running) {
    if (!mock.waiting) throw assign(circular(mock), { circularMock: true });
    return yield mock.waiting;
  }
  mock.running = true;
  let settle;
  mock.waiting = new Promise((resolve, reject) => { settle = { resolve, reject }; });
  mock.waiting.catch(() => {});
  try {
    const value = mock.factory ? yield* made(mock) : yield* madeAlone(mock, chain);
    mock.record = mock.factory ? recordOf(mock, value) : value;
    settle.resolve(mock.record);
    return mock.record;
  } catch (error) {
    settle.reject(error);
    throw error;
  } finally {
    mock.running = false;
    mock.waiting = null;
  }
}

/** A module with every function of it mocked. */
function* madeAlone(mock, chain) {
  // What needs it while it is made gets what there is of it.
  const namespace = newNamespace();
  mock.partial = { namespace };
  const record = yield* load(mock.target, [...chain, mock], true);
  if (!('exported' in record)) {
    const all = automock(record.namespace, mock);
    for (const name of keys(all)) defineProperty(namespace, name, Object.getOwnPropertyDescriptor(all, name));
    if (record.namespace.__esModule) defineProperty(namespace, '__esModule', { value: true });
    return mock.partial;
  }
  const exported = automock(record.exported, mock);
  return { namespace: namespaceOf(exported), exported };
}

function besideOf(from, target) {
  const { imports = {} } = aboutOf(from);
  return hasOwn(imports, `__mocks__:${target}`) ? imports[`__mocks__:${target}`] : null;
}

function place(style, from, specifier, given) {
  const options = typeof given === 'object' && given !== null ? given : {};
  const factory = typeof given === 'function' ? given : null;
  if (given !== undefined && factory === null && typeof given !== 'object') throw new TypeError(`the mock of \`${specifier}\` takes a function that gives the module, or { spy: true }`);
  const target = resolve(from, specifier);
  const path = factory || options.spy ? null : besideOf(from, target);
  const mock = { style, from, specifier: `${specifier}`, target, factory, spy: options.spy === true, path, record: null, running: false, waiting: null };
  state.mocks.set(target, mock);
  return mock;
}

function nameOf(given, name) {
  if (typeof given !== 'string' && !(given instanceof URL)) throw new TypeError(`${name} takes the path of a module as plain text`);
  return given;
}

const importActual = (from, specifier) => wait(load(resolve(from, specifier), [], true)).then((record) => record.namespace);

function mockOf(style, from, specifier) {
  const target = resolve(from, specifier);
  const known = state.mocks.get(target);
  if (known) return known;
  return { style, from, specifier, target, factory: null, spy: false, path: besideOf(from, target), record: null, running: false, waiting: null };
}

function isolated() {
  const before = { modules: state.modules, records: [...state.mocks.values()].map((mock) => [mock, mock.record]) };
  state.modules = new Map();
  for (const [mock] of before.records) if (mock.style === 'jest') mock.record = null;
  return () => {
    state.modules = before.modules;
    for (const [mock, record] of before.records) mock.record = record;
  };
}

/** What `vi` and `jest` can do with modules; `style` is how mocks are read. */
export function moduleWords(style) {
  const word = (name, call) => (...args) => { requireLate(name); return call(...args); };
  const make = (specifier, given, more) => { place(style, caller(), nameOf(specifier, `${style}.mock`), given ?? more); };
  const undo = (specifier) => { state.mocks.delete(resolve(caller(), specifier)); };
  const words = {
    mock: make, doMock: make, unmock: undo, doUnmock: undo, dontMock: undo, deepUnmock: undo,
    setMock: (specifier, value) => { place(style, caller(), specifier, () => value); },
    unstable_mockModule: (specifier, factory) => { place('vi', caller(), specifier, factory); },
    unstable_unmockModule: undo,
    importActual: (specifier) => importActual(caller(), nameOf(specifier, 'importActual')),
    importMock: (specifier) => wait(loadMock(mockOf(style, caller(), specifier), [])).then((record) => record.namespace),
    requireActual: (specifier) => required(atOnce(load(resolve(caller(), specifier), [], true), specifier)),
    requireMock: (specifier) => required(atOnce(loadMock(mockOf(style, caller(), specifier), []), specifier)),
    createMockFromModule: (specifier) => required(atOnce(madeAlone({ ...mockOf(style, caller(), specifier), path: null }, []), specifier)),
    resetModules: () => {
      state.modules = new Map();
      for (const mock of state.mocks.values()) if (mock.style === 'jest') mock.record = null;
    },
    isolateModules: (call) => {
      const back = isolated();
      try { call(); } finally { back(); }
    },
    isolateModulesAsync: async (call) => {
      const back = isolated();
      try { await call(); } finally { back(); }
    },
    dynamicImportSettled: async () => { while (state.pending.size > 0) await Promise.allSettled([...state.pending]); },
  };
  words.genMockFromModule = words.createMockFromModule;
  return Object.fromEntries(Object.entries(words).map(([name, call]) => [name, word(`${style}.${name}`, call)]));
}

/** `mock.module` of `node:test`. */
export function mockModule(specifier, { defaultExport, namedExports = {}, ...rest } = {}) {
  requireLate('mock.module');
  const from = caller();
  const target = resolve(from, specifier);
  if (state.mocks.has(target)) throw fail(`Cannot mock '${specifier}'. The module is already mocked.`, { code: 'ERR_INVALID_STATE' });
  const hasDefault = defaultExport !== undefined || 'exports' in rest;
  const exported = hasDefault ? defaultExport ?? rest.exports : { ...namedExports };
  if (hasDefault && typeof exported === 'object' && exported !== null) assign(exported, namedExports);
  const namespace = newNamespace();
  for (const name of keys(namedExports)) addGetter(namespace, name, () => namedExports[name]);
  if (hasDefault) addGetter(namespace, 'default', () => exported);
  const mock = place('node', from, specifier, () => namespace);
  mock.exported = exported;
  return freeze({ restore() { if (state.mocks.get(target) === mock) state.mocks.delete(target); } });
}

/** What `import.meta.env` is: the variables that a test stubs. */
export function setEnv(env) { state.env = env; }
