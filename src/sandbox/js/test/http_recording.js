// Requests that were really made (`--record-http`), and the answers to them when they are made
// again. Strict: a request is answered once, by the recording of its own test, and only when method,
// address and body are the same.
//
// What the test gives as a secret is kept as `{{secret:NAME}}`, and so is what goes by a telling name
// left out. The request that is compared has gone the same way.

import { Response } from 'daino:internal/fetch';
import { URL, URLSearchParams } from 'daino:internal/url';
import { bytesToText, textToBytes, utf8Decode } from 'daino:internal/host';
import { parse, stringify } from 'daino:internal/primordials';

const MOST = 1_000;
const MOST_BYTES = 1024 * 1024;
const SHORTEST_SECRET = 4;
const GONE = '[redacted]';
const SECRET_KEY = /^(access|refresh|id|auth|session|csrf)?[_-]?token$|secret|passw|passphrase|api[_-]?key|private[_-]?key|^authorization$|^(cvc|cvv|pan)$|card[_-]?number|^signature$/i;
const SECRET_HEADER = /^(proxy-)?authorization$|cookie|token|secret|password|api-?key|signature|^x-auth/i;
const PASSING_HEADER = /^(date|age|connection|keep-alive|transfer-encoding|content-encoding|content-length|server-timing|alt-svc|via)$/i;

const state = { isRecording: false, file: '', known: null, made: new Map(), used: new Map(), secrets: new Map() };

/** Starts for a file: `record` says whether requests are made, `tests` what was recorded before. */
export function openRecording({ record = false, file = '', tests = null } = {}) {
  Object.assign(state, { isRecording: record, file, known: tests });
}

export const isRecording = () => state.isRecording;

/** Whether there is a recording for a test. */
export const isRecorded = (test) => !state.isRecording && state.known?.[test] !== undefined;

/** Values that must not be in a recording. */
export function noteSecrets(secrets) {
  for (const [name, value] of Object.entries(secrets ?? {})) {
    if (typeof value === 'string' && value.length >= SHORTEST_SECRET) state.secrets.set(name, value);
  }
}

function redacted(text) {
  let made = text;
  // The longest first: one secret may be part of another.
  const all = [...state.secrets].sort(([, a], [, b]) => b.length - a.length);
  for (const [name, value] of all) {
    for (const form of new Set([value, encodeURIComponent(value), stringify(value).slice(1, -1)])) made = made.replaceAll(form, () => `{{secret:${name}}}`);
  }
  return made;
}

function redactedJson(value, key = '') {
  if (typeof value === 'string') return SECRET_KEY.test(key) ? GONE : redacted(value);
  if (Array.isArray(value)) return value.map((item) => redactedJson(item, key));
  if (typeof value === 'object' && value !== null) return Object.fromEntries(Object.entries(value).map(([name, item]) => [redacted(name), redactedJson(item, name)]));
  return value;
}

function redactedPairs(text) {
  const pairs = [...new URLSearchParams(text)];
  return pairs.map(([name, value]) => `${encodeURIComponent(name)}=${SECRET_KEY.test(name) ? GONE : encodeURIComponent(redacted(value))}`).join('&');
}

function redactedUrl(address) {
  const url = new URL(address);
  const query = url.search === '' ? '' : `?${redactedPairs(url.search)}`;
  return redacted(`${url.origin}${url.pathname}`) + query;
}

function headersOf(headers) {
  const kept = [...headers.entries()].filter(([name]) => !PASSING_HEADER.test(name));
  return Object.fromEntries(kept.map(([name, value]) => [name, SECRET_HEADER.test(name) ? GONE : redacted(value)]));
}

// A body as it is written down: `{ json }`, `{ text }`, `{ base64 }`, or nothing.
function bodyOf(bytes, type) {
  if (bytes === null || bytes.length === 0) return {};
  let text;
  try {
    text = utf8Decode(bytes, true);
  } catch {
    return { base64: bytesToText(bytes, 'base64') };
  }
  if (/x-www-form-urlencoded/i.test(type)) return { text: redactedPairs(text) };
  try {
    const json = parse(text);
    if (typeof json === 'object' && json !== null) return { json: redactedJson(json) };
  } catch { /* it is text */ }
  return { text: redacted(text) };
}

const typeOf = (headers) => headers.get('content-type') ?? '';

async function bytesOf(body) {
  const bytes = new Uint8Array(await body.clone().arrayBuffer());
  if (bytes.length > MOST_BYTES) throw new Error(`a body of more than ${MOST_BYTES} bytes is not recorded; map the address with mockFetch`);
  return bytes;
}

async function requestOf(request) {
  return { method: request.method, url: redactedUrl(request.url), headers: headersOf(request.headers), ...bodyOf(await bytesOf(request), typeOf(request.headers)) };
}

/** Forgets what an earlier try of a test did. */
export function enterRecording(test) {
  state.made.delete(test);
  state.used.delete(test);
}

/** Writes down a request of a test and what was answered. */
export async function keep(test, request, response) {
  const made = state.made.get(test) ?? [];
  state.made.set(test, made);
  if (made.length >= MOST) throw new Error(`more than ${MOST} requests of one test are not recorded`);
  const { status, headers } = response;
  made.push({ request: await requestOf(request), response: { status, headers: headersOf(headers), ...bodyOf(await bytesOf(response), typeOf(headers)) } });
}

const compared = ({ method, url, json, text, base64 }) => ({ method, url, body: json !== undefined ? sorted(json) : text ?? base64 ?? null });
function sorted(value) {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.keys(value).sort().map((key) => [key, sorted(value[key])]));
}
const same = (a, b) => stringify(compared(a)) === stringify(compared(b));

function responseFrom({ status, headers, json, text, base64 }) {
  const body = json !== undefined ? stringify(json) : base64 !== undefined ? textToBytes(base64, 'base64') : text ?? null;
  return new Response(body === '' ? null : body, { status, headers });
}

const shown = ({ method, url }) => `${method} ${url}`;
const cut = (value) => (stringify(value) ?? '').slice(0, 300);

/** The recorded answer to a request of a test; throws when there is none. */
export async function replay(test, request) {
  const entries = state.known[test];
  const used = state.used.get(test) ?? new Set();
  state.used.set(test, used);
  const asked = await requestOf(request);
  const index = entries.findIndex((entry, number) => !used.has(number) && same(entry.request, asked));
  if (index >= 0) {
    used.add(index);
    return responseFrom(entries[index].response);
  }
  const open = entries.filter((_, number) => !used.has(number)).map((entry) => entry.request);
  const near = open.find((one) => one.method === asked.method && one.url === asked.url) ?? open[0];
  let why = 'everything that was recorded has been answered';
  if (near !== undefined && shown(near) === shown(asked)) why = `nearest: the same address with another body: recorded ${cut(compared(near).body)}, now ${cut(compared(asked).body)}`;
  else if (near !== undefined) why = `nearest: ${shown(near)}`;
  throw new Error(`no recorded answer for ${shown(asked)} in ${state.file} (${why}); record again with --record-http`);
}

/** Recorded requests that a test did not make. */
export function leftOf(test) {
  if (!isRecorded(test)) return [];
  const used = state.used.get(test) ?? new Set();
  return state.known[test].filter((_, number) => !used.has(number)).map((entry) => shown(entry.request));
}

/** The recording after a run: what the tests that passed did is new, what did not run stays. */
export function closeRecording(results) {
  if (!state.isRecording) return null;
  const tests = { ...state.known };
  for (const { path, status } of results) {
    const name = path.join(' > ');
    if (status !== 'passed') continue;
    const made = state.made.get(name);
    if (made === undefined) delete tests[name];
    else tests[name] = made;
  }
  return Object.fromEntries(Object.entries(tests).sort(([a], [b]) => (a < b ? -1 : 1)));
}
