// A clock that stands still until the test moves it: `vi.useFakeTimers` and its like.

const NAMES = ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'setImmediate', 'clearImmediate', 'Date'];
const MOST_RUNS = 100_000;
const RealDate = Date;

const state = { now: 0, last: 0, queue: [], real: null };

function schedule(callback, millis, args, every) {
  const wait = Math.max(0, Math.trunc(Number(millis)) || 0);
  const entry = { id: ++state.last, at: state.now + wait, every: every ? Math.max(1, wait) : 0, run: () => callback(...args) };
  state.queue.push(entry);
  return entry.id;
}
const cancel = (id) => { state.queue = state.queue.filter((entry) => entry.id !== id); };

class FakeDate extends RealDate {
  constructor(...args) { if (args.length === 0) super(state.now); else super(...args); }
  static now() { return state.now; }
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
}

function runUntil(limit) {
  for (let runs = 0, next; (next = nextDue(limit)); runs++) {
    if (runs >= MOST_RUNS) throw new RangeError(`the fake timers did not end after ${MOST_RUNS} runs`);
    runOne(next);
  }
  if (Number.isFinite(limit)) state.now = limit;
}

async function runUntilAsync(limit) {
  for (let runs = 0; ; runs++) {
    // Promises that a timer settled go first, as they would in real time.
    for (let i = 0; i < 20; i++) await null;
    const next = nextDue(limit);
    if (!next) break;
    if (runs >= MOST_RUNS) throw new RangeError(`the fake timers did not end after ${MOST_RUNS} runs`);
    runOne(next);
  }
  if (Number.isFinite(limit)) state.now = limit;
}

function use(options = {}) {
  state.queue = [];
  state.now = options.now === undefined ? RealDate.now() : Number(options.now);
  state.real ??= Object.fromEntries(NAMES.map((name) => [name, Object.getOwnPropertyDescriptor(globalThis, name)]));
  const fakes = {
    setTimeout: (callback, millis, ...args) => schedule(callback, millis, args, false),
    setInterval: (callback, millis, ...args) => schedule(callback, millis, args, true),
    setImmediate: (callback, ...args) => schedule(callback, 0, args, false),
    clearTimeout: cancel, clearInterval: cancel, clearImmediate: cancel, Date: FakeDate,
  };
  for (const name of NAMES) Object.defineProperty(globalThis, name, { value: fakes[name], writable: true, configurable: true });
}

function real() {
  if (!state.real) return;
  for (const name of NAMES) Object.defineProperty(globalThis, name, state.real[name]);
  state.real = null;
}

/** What `vi` and `jest` can do with time. */
export const clock = {
  useFakeTimers: use,
  useRealTimers: real,
  isFakeTimers: () => state.real !== null,
  setSystemTime: (date) => { if (!state.real) use(); state.now = Number(new RealDate(date)); },
  getMockedSystemTime: () => (state.real ? new RealDate(state.now) : null),
  getTimerCount: () => state.queue.length,
  clearAllTimers: () => { state.queue = []; },
  advanceTimersByTime: (millis) => runUntil(state.now + millis),
  advanceTimersByTimeAsync: (millis) => runUntilAsync(state.now + millis),
  advanceTimersToNextTimer: () => { const next = nextDue(Infinity); if (next) runOne(next); },
  runAllTimers: () => runUntil(Infinity),
  runAllTimersAsync: () => runUntilAsync(Infinity),
  runOnlyPendingTimers: () => { for (const entry of [...state.queue].sort((a, b) => a.at - b.at)) if (state.queue.includes(entry)) runOne(entry); },
};
