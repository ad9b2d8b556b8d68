// Sets the globals of the JavaScript platform. Evaluated once, before any plugin code.

import { Buffer } from 'daino:internal/buffer';
import { atob, btoa } from 'daino:internal/base64_globals';
import { structuredClone } from 'daino:internal/clone';
import { console } from 'daino:internal/console';
import { TextDecoder, TextEncoder } from 'daino:internal/encoding';
import { AbortController, AbortSignal, CustomEvent, Event, EventTarget } from 'daino:internal/event_target';
import { fetch, Headers, Request, Response } from 'daino:internal/fetch';
import { install as installIntl } from 'daino:internal/intl';
import * as timers from 'daino:internal/timers';
import { URL, URLSearchParams } from 'daino:internal/url';
import { crypto, CryptoKey } from 'daino:internal/webcrypto';

const globals = {
  AbortController, AbortSignal, Buffer, CryptoKey, CustomEvent, Event, EventTarget, Headers, Request,
  Response, TextDecoder, TextEncoder, URL, URLSearchParams, atob, btoa, console, crypto, fetch,
  structuredClone, ...timers,
};

for (const [name, value] of Object.entries(globals)) {
  Object.defineProperty(globalThis, name, { value, writable: true, configurable: true, enumerable: false });
}
if (globalThis.global === undefined) {
  Object.defineProperty(globalThis, 'global', { value: globalThis, writable: true, configurable: true });
}
installIntl();
