// The natives, taken once. Only the platform's own modules can import this one.
//
// `hostCall(op, args)` gives a promise; `log(level, text)` takes debug, info, warn or error;
// `emit(name, json)` tells of an event;
// `loadModule(name)` gives a platform module's exports at once;
// `startTimer(millis, callback)` gives what `stopTimer` takes, and calls back once.

import * as native from 'daino:native';

export const {
  utf8Encode, utf8Decode, bytesToText, textToBytes,
  hash, hmac, aesGcmSeal, aesGcmOpen, ecdsaVerify, constantTimeEqual,
  urlParse, urlSet, zoneAt,
} = native;
export const { emit, loadModule, randomNumber, startTimer, stopTimer } = native;
/** What the engine has used: bytes of its heap, steps in units of ten thousand, milliseconds of the processor. */
export const { collectGarbage, heapUsed, engineTicks, cpuMillis } = native;

// Seams of the test engine: nothing but a test run sets these.
const { apply } = Reflect;
const { then } = Promise.prototype;
const seams = { randomBytes: null, log: null, asked: null };
let waiting = 0;

/** Random bytes: the kernel's, unless a test run has a seed. */
export const randomBytes = (count) => (seams.randomBytes ?? native.randomBytes)(count);
/** Gives all further random bytes. */
export function setRandomBytes(give) { seams.randomBytes = give; }

/** Writes a line to the log of the call. */
export const log = (level, text) => (seams.log === null ? native.log(level, text) : seams.log(level, text, native.log));
/** Takes all further log lines, with the function that writes one. */
export function setLog(take) { seams.log = take; }

/** Tells of all further requests to the broker, before they are made. */
export function watchHostCalls(tell) { seams.asked = tell; }

const settled = () => { waiting -= 1; };

/** Asks the broker. */
export function hostCall(op, args) {
  if (seams.asked !== null) seams.asked(op, args);
  const answer = native.hostCall(op, args);
  waiting += 1;
  apply(then, answer, [settled, settled]);
  return answer;
}
/** How many requests wait for the broker's answer. */
export const hostCallsWaiting = () => waiting;
