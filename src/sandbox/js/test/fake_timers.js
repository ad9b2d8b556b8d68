// A clock that stands still until the test moves it: `vi.useFakeTimers`, `jest.useFakeTimers` and
// `mock.timers` of `node:test`.

import { dateOf } from 'daino:internal/test/virtual_time';
import { Timeout } from 'daino:internal/timers';

const TIMERS = ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'setImmediate', 'clearImmediate'];
const NAMES = [...TIMERS, 'Date', 'performance'];
// Jest fakes these as well, Vitest only when it is told to.
const ALL = [...NAMES, 'queueMicrotask'];
// Of `node:test`.
const NODE = [...TIMERS, 'Date'];
const MOST_RUNS = 100_000;
const RealDate = Date;
const realPerformance = globalThis.performance;

const state = { now: 0, begun: 0, last: 0, queue: [], jobs: [], real: new Map(), auto: null, most: MOST_RUNS };

function schedule(callback, millis, args, every) {
  if (typeof callback !== 'function') throw new TypeError('the first argument of a timer must be a function');
  const wait = Math.max(0, Math.trunc(Number(millis)) || 0);
  const entry = { id: ++state.last, at: state.now + wait, every: every ? Math.max(1, wait) : 0, run: () => callback(...args) };
  state.queue.push(entry);
  return new Timeout(entry.id, () => {
    entry.at = state.now + wait;
    if (!state.queue.includes(entry)) state.queue.push(entry);
  });
}
const cancel = (id) => { state.queue = state.queue.filter((entry) => entry.id !== Number(id)); };

const fakePerformance = Object.create(realPerformance ?? null, {
  now: { value: () => state.now - state.begun, writable: true, configurable: true },
});

const FAKES = {
  setTimeout: (callback, millis, ...args) => schedule(callback, millis, args, false),
  setInterval: (callback, millis, ...args) => schedule(callback, millis, args, true),
  setImmediate: (callback, ...args) => schedule(callback, 0, args, false),
  clearTimeout: cancel, clearInterval: cancel, clearImmediate: cancel, Date: dateOf(() => state.now),
  performance: fakePerformance,
  queueMicrotask: (callback) => { state.jobs.push(callback); },
};

function runJobs() {
  for (let runs = 0; state.jobs.length > 0; runs++) {
    tooMany(runs);
    state.jobs.shift()();
  }
}

function nextDue(limit) {
  let next;
  for (const entry of state.queue) {
    if (entry.at <= limit && (!next || entry.at < next.at || (entry.at === next.at && entry.id < next.id))) next = entry;
  }
  return next;
}

function runOne(entry) {
  state.now = Math.max(state.now, entry.at);
  if (entry.every) entry.at = state.now + entry.every;
  else cancel(entry.id);
  entry.run();
  runJobs();
}

function tooMany(runs) {
  if (runs >= state.most) throw new RangeError(`the fake timers did not end after ${state.most} runs`);
}

function runUntil(limit) {
  runJobs();
  for (let runs = 0, next; (next = nextDue(limit)); runs++) {
    tooMany(runs);
    runOne(next);
  }
  if (Number.isFinite(limit)) state.now = limit;
}

// Promises that a timer settled go first, as they would in real time.
async function promises() { for (let i = 0; i < 20; i++) await null; }

async function runUntilAsync(limit) {
  for (let runs = 0; ; runs++) {
    await promises();
    const next = nextDue(limit);
    if (!next) break;
    tooMany(runs);
    runOne(next);
  }
  if (Number.isFinite(limit)) state.now = limit;
}

// The timers that wait now, and none that they start.
const pendingNow = () => [...state.queue].sort((a, b) => a.at - b.at || a.id - b.id);

function fake(names) {
  for (const name of names) {
    if (!ALL.includes(name)) continue;
    if (!state.real.has(name)) state.real.set(name, Object.getOwnPropertyDescriptor(globalThis, name));
    Object.defineProperty(globalThis, name, { value: FAKES[name], writable: true, configurable: true });
  }
}

// `setTimeout` stands for `clearTimeout` too, as node:test has it.
const withClear = (names) => names.flatMap((name) => (name.startsWith('set') ? [name, name.replace('set', 'clear')] : [name]));

function use(options, usual = NAMES) {
  if (options === 'legacy' || options?.legacyFakeTimers) throw new TypeError('legacy fake timers are not available');
  const given = typeof options === 'object' && options !== null ? options : {};
  const { now, toFake = usual, doNotFake = [], toNotFake = [] } = given;
  real();
  Object.assign(state, { queue: [], jobs: [], now: now === undefined ? RealDate.now() : Number(now), most: given.timerLimit ?? given.loopLimit ?? MOST_RUNS });
  state.begun = state.now;
  fake(withClear(toFake).filter((name) => !doNotFake.includes(name) && !toNotFake.includes(name)));
  // The fake clock goes on with the real one, in steps.
  const step = typeof given.advanceTimers === 'number' ? given.advanceTimers : given.advanceTimeDelta ?? 20;
  if (given.shouldAdvanceTime || given.advanceTimers) startAuto(step);
}

function startAuto(step) {
  const start = state.real.get('setInterval')?.value ?? globalThis.setInterval;
  const stop = state.real.get('clearInterval')?.value ?? globalThis.clearInterval;
  const id = start(() => runUntil(state.now + step), step);
  id.unref?.();
  state.auto = () => stop(id);
}

function real() {
  state.auto?.();
  state.auto = null;
  for (const [name, found] of state.real) Object.defineProperty(globalThis, name, found);
  state.real.clear();
}

function setTime(date) {
  if (state.real.size === 0) fake(['Date']);
  state.now = Number(new RealDate(date));
}

function requireFake() {
  if (state.real.size === 0) throw Object.assign(new Error('the timers are not faked; call useFakeTimers first'), { code: 'ERR_INVALID_STATE' });
}
const faked = (call) => (...args) => { requireFake(); return call(...args); };

const FRAME = 16;

/** What `vi` and `jest` can do with time. */
export const clock = {
  useFakeTimers: (options) => use(options),
  useRealTimers: real,
  isFakeTimers: () => state.real.has('setTimeout'),
  setSystemTime: (date = RealDate.now()) => setTime(date),
  getMockedSystemTime: () => (state.real.has('Date') ? new RealDate(state.now) : null),
  getRealSystemTime: () => RealDate.now(),
  now: () => (state.real.has('Date') ? state.now : RealDate.now()),
  getTimerCount: () => state.queue.length,
  clearAllTimers: () => { state.queue = []; },
  advanceTimersByTime: faked((millis) => runUntil(state.now + Number(millis))),
  advanceTimersByTimeAsync: faked((millis) => runUntilAsync(state.now + Number(millis))),
  advanceTimersToNextTimer: faked((times = 1) => { for (let i = 0, next; i < times && (next = nextDue(Infinity)); i++) runOne(next); }),
  advanceTimersToNextTimerAsync: faked(async (times = 1) => {
    for (let i = 0, next; i < times && (next = nextDue(Infinity)); i++) { runOne(next); await promises(); }
  }),
  runAllTimers: faked(() => runUntil(Infinity)),
  runAllTimersAsync: faked(() => runUntilAsync(Infinity)),
  runAllTicks: faked(runJobs),
  advanceTimersToNextFrame: faked((frames = 1) => runUntil(state.now + FRAME - ((state.now - state.begun) % FRAME) + FRAME * (frames - 1))),
  runOnlyPendingTimers: faked(() => { for (const entry of pendingNow()) if (state.queue.includes(entry)) runOne(entry); }),
  runOnlyPendingTimersAsync: faked(async () => { for (const entry of pendingNow()) { if (state.queue.includes(entry)) runOne(entry); await promises(); } }),
};

/** The same as Jest has it: microtasks are faked, too. */
export const jestClock = { ...clock, useFakeTimers: (options) => use(options, ALL) };

/** `mock.timers` of `node:test`. */
export const nodeTimers = {
  enable(options = {}) {
    if (state.real.size > 0) throw Object.assign(new Error('MockTimers is already enabled!'), { code: 'ERR_INVALID_STATE' });
    const { apis, now = 0 } = Array.isArray(options) ? { apis: options } : options;
    use({ now, toFake: apis ?? NODE });
  },
  tick: faked((millis = 1) => runUntil(state.now + millis)),
  runAll: faked(() => runUntil(Math.max(state.now, ...state.queue.map((entry) => entry.at)))),
  setTime: faked((millis) => { state.now = millis; }),
  reset() { real(); state.queue = []; },
  [Symbol.dispose ?? Symbol.for('dispose')]() { this.reset(); },
};
