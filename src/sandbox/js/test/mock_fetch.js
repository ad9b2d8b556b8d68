// `mockFetch`: the network of a test. What is not mapped is refused, and so is a host that the
// manifest does not grant, as a shop would refuse it.

import { Headers, Response, overBroker, setTransport } from 'daino:internal/fetch';
import { URL } from 'daino:internal/url';
import { parse, stringify } from 'daino:internal/primordials';
import { inspect } from 'daino:internal/inspect';
import { plainError } from 'daino:internal/test/failure';
import { enterRecording, isRecorded, isRecording, keep, leftOf, replay } from 'daino:internal/test/http_recording';

const MOST_CALLS = 10_000;
// `open` are the hosts of which requests that nothing maps go to the broker; true for all.
const state = { mocks: [], calls: [], granted: null, open: [], isStrict: false, unmatched: [], nameOf: () => null };
const OUTSIDE = '(outside of tests)';

const escape = (text) => text.replace(/[.+?^${}()|[\]\\]/g, '\\$&');

function readPattern(pattern) {
  if (pattern instanceof RegExp) return { shown: `${pattern}`, matches: (request) => pattern.test(request.url) };
  const text = pattern instanceof URL ? pattern.href : pattern;
  if (typeof text !== 'string') throw new TypeError(`mockFetch takes a URL, a pattern or a RegExp, got ${inspect(pattern)}`);
  const [, method, address] = /^(?:([A-Za-z]+)\s+)?(\S+)$/.exec(text.trim()) ?? [];
  if (address === undefined) throw new TypeError(`\`${text}\` is not "URL" or "METHOD URL"`);
  const open = address.endsWith('*');
  const full = address.includes('*') ? address : URL.parse(address)?.href;
  if (!full) throw new TypeError(`\`${address}\` is not an absolute URL`);
  const parts = (open ? full.slice(0, -1) : full).split('*').map(escape).join('[^?#]*');
  // A pattern without a query matches any query.
  const end = open ? '.*' : full.includes('?') ? '' : '(\\?.*)?';
  const expression = new RegExp(`^${parts}${end}$`);
  const wanted = method?.toUpperCase();
  return { shown: text, matches: (request) => (!wanted || wanted === request.method) && expression.test(request.url) };
}

// Status, headers and body of an answer as tests write it.
function toResponse(answer) {
  if (answer instanceof Response) return answer.clone();
  if (answer instanceof Error) throw answer;
  if (answer === undefined || answer === null) return new Response(null, { status: 204 });
  if (typeof answer === 'string') return new Response(answer);
  if (typeof answer !== 'object') throw new TypeError(`a mocked answer must be an object, a Response or text, got ${inspect(answer)}`);
  const { status = 200, statusText, headers, json, text, body } = answer;
  const known = ['status', 'statusText', 'headers', 'json', 'text', 'body'];
  const unknown = Object.keys(answer).find((key) => !known.includes(key));
  if (unknown !== undefined) throw new TypeError(`a mocked answer has no \`${unknown}\`; it takes ${known.join(', ')}`);
  const all = new Headers(headers);
  if (json !== undefined && !all.has('content-type')) all.set('content-type', 'application/json');
  return new Response(json === undefined ? text ?? body ?? null : stringify(json), { status, statusText, headers: all });
}

function answerOf(answer) {
  if (!Array.isArray(answer)) return () => answer;
  if (answer.length === 0) throw new TypeError('the list of answers is empty');
  let next = 0;
  return () => answer[Math.min(next++, answer.length - 1)];
}

/** Maps an address to an answer; later mocks win. */
export function mockFetch(pattern, answer = { status: 200 }) {
  const take = answerOf(answer);
  const mock = { ...readPattern(pattern), take, times: 0 };
  state.mocks.unshift(mock);
  return { get times() { return mock.times; } };
}

Object.defineProperty(mockFetch, 'calls', { get: () => [...state.calls] });
mockFetch.reset = () => { state.mocks = []; state.calls = []; };
mockFetch.forget = () => { state.calls = []; };

async function record(request) {
  const body = request.body === undefined ? null : await request.clone().text();
  const call = { method: request.method, url: request.url, headers: Object.fromEntries(request.headers.entries()), body: body === '' ? null : body };
  Object.defineProperty(call, 'json', { get() { return parse(this.body); } });
  if (state.calls.length < MOST_CALLS) state.calls.push(call);
  return call;
}

function isGranted(url) {
  if (state.granted === null) return true;
  const host = url.port === '' || url.port === '443' ? url.hostname : `${url.hostname}:${url.port}`;
  return state.granted.some((pattern) => (pattern.startsWith('*.') ? host.endsWith(pattern.slice(1)) && host.length > pattern.length - 1 : host === pattern));
}

// Letters in which two texts differ (Levenshtein), counted up to a length that matters.
function distance(a, b) {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) next[j] = Math.min(next[j - 1] + 1, row[j] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
    row = next;
  }
  return row[b.length];
}

// The mapped address that is most like the one asked for.
function nearest(asked) {
  let found = null;
  for (const { shown } of state.mocks.slice(0, 100)) {
    const method = /^[A-Z]+ /.test(shown) ? '' : `${asked.split(' ')[0]} `;
    const far = distance(asked.slice(0, 200), `${method}${shown}`.slice(0, 200));
    if (found === null || far < found.far) found = { far, shown };
  }
  return found?.shown ?? null;
}

// A plugin may catch what its request throws; the test fails all the same.
function unmatched(message) {
  if (state.unmatched.length < MOST_CALLS) state.unmatched.push(message);
  return new Error(message);
}

async function send(request) {
  const url = new URL(request.url);
  const call = await record(request);
  if (url.protocol !== 'https:') throw new Error(`\`${url.origin}\` is refused: plugins call https addresses only`);
  if (!isGranted(url)) throw new Error(`\`${url.host}\` is not granted; add "${url.host}" to permissions.api in manifest.json`);
  const mock = state.mocks.find((candidate) => candidate.matches(request));
  const test = state.nameOf() ?? OUTSIDE;
  if (!mock && isRecorded(test)) return replay(test, request).catch((error) => { throw unmatched(error.message); });
  if (!mock && (isRecording() || state.open.includes(url.host))) {
    const response = await overBroker(request);
    if (isRecording()) await keep(test, request, response);
    return response;
  }
  if (!mock) {
    const asked = `${request.method} ${request.url}`;
    const near = nearest(asked);
    const known = near === null ? 'nothing is mapped' : `nearest: ${near}`;
    throw unmatched(`no mock for ${asked} (${known}); map it with mockFetch("${request.method} ${url.origin}${url.pathname}", { status: 200, json: {} })`);
  }
  mock.times += 1;
  let answer = mock.take();
  if (typeof answer === 'function') answer = await answer(call);
  return toResponse(await answer);
}

/**
 * Starts the network of the test; `granted` are the host patterns of the manifest, `open` the hosts
 * that are mapped to a server, `isStrict` says whether a request that nothing maps fails the test,
 * `nameOf` gives the name of the running test.
 */
export function openNetwork({ granted = null, open = [], isStrict = false, nameOf = () => null } = {}) {
  Object.assign(state, { granted, open, isStrict, nameOf });
  setTransport(send);
}

function complaint(test) {
  if (!state.isStrict) return null;
  if (state.unmatched.length > 0) return state.unmatched[0];
  const left = leftOf(test);
  if (left.length === 0) return null;
  return `${left.length} recorded request${left.length === 1 ? ' was' : 's were'} not made: ${left.slice(0, 3).join(', ')}; record again with --record-http`;
}

/**
 * Brackets a test: what it maps is forgotten after it, and so are all recorded calls. A request that
 * nothing maps fails it, caught or not.
 */
export function bracket() {
  const before = state.mocks;
  const test = state.nameOf() ?? OUTSIDE;
  state.mocks = [...before];
  state.unmatched = [];
  enterRecording(test);
  return (failed) => {
    const why = failed ? null : complaint(test);
    Object.assign(state, { mocks: before, calls: [], unmatched: [] });
    if (why !== null) throw plainError(why, 'RequestError');
  };
}
