// The clock of a test file: it stands still while code runs, and jumps to the next timer when
// nothing else is left to do. Two runs of a file so see the same times, and no test waits.
//
// Reading the clock takes a microsecond, so a loop that waits for a time comes to its end.

import { hostCallsWaiting, startTimer } from 'daino:internal/host';
import { Timeout, setTimeout as realTimeout } from 'daino:internal/timers';

const MOST = 10_000;
const RealDate = Date;
const READING = 0.001;
// What the test engine itself waits for.
const OURS = 'engine';

const state = { now: 0, last: 0, waiting: new Map(), armed: false, owner: () => null, isInstalled: false };

const millisOf = () => Math.floor(state.now);

function read() {
  state.now += READING;
  return millisOf();
}

/** A `Date` whose clock is `now`; with arguments it is the real one. */
export function dateOf(now) {
  function Date(...args) {
    if (!new.target) return new RealDate(now()).toString();
    return Reflect.construct(RealDate, args.length === 0 ? [now()] : args, new.target === Date ? RealDate : new.target);
  }
  Object.defineProperties(Date, {
    now: { value: () => now(), writable: true, configurable: true },
    parse: { value: RealDate.parse, writable: true, configurable: true },
    UTC: { value: RealDate.UTC, writable: true, configurable: true },
    length: { value: 7, configurable: true },
    prototype: { value: RealDate.prototype, writable: false },
  });
  return Date;
}

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
  const entry = { id, kind, at: state.now + wait, every, run: () => callback(...args), stack: new Error().stack, owner: state.owner(), handle: null };
  state.waiting.set(id, entry);
  arm(0);
  return (entry.handle = new Timeout(id, () => {
    entry.at = state.now + wait;
    state.waiting.set(id, entry);
    arm(0);
  }));
}

function stop(id) { state.waiting.delete(Number(id)); }

/** Puts the virtual clock in place; `owner()` names the test that runs. */
export function install(now, owner) {
  state.now = now;
  state.owner = owner;
  state.isInstalled = true;
  const globals = {
    Date: dateOf(read),
    setTimeout: (callback, millis, ...args) => start('setTimeout', callback, delayOf(millis), 0, args),
    setInterval: (callback, millis, ...args) => start('setInterval', callback, delayOf(millis), delayOf(millis), args),
    setImmediate: (callback, ...args) => start('setImmediate', callback, 0, 0, args),
    clearTimeout: stop, clearInterval: stop, clearImmediate: stop,
  };
  for (const [name, value] of Object.entries(globals)) {
    Object.defineProperty(globalThis, name, { value, writable: true, configurable: true, enumerable: false });
  }
}

/** Calls back after a time on the file's clock, whatever a test has put in place of its timers; gives what stops it. */
export function after(millis, callback) {
  if (!state.isInstalled) return null;
  return Number(start(OURS, callback, delayOf(millis), 0, []));
}
export const stopAfter = stop;

/** Waits on the file's clock. */
export function sleep(millis) {
  return new Promise((resolve) => { if (after(millis, resolve) === null) realTimeout(resolve, millis); });
}

const isLeft = ({ kind, handle }) => kind !== OURS && handle?.hasRef() !== false;

/** Timers that nothing waited for: `{ kind, stack, owner }`. */
export const leftOver = () => [...state.waiting.values()].filter(isLeft).map(({ kind, stack, owner }) => ({ kind, stack, owner }));
