// Sets the globals of the JavaScript platform. Evaluated once, before any plugin code.
//
// Most plugins use few of them, and compiling their modules is most of what a start costs: each
// global loads its module when it is first read.

import { loadModule, randomNumber } from 'daino:internal/host';
import { installLazily } from 'daino:internal/intl/lazy';
import * as timers from 'daino:internal/timers';

const { defineProperty, entries } = Object;

const MODULES = {
  base64_globals: ['atob', 'btoa'],
  buffer: ['Buffer'],
  clone: ['structuredClone'],
  console: ['console'],
  encoding: ['TextDecoder', 'TextEncoder'],
  event_target: ['AbortController', 'AbortSignal', 'CustomEvent', 'Event', 'EventTarget'],
  fetch: ['Headers', 'Request', 'Response', 'fetch'],
  url: ['URL', 'URLSearchParams'],
  webcrypto: ['CryptoKey', 'crypto'],
};

function define(name, value) {
  defineProperty(globalThis, name, { value, writable: true, configurable: true, enumerable: false });
  return value;
}

for (const [module, names] of entries(MODULES)) {
  for (const name of names) {
    if (name in globalThis) continue;
    const get = () => define(name, loadModule(`daino:internal/${module}`)[name]);
    const set = (value) => { define(name, value); };
    defineProperty(globalThis, name, { get, set, configurable: true, enumerable: false });
  }
}
for (const [name, value] of entries(timers)) if (name !== 'Timeout') define(name, value);
if (globalThis.global === undefined) define('global', globalThis);
installLazily();

// The engine's own would go on from the same numbers in every copy of a template.
const random = () => randomNumber();
defineProperty(random, 'name', { value: 'random' });
defineProperty(Math, 'random', { value: random, writable: true, configurable: true, enumerable: false });
