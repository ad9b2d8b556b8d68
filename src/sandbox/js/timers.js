// `setTimeout`, `setInterval` and their like. Ids are numbers; at most 10,000 are pending.

import { startTimer, stopTimer } from 'daino:internal/host';

const MOST = 10_000;
const LONGEST = 0x7fffffff;
const pending = new Map();
let last = 0;

function delay(millis) {
  const wanted = Math.trunc(Number(millis));
  return wanted >= 1 && wanted <= LONGEST ? wanted : 1;
}

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
  return id;
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
