// The test engine: collects suites and tests while the file is loaded, then runs them in order.
// `describe/it`, `vitest`, `@jest/globals` and `node:test` are faces of this one engine.

import { inspect } from 'daino:internal/inspect';
import { checkCount, startCounting, takeSoft } from 'daino:internal/test/expect';
import { failureOf, here, plainError } from 'daino:internal/test/failure';
import { shuffled } from 'daino:internal/test/random';
import { enterTest, resumeTest } from 'daino:internal/test/snapshot';
import { TestContext, addHookTo, suiteOf } from 'daino:internal/test/test_context';
import { clearTimeout, setTimeout } from 'daino:internal/timers';
import { hostCallsWaiting } from 'daino:internal/host';
import { after, stopAfter } from 'daino:internal/test/virtual_time';
import { clock, functionSource } from 'daino:internal/primordials';

const HOOKS = ['beforeAll', 'afterAll', 'beforeEach', 'afterEach'];
const DEFAULT_TIMEOUT = 5_000;
const LONGEST = 2 ** 31 - 1;
const MOST_TESTS = 20_000;
const MODES = ['skip', 'todo', 'only'];

export function makeSuite(name, parent, mode = 'run') {
  const hooks = Object.fromEntries(HOOKS.map((hook) => [hook, []]));
  return { kind: 'suite', name, parent, mode, items: [], hooks, ready: false, broken: null, loading: null };
}

const root = makeSuite('', null);
const state = { suite: root, unread: [], test: null, count: 0, only: false, started: false, guards: [], failed: 0, bail: 0, timeout: null, retry: 0 };

/** Registers what brackets every test: `enter()` before its hooks gives `leave(failed)`, which may throw. */
export function guard(enter) { state.guards.push(enter); }

/** The default time limit of all tests that follow, in milliseconds, and how often a failed one is tried again. */
export function setDefaults({ timeout, retry }) {
  if (timeout !== undefined) state.timeout = timeout;
  if (retry !== undefined) state.retry = retry;
}

/** The suite that is collected, and the test that runs. */
export const currentSuite = () => state.suite;
export const currentTest = () => state.test;

/** The full name of the test that runs; null between tests. */
export const runningName = () => (state.test ? pathOf(state.test).join(' > ') : null);

const AsyncFunction = (async () => {}).constructor;

function readArgs(args) {
  const call = args.find((arg) => typeof arg === 'function');
  const options = args.find((arg) => typeof arg === 'object' && arg !== null) ?? {};
  const millis = args.find((arg) => typeof arg === 'number');
  const name = typeof args[0] === 'string' ? args[0] : args[0] === call ? call?.name || '<anonymous>' : `${args[0]?.name ?? args[0]}`;
  return { name, call, options, timeout: millis ?? options.timeout };
}

function modeOf(mode, options, call) {
  if (mode !== 'run' && mode !== 'fails') return mode;
  return MODES.find((known) => options[known]) ?? (call ? 'run' : 'todo');
}

export function addSuite(mode, args) {
  const { name, call, options } = readArgs(args);
  if (state.started) throw new Error(`describe(${inspect(name)}) must not be called while tests run`);
  const suite = Object.assign(makeSuite(name, state.suite, modeOf(mode, options, call)), { timeout: options.timeout, options });
  if (suite.mode === 'only') state.only = true;
  state.suite.items.push(suite);
  if (!call) return;
  // After its first `await` nothing tells which group an `it` belongs to: such a group is read alone, once
  // the file is.
  if (call instanceof AsyncFunction) {
    state.unread.push({ suite, call });
    return;
  }
  const outer = state.suite;
  state.suite = suite;
  try {
    const loading = call();
    if (typeof loading?.then === 'function') state.unread.push({ suite, call: () => loading });
  } catch (error) {
    suite.broken = { error };
  } finally {
    state.suite = outer;
  }
}

function makeTest(mode, args, parent) {
  const { name, call, options, timeout } = readArgs(args);
  if (++state.count > MOST_TESTS) throw new RangeError(`at most ${MOST_TESTS} tests in a file`);
  const fails = mode === 'fails' || options.fails === true;
  return { kind: 'test', name, parent, mode: modeOf(mode, options, call), call, options, timeout, fails, at: here() };
}

export function addTest(mode, args) {
  if (state.started) {
    if (state.test) return runChild(state.test, mode, args);
    throw new Error(`test(${inspect(readArgs(args).name)}) must not be called after the tests have run`);
  }
  const test = makeTest(mode, args, state.suite);
  if (test.mode === 'only') state.only = true;
  state.suite.items.push(test);
  return Promise.resolve();
}

export function addHook(name, call, timeout) {
  if (typeof call !== 'function') throw new TypeError(`${name} takes a function`);
  const limit = typeof timeout === 'number' ? timeout : timeout?.timeout;
  (state.test?.suite ?? state.suite).hooks[name].push({ call, timeout: limit });
}

/** A hook of the test that runs: `onTestFinished` and `onTestFailed`. */
export function hookOfRunning(name, call) {
  if (!state.test) throw new Error(`${name} must be called in a test`);
  if (name === 'onTestFailed') (state.test.onFailed ??= []).push(call);
  else addHookTo(state.test, 'afterAll', call);
}

export const pathOf = (item) => (item.parent ? [...pathOf(item.parent), item.name] : []);

function marked(item, mode) {
  for (let at = item; at; at = at.parent) if (at.mode === mode) return true;
  return false;
}

const hasOnly = (item) => item.mode === 'only' || (item.kind === 'suite' && item.items.some(hasOnly));

// With `.only` anywhere, what runs is what is marked, or lies below a marked suite that marks
// nothing further down.
function isChosen(item) {
  if (!state.only || item.mode === 'only') return true;
  for (let at = item.parent; at; at = at.parent) {
    if (at.mode === 'only') return !at.items.some(hasOnly);
  }
  return false;
}

// What the broker is asked for, such as the file's database, takes time that is not the test's.
const AGAIN = 100;

// What must end in time. One timer watches over all of it, and is left to fire in vain: most tests
// end long before it, and a timer for each would cost more than they do.
const watched = new Set();
const watch = { due: Infinity, timer: null };

function arm() {
  let due = Infinity;
  for (const entry of watched) if (entry.due < due) due = entry.due;
  if (due >= watch.due) return;
  if (watch.timer !== null) clearTimeout(watch.timer);
  Object.assign(watch, { due, timer: setTimeout(look, Math.max(0, due - clock())) });
}

function look() {
  Object.assign(watch, { due: Infinity, timer: null });
  const now = clock();
  for (const entry of watched) {
    if (entry.due > now) continue;
    if (hostCallsWaiting() > 0) entry.due = now + AGAIN;
    else entry.late();
  }
  arm();
}

function limit(work, { millis, isGiven }, what) {
  return new Promise((resolve, reject) => {
    let jump = null;
    const entry = { due: clock() + millis, late: null };
    const end = () => {
      watched.delete(entry);
      if (jump !== null) stopAfter(jump);
    };
    entry.late = () => {
      end();
      reject(plainError(`${what} did not end within ${millis} ms`, 'TimeoutError'));
    };
    watched.add(entry);
    arm();
    // A time that the author gave holds on the clock of the file, too, which jumps over what is slept.
    if (isGiven) jump = after(millis, entry.late);
    work.then((value) => { end(); resolve(value); }, (error) => { end(); reject(error); });
  });
}

const given = (millis) => ({ millis: Math.min(millis === 0 ? LONGEST : millis, LONGEST), isGiven: true });

const limitOf = (item, options) => {
  for (let at = item; at; at = at.parent) if (typeof at.timeout === 'number') return given(at.timeout);
  if (typeof state.timeout === 'number') return given(state.timeout);
  return { millis: options.timeoutMs ?? DEFAULT_TIMEOUT, isGiven: false };
};

// Jest's callback: the only argument, and named like one. Others have the context there.
const CALLBACK = /^(?:async\s+)?(?:function\s*[\w$]*\s*)?\(?\s*(?:done|cb|callback|next|finish)\s*(?:\)|=>)/;
const takesCallback = (call) => call.length === 1 && CALLBACK.test(functionSource(call));

function callWith(call, ...given) {
  const args = takesCallback(call) ? [] : given;
  if (call.length <= args.length) return call(...args);
  return new Promise((resolve, reject) => {
    const done = (error) => (error ? reject(error) : resolve());
    done.fail = (error) => reject(error ?? new Error('done.fail was called'));
    Promise.resolve(call(...args, done)).catch(reject);
  });
}

async function runHooks(suite, name, options, context) {
  const hooks = name.startsWith('after') ? [...suite.hooks[name]].reverse() : suite.hooks[name];
  for (const hook of hooks) {
    const done = await limit((async () => callWith(hook.call, context))(), typeof hook.timeout === 'number' ? given(hook.timeout) : limitOf(suite, options), `the ${name} hook`);
    // vitest: a function returned by beforeEach/beforeAll cleans up afterwards.
    if (typeof done === 'function' && name === 'beforeAll') suite.hooks.afterAll.push({ call: done });
    if (typeof done === 'function' && name === 'beforeEach') context.cleanups.push(done);
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
      await runHooks(suite, 'beforeAll', options, { cleanups: [], name: suite.name });
    } catch (error) {
      suite.broken = { error };
      throw error;
    }
  }
}

/** Runs a subtest of a running test, after the subtests that were started before it. */
export function runChild(parent, mode, args) {
  const child = makeTest(mode, args, suiteOf(parent, makeSuite));
  child.parent.ready = true;
  const earlier = parent.children ?? Promise.resolve();
  const work = earlier.then(async () => {
    const result = await runTest(child, parent.run, parent.results);
    if (result.status === 'failed') parent.failedChildren = (parent.failedChildren ?? 0) + 1;
    state.test = parent;
  });
  parent.children = work;
  return work;
}

async function body(test, options, context) {
  const around = lineage(test.parent);
  let failure = null;
  const attempt = async (work) => {
    try { await work(); } catch (error) { failure ??= { error }; }
  };
  await attempt(async () => {
    await prepare(test, options);
    for (const suite of around) if (suite.hooks.beforeEach.length > 0) await runHooks(suite, 'beforeEach', options, context);
    startCounting();
    await limit((async () => callWith(test.call, context))(), limitOf(test, options), `the test \`${test.name}\``);
    await test.children;
    checkCount();
    takeSoft();
    context.checkPlan();
    if (test.failedChildren) throw plainError(`${test.failedChildren} subtest${test.failedChildren === 1 ? '' : 's'} failed`);
  });
  for (const call of context.cleanups.reverse()) await attempt(() => call());
  if (test.suite) await attempt(() => runHooks(test.suite, 'afterAll', options, context));
  for (const suite of around.reverse()) if (suite.hooks.afterEach.length > 0) await attempt(() => runHooks(suite, 'afterEach', options, context));
  if (failure && test.onFailed) for (const call of test.onFailed) await attempt(() => call(context));
  if (failure) throw failure.error;
}

// One try of a test; the failure, or null.
async function attempt(test, options) {
  const leave = state.guards.map((enter) => enter(test));
  let failed = null;
  try {
    test.context = new TestContext(test, pathOf(test));
    await body(test, options, test.context);
  } catch (error) {
    failed = { error };
  }
  test.context?.endMocks();
  for (const call of leave) {
    try { call(failed !== null); } catch (error) { failed ??= { error }; }
  }
  if (!test.fails) return failed;
  return failed ? null : { error: plainError('the test passed, and is marked with `fails`') };
}

const FORBIDDEN = '`.only` leaves out all other tests, and is forbidden here; take it away';

async function runTest(test, options, results) {
  const path = pathOf(test);
  const result = { path, status: 'passed', millis: 0, at: test.at };
  const isTodo = marked(test, 'todo');
  if (marked(test, 'skip') || (isTodo && !test.call)) {
    results.push({ ...result, status: marked(test, 'skip') ? 'skipped' : 'todo' });
    return result;
  }
  if (options.forbidOnly && test.mode === 'only') {
    results.push({ ...result, status: 'failed', failure: failureOf(plainError(FORBIDDEN), test.at) });
    state.failed += 1;
    return result;
  }
  Object.assign(test, { run: options, results });
  const outer = state.test;
  state.test = test;
  options.tell?.(path, { at: test.at });
  const started = clock();
  const tries = 1 + (test.options.retry ?? test.parent.options?.retry ?? state.retry);
  const times = 1 + (test.options.repeats ?? 0);
  let failed = null;
  for (let run = 0; run < times && !failed; run++) {
    for (let number = 0; number < tries; number++) {
      Object.assign(test, { suite: undefined, children: undefined, failedChildren: 0, outcome: undefined });
      enterTest(path);
      failed = await attempt(test, options);
      if (!failed) break;
      if (tries > 1) result.tries = number + 1;
    }
  }
  if (!failed && result.tries) result.tries += 1;
  if (test.outcome) result.status = test.outcome.status;
  else if (isTodo) result.status = 'todo';
  else if (failed) {
    result.status = 'failed';
    result.failure = failureOf(failed.error, test.at);
    state.failed += 1;
  }
  state.test = outer;
  resumeTest(outer ? pathOf(outer) : null);
  result.millis = Math.round((clock() - started) * 1000) / 1000;
  results.push(result);
  options.tell?.(path, result);
  return result;
}

const isOver = () => state.bail > 0 && state.failed >= state.bail;

// Groups whose functions are async, one after another; one may hold more.
async function readGroups() {
  for (let next; (next = state.unread.shift()); state.suite = root) {
    state.suite = next.suite;
    try {
      await next.call();
    } catch (error) {
      next.suite.broken = { error };
    }
  }
}

async function runSuite(suite, options, results, wanted) {
  if (suite.broken && !marked(suite, 'skip')) {
    results.push({ path: pathOf(suite), status: 'failed', millis: 0, failure: failureOf(suite.broken.error) });
    state.failed += 1;
    return;
  }
  if (options.forbidOnly && suite.mode === 'only') {
    results.push({ path: pathOf(suite), status: 'failed', millis: 0, failure: failureOf(plainError(FORBIDDEN)) });
    state.failed += 1;
  }
  for (const item of options.order ? shuffled(suite.items, options.order) : suite.items) {
    if (item.kind === 'suite') await runSuite(item, options, results, wanted);
    else if (!wanted(item)) continue;
    else if (isOver()) options.notRun = (options.notRun ?? 0) + 1;
    else if (isChosen(item)) await runTest(item, options, results);
    else results.push({ path: pathOf(item), status: 'skipped', millis: 0, at: item.at });
  }
  if (!suite.ready || suite.hooks.afterAll.length === 0) return;
  options.told?.();
  try {
    await runHooks(suite, 'afterAll', options, { cleanups: [], name: suite.name });
  } catch (error) {
    results.push({ path: [...pathOf(suite), '(afterAll)'], status: 'failed', millis: 0, failure: failureOf(error) });
    state.failed += 1;
  }
}

/**
 * Runs what was collected. `filter` is a piece of the full name, parts joined by ` > `; `tell`
 * hears `(path, { at })` before each test and `(path, result)` after it, `told` that code runs which
 * is none of a test; `bail` stops after so many
 * failures; `order()` gives the random numbers of a shuffle.
 */
export async function run(options = {}) {
  const filter = options.filter ?? '';
  const results = [];
  await readGroups();
  state.started = true;
  state.bail = options.bail ?? 0;
  if (options.forbidOnly) state.only = false;
  await runSuite(root, options, results, (test) => pathOf(test).join(' > ').includes(filter));
  return { tests: results, notRun: options.notRun ?? 0 };
}
