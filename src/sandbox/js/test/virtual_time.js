// The clock of a test file: it stands still while code runs, and jumps to the next timer when
// nothing else is left to do. Two runs of a file so see the same times, and no test waits.
//
// Reading the clock takes a microsecond, so a loop that waits for a time comes to its end.

import { hostCallsWaiting, startTimer } from 'daino:internal/host';

const MOST = 10_000;
const RealDate = Date;
const READING = 0.001;

const state = { now: 0, last: 0, waiting: new Map(), armed: false, owner: () => null };

const millisOf = () => Math.floor(state.now);

function read() {
  state.now += READING;
  return millisOf();
}

class VirtualDate extends RealDate {
  constructor(...args) { if (args.length === 0) super(read()); else super(...args); }
  static now() { return read(); }
}
Object.defineProperty(VirtualDate, 'name', { value: 'Date' });

function nextDue() {
  let next;
  for (const entry of state.waiting.values()) {
    if (!next || entry.at < next.at || (entry.at === next.at && entry.id < next.id)) next = entry;
  }
  return next;
}

// Fires when all jobs are done. What the broker was asked for comes first: it takes real time.
function tick() {
  state.armed = false;
  if (hostCallsWaiting() > 0) return arm(1);
  const next = nextDue();
  if (!next) return;
  state.now = Math.max(state.now, next.at);
  if (next.every) {
    next.at = state.now + next.every;
  } else state.waiting.delete(next.id);
  arm(0);
  next.run();
}

function arm(wait) {
  if (state.armed || state.waiting.size === 0) return;
  state.armed = true;
  startTimer(wait, tick);
}

function delayOf(millis) {
  const wanted = Math.trunc(Number(millis));
  return wanted >= 1 && wanted <= 0x7fffffff ? wanted : 1;
}

function start(kind, callback, wait, every, args) {
  if (typeof callback !== 'function') throw new TypeError('the first argument of a timer must be a function');
  if (state.waiting.size >= MOST) throw new RangeError(`at most ${MOST} timers may be pending`);
  const id = ++state.last;
  const entry = { id, kind, at: state.now + wait, every, run: () => callback(...args), stack: new Error().stack, owner: state.owner() };
  state.waiting.set(id, entry);
  arm(0);
  return id;
}

function stop(id) { state.waiting.delete(Number(id)); }

/** Puts the virtual clock in place; `owner()` names the test that runs. */
export function install(now, owner) {
  state.now = now;
  state.owner = owner;
  const globals = {
    Date: VirtualDate,
    setTimeout: (callback, millis, ...args) => start('setTimeout', callback, delayOf(millis), 0, args),
    setInterval: (callback, millis, ...args) => start('setInterval', callback, delayOf(millis), delayOf(millis), args),
    setImmediate: (callback, ...args) => start('setImmediate', callback, 0, 0, args),
    clearTimeout: stop, clearInterval: stop, clearImmediate: stop,
  };
  for (const [name, value] of Object.entries(globals)) {
    Object.defineProperty(globalThis, name, { value, writable: true, configurable: true, enumerable: false });
  }
}

/** Timers that nothing waited for: `{ kind, stack, owner }`. */
export const leftOver = () => [...state.waiting.values()].map(({ kind, stack, owner }) => ({ kind, stack, owner }));
