// The natives, taken once. Only the platform's own modules can import this one.
//
// `hostCall(op, args)` gives a promise; `log(level, text)` takes debug, info, warn or error;
// `loadModule(name)` gives a platform module's exports at once;
// `startTimer(millis, callback)` gives what `stopTimer` takes, and calls back once.

import * as native from 'daino:native';

export const {
  utf8Encode, utf8Decode, bytesToText, textToBytes,
  hash, hmac, aesGcmSeal, aesGcmOpen, ecdsaVerify, randomBytes, constantTimeEqual,
  urlParse, urlSet, zoneAt,
} = native;
export const { hostCall, loadModule, log, startTimer, stopTimer } = native;
