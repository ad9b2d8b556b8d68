// The natives, taken once. Only the platform's own modules can import this one.

import * as native from 'daino:native';

export const {
  utf8Encode, utf8Decode, bytesToText, textToBytes,
  hash, hmac, randomBytes, constantTimeEqual,
  urlParse, urlSet,
} = native;
export const { hostCall, log, startTimer, stopTimer } = native;
