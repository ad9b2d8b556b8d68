// The test engine: collects suites and tests while the file is loaded, then runs them in order.
// `describe/it`, `vitest`, `@jest/globals` and `node:test` are faces of this one engine.

import assert from 'node:assert';
import { errorTitle, inspect } from 'daino:internal/inspect';
import { checkCount, startCounting } from 'daino:internal/test/expect';
import { mock } from 'daino:internal/test/node_mock';
import { clearTimeout, setTimeout } from 'daino:internal/timers';
import { clock } from 'daino:internal/primordials';

const HOOKS = ['beforeAll', 'afterAll', 'beforeEach', 'afterEach'];
const DEFAULT_TIMEOUT = 5_000;
const MOST_TESTS = 20_000;

function makeSuite(name, parent, mode) {
  const hooks = Object.fromEntries(HOOKS.map((hook) => [hook, []]));
  return { kind: 'suite', name, parent, mode, items: [], hooks, ready: false, broken: null, loading: null };
}

const root = makeSuite('', null, 'run');
const state = { suite: root, test: null, count: 0, only: false, started: false, guards: [] };

/** Registers what brackets every test: `enter()` before its hooks gives `leave()`. */
export function guard(enter) { state.guards.push(enter); }

function readArgs(args) {
  const call = args.find((arg) => typeof arg === 'function');
  const options = args.find((arg) => typeof arg === 'object' && arg !== null) ?? {};
  const millis = args.find((arg) => typeof arg === 'number');
  const name = typeof args[0] === 'string' ? args[0] : args[0] === call ? call?.name || '<anonymous>' : `${args[0]?.name ?? args[0]}`;
  return { name, call, options, timeout: millis ?? options.timeout };
}

function modeOf(mode, options, call) {
  if (mode !== 'run') return mode;
  if (options.skip) return 'skip';
  if (options.todo) return 'todo';
  if (options.only) return 'only';
  return call ? 'run' : 'todo';
}

export function addSuite(mode, args) {
  const { name, call, options } = readArgs(args);
  if (state.started) throw new Error(`describe(${inspect(name)}) must not be called while tests run`);
  const suite = makeSuite(name, state.suite, modeOf(mode, options, call));
  suite.timeout = options.timeout;
  if (suite.mode === 'only') state.only = true;
  state.suite.items.push(suite);
  if (!call) return;
  const outer = state.suite;
  state.suite = suite;
  try {
    const loading = call();
    if (typeof loading?.then === 'function') suite.loading = loading;
  } catch (error) {
    suite.broken = { error };
  } finally {
    state.suite = outer;
  }
}

export function addTest(mode, args) {
  const { name, call, options, timeout } = readArgs(args);
  if (++state.count > MOST_TESTS) throw new RangeError(`at most ${MOST_TESTS} tests in a file`);
  const test = { kind: 'test', name, parent: state.suite, mode: modeOf(mode, options, call), call, timeout };
  if (state.started) {
    if (!state.test) throw new Error(`test(${inspect(name)}) must not be called after the tests have run`);
    return runChild(state.test, test);
  }
  if (test.mode === 'only') state.only = true;
  state.suite.items.push(test);
  return Promise.resolve();
}

export function addHook(name, call, timeout) {
  if (typeof call !== 'function') throw new TypeError(`${name} takes a function`);
  (state.test?.suite ?? state.suite).hooks[name].push({ call, timeout: typeof timeout === 'number' ? timeout : timeout?.timeout });
}

const pathOf = (item) => (item.parent ? [...pathOf(item.parent), item.name] : []);

function marked(item, mode) {
  for (let at = item; at; at = at.parent) if (at.mode === mode) return true;
  return false;
}

function hasOnly(item) {
  return item.mode === 'only' || (item.kind === 'suite' && item.items.some(hasOnly));
}

// With `.only` anywhere, what runs is what is marked, or lies below a marked suite that marks
// nothing further down.
function isChosen(item) {
  if (!state.only || item.mode === 'only') return true;
  for (let at = item.parent; at; at = at.parent) {
    if (at.mode === 'only') return !at.items.some(hasOnly);
  }
  return false;
}

function limit(work, millis, what) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => {
      const error = new Error(`${what} did not end within ${millis} ms`);
      error.name = 'TimeoutError';
      error.stack = '';
      reject(error);
    }, millis);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

const millisOf = (item, options) => {
  for (let at = item; at; at = at.parent) if (typeof at.timeout === 'number') return at.timeout === Infinity ? 2 ** 31 - 1 : at.timeout;
  return options.timeoutMs ?? DEFAULT_TIMEOUT;
};

async function runHooks(suite, name, options, ...args) {
  const hooks = name.startsWith('after') ? [...suite.hooks[name]].reverse() : suite.hooks[name];
  for (const hook of hooks) {
    const done = await limit((async () => hook.call(...args))(), hook.timeout ?? millisOf(suite, options), `the ${name} hook`);
    // vitest: a function returned by beforeEach/beforeAll cleans up afterwards.
    if (typeof done === 'function' && name.startsWith('before')) suite.hooks[name.replace('before', 'after')].push({ call: done });
  }
}

const lineage = (suite) => (suite ? [...lineage(suite.parent), suite] : []);

// The suites around a test, outermost first, each with its beforeAll done once.
async function prepare(test, options) {
  for (const suite of lineage(test.parent)) {
    if (suite.broken) throw suite.broken.error;
    if (suite.ready) continue;
    suite.ready = true;
    try {
      await runHooks(suite, 'beforeAll', options);
    } catch (error) {
      suite.broken = { error };
      throw error;
    }
  }
}

function callTest(test, context) {
  if (test.call.length < 2) return test.call(context);
  return new Promise((resolve, reject) => {
    const done = (error) => (error ? reject(error) : resolve());
    Promise.resolve(test.call(context, done)).catch(reject);
  });
}

// The lines of a stack that lie in the author's files.
function ownLines(stack) {
  return stack.split('\n').filter((line) => line.trim() !== '' && !/\((?:daino|node):|\(native\)/.test(line)).join('\n');
}

const PRINT = { depth: 20, breakLength: 0 };

/** What a report says of an error. */
export function failureOf(error) {
  const isError = error instanceof Error;
  const failure = {
    kind: isError ? `${error.name}` : typeof error,
    message: isError ? `${error.message}` : `thrown: ${inspect(error)}`,
    stack: isError && typeof error.stack === 'string' ? ownLines(error.stack) : '',
  };
  const cause = isError && error.cause instanceof Error ? error.cause : null;
  if (cause) failure.message += `\ncaused by: ${errorTitle(cause)}`;
  if (isError && Object.hasOwn(error, 'expected') && Object.hasOwn(error, 'actual') && error.expected !== error.actual) {
    const print = (value) => (typeof value === 'string' && value.includes('\n') ? value : inspect(value, PRINT));
    failure.expected = print(error.expected);
    failure.actual = print(error.actual);
  }
  return failure;
}

class Context {
  #test;
  #signal = new globalThis.AbortController();
  constructor(test) { this.#test = test; }
  get name() { return this.#test.name; }
  get fullName() { return pathOf(this.#test).join(' > '); }
  get signal() { return this.#signal.signal; }
  get task() { return { name: this.#test.name }; }
  test(...args) { return runChild(this.#test, childOf(this.#test, 'run', args)); }
  it(...args) { return this.test(...args); }
  skip(reason) { this.#test.outcome = { status: 'skipped', reason }; }
  todo(reason) { this.#test.outcome = { status: 'todo', reason }; }
  get assert() { return assert; }
  get mock() { return mock; }
  diagnostic(text) { globalThis.console.log(`# ${text}`); }
  before(call, options) { addHookTo(this.#test, 'beforeAll', call, options); }
  after(call, options) { addHookTo(this.#test, 'afterAll', call, options); }
  beforeEach(call, options) { addHookTo(this.#test, 'beforeEach', call, options); }
  afterEach(call, options) { addHookTo(this.#test, 'afterEach', call, options); }
  onTestFinished(call) { addHookTo(this.#test, 'afterAll', call); }
}

// Hooks and subtests of a running test live in a suite of its own.
function suiteOf(test) {
  test.suite ??= makeSuite(test.name, test.parent, 'run');
  return test.suite;
}

function addHookTo(test, name, call, options) {
  if (name === 'beforeAll') throw new TypeError('t.before is not available; write the line at the start of the test');
  suiteOf(test).hooks[name].push({ call, timeout: options?.timeout });
}

function childOf(test, mode, args) {
  const { name, call, options, timeout } = readArgs(args);
  if (++state.count > MOST_TESTS) throw new RangeError(`at most ${MOST_TESTS} tests in a file`);
  return { kind: 'test', name, parent: suiteOf(test), mode: modeOf(mode, options, call), call, timeout };
}

function runChild(parent, child) {
  child.parent = suiteOf(parent);
  child.parent.ready = true;
  const earlier = parent.children ?? Promise.resolve();
  const work = earlier.then(async () => {
    const result = await runTest(child, parent.options, parent.results);
    if (result.status === 'failed') parent.failedChildren = (parent.failedChildren ?? 0) + 1;
    state.test = parent;
  });
  parent.children = work;
  return work;
}

async function body(test, options) {
  const context = new Context(test);
  const around = lineage(test.parent);
  try {
    await prepare(test, options);
    for (const suite of around) await runHooks(suite, 'beforeEach', options, context);
    startCounting();
    const millis = millisOf(test, options);
    await limit((async () => callTest(test, context))(), millis, 'the test');
    await test.children;
    checkCount();
    if (test.failedChildren) {
      const error = new Error(`${test.failedChildren} subtest${test.failedChildren === 1 ? '' : 's'} failed`);
      error.stack = '';
      throw error;
    }
  } finally {
    if (test.suite) await runHooks(test.suite, 'afterAll', options, context);
    for (const suite of around.reverse()) await runHooks(suite, 'afterEach', options, context);
  }
}

async function runTest(test, options, results) {
  const path = pathOf(test);
  const result = { path, status: 'passed', millis: 0 };
  if (marked(test, 'todo') || marked(test, 'skip')) {
    results.push({ ...result, status: marked(test, 'skip') ? 'skipped' : 'todo' });
    return result;
  }
  Object.assign(test, { options, results });
  const outer = state.test;
  state.test = test;
  options.tell?.(path);
  const started = clock();
  const leave = state.guards.map((enter) => enter());
  try {
    await body(test, options);
    if (test.outcome) result.status = test.outcome.status;
  } catch (error) {
    result.status = test.outcome?.status ?? 'failed';
    if (result.status === 'failed') result.failure = failureOf(error);
  } finally {
    for (const call of leave) call();
    state.test = outer;
    result.millis = Math.round((clock() - started) * 1000) / 1000;
  }
  results.push(result);
  options.tell?.(path, result);
  return result;
}

async function runSuite(suite, options, results, wanted) {
  try {
    await suite.loading;
  } catch (error) {
    suite.broken = { error };
  }
  if (suite.broken && !marked(suite, 'skip')) {
    results.push({ path: pathOf(suite), status: 'failed', millis: 0, failure: failureOf(suite.broken.error) });
    return;
  }
  for (const item of suite.items) {
    if (item.kind === 'suite') await runSuite(item, options, results, wanted);
    else if (wanted(item)) {
      if (isChosen(item)) await runTest(item, options, results);
      else results.push({ path: pathOf(item), status: 'skipped', millis: 0 });
    }
  }
  if (!suite.ready) return;
  try {
    await runHooks(suite, 'afterAll', options);
  } catch (error) {
    results.push({ path: [...pathOf(suite), '(afterAll)'], status: 'failed', millis: 0, failure: failureOf(error) });
  }
}

/**
 * Runs what was collected. `filter` is a piece of the full name, parts joined by ` > `; `tell`
 * hears `(path)` before each test and `(path, result)` after it.
 */
export async function run(options = {}) {
  const filter = options.filter ?? '';
  const results = [];
  state.started = true;
  await runSuite(root, options, results, (test) => pathOf(test).join(' > ').includes(filter));
  return results;
}
