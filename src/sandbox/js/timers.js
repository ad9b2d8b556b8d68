// `setTimeout`, `setInterval` and their like. They give handles as Node's do, which are numbers where one
// is wanted; at most 10,000 are pending.

import { startTimer, stopTimer } from 'daino:internal/host';

const MOST = 10_000;
const LONGEST = 0x7fffffff;
const pending = new Map();
let last = 0;

function delay(millis) {
  const wanted = Math.trunc(Number(millis));
  return wanted >= 1 && wanted <= LONGEST ? wanted : 1;
}

const { defineProperty } = Object;

/** What a timer is known by: `clearTimeout` takes it, or its number. */
export class Timeout {
  #id;
  #start;
  #held = true;
  constructor(id, start) {
    this.#id = id;
    this.#start = start;
  }
  ref() { this.#held = true; return this; }
  unref() { this.#held = false; return this; }
  hasRef() { return this.#held; }
  refresh() { this.#start(this.#id); return this; }
  close() { globalThis.clearTimeout(this); return this; }
  [Symbol.toPrimitive]() { return this.#id; }
}
if (Symbol.dispose) defineProperty(Timeout.prototype, Symbol.dispose, { value() { this.close(); } });

function start(callback, millis, args, repeats) {
  if (typeof callback !== 'function') throw new TypeError('the first argument of a timer must be a function');
  if (pending.size >= MOST) throw new RangeError(`at most ${MOST} timers may be pending`);
  const id = ++last;
  const wait = delay(millis);
  const fire = () => {
    if (!pending.has(id)) return;
    if (repeats) pending.set(id, startTimer(wait, fire));
    else pending.delete(id);
    callback(...args);
  };
  pending.set(id, startTimer(wait, fire));
  return new Timeout(id, () => {
    if (pending.has(id)) stopTimer(pending.get(id));
    pending.set(id, startTimer(wait, fire));
  });
}

export const setTimeout = (callback, millis, ...args) => start(callback, millis, args, false);
export const setInterval = (callback, millis, ...args) => start(callback, millis, args, true);
export const setImmediate = (callback, ...args) => start(callback, 1, args, false);

export function clearTimeout(id) {
  const key = Number(id);
  if (!pending.has(key)) return;
  stopTimer(pending.get(key));
  pending.delete(key);
}
export const clearInterval = clearTimeout;
export const clearImmediate = clearTimeout;
