// Tests without code: `tests/fixtures/*.json`, one call each.

import { expect } from 'daino:internal/test/expect';
import { clock } from 'daino:internal/test/fake_timers';
import { plainError } from 'daino:internal/test/failure';
import { it } from 'daino:internal/test/globals';
import { mockFetch } from 'daino:internal/test/mock_fetch';
import { callHandler, handlerOf, setUp } from 'daino:internal/suite/handlers';
import { fill, plan, readJson, requireKeys } from 'daino:internal/suite/plan';

const KINDS = ['hook', 'method', 'route', 'cron'];
const KEYS = ['$schema', 'name', 'at', ...KINDS, 'payload', 'context', 'store', 'config', 'secrets', 'http', 'storage', 'expect', 'skip'];
const EXPECTED = ['result', 'equals', 'throws', 'http', 'events', 'log', 'storage', 'rows'];

// `{ "$any": "string" }`, `{ "$match": "^a" }`, `{ "$contains": [..] }`: what JSON cannot say.
function matcherOf(value) {
  if (Array.isArray(value)) return value.map(matcherOf);
  if (typeof value !== 'object' || value === null) return value;
  const keys = Object.keys(value);
  if (keys.length === 1 && keys[0].startsWith('$')) {
    const [key] = keys;
    const kinds = { string: String, number: Number, boolean: Boolean, object: Object, array: Array };
    switch (key) {
      case '$any': return value.$any === 'value' ? expect.anything() : expect.any(kinds[value.$any] ?? (() => { throw plainError(`\`$any\` knows value, ${Object.keys(kinds).join(', ')}`, 'FormatError'); })());
      case '$match': return expect.stringMatching(new RegExp(value.$match));
      case '$contains': return typeof value.$contains === 'string' ? expect.stringContaining(value.$contains) : expect.arrayContaining(matcherOf(value.$contains));
      default: throw plainError(`\`${key}\` is not known; it may be $any, $match or $contains`, 'FormatError');
    }
  }
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, matcherOf(item)]));
}

function mapHttp(http) {
  const list = Array.isArray(http) ? http.map(({ request, ...answer }) => [request, answer]) : Object.entries(http ?? {});
  const byRequest = new Map();
  for (const [request, answer] of list) {
    if (typeof request !== 'string') throw plainError('each of `http` needs a `request` such as "POST https://api.example/v1/charges"', 'FormatError');
    byRequest.set(request, [...(byRequest.get(request) ?? []), ...(Array.isArray(answer) ? answer : [answer])]);
  }
  for (const [request, answers] of byRequest) mockFetch(request, answers.map(({ error, ...answer }) => (error === undefined ? answer : new TypeError(error))));
}

function checkHttp(wanted) {
  const { calls } = mockFetch;
  expect(calls.map((call) => `${call.method} ${call.url}`), 'the requests made').toHaveLength(wanted.length);
  wanted.forEach((one, index) => {
    const { request, ...rest } = typeof one === 'string' ? { request: one } : one;
    if (request !== undefined) expect(`${calls[index].method} ${calls[index].url}`, `request ${index + 1}`).toBe(request);
    const shown = { ...calls[index], json: rest.json === undefined ? undefined : calls[index].json };
    expect(shown, `request ${index + 1}`).toMatchObject(matcherOf(rest));
  });
}

async function check(wanted, { result, error }, { ctx }) {
  requireKeys(wanted, EXPECTED, '`expect`');
  if (wanted.throws !== undefined) {
    if (!error) throw plainError(`it did not throw; it gave ${JSON.stringify(result)}`, 'AssertionError');
    expect(error.message ?? `${error}`, 'the message of the error').toContain(wanted.throws === true ? '' : wanted.throws);
  } else if (error) throw error;
  if (wanted.result !== undefined) expect(result).toEqual(subset(matcherOf(wanted.result), result));
  if (wanted.equals !== undefined) expect(result ?? null).toEqual(matcherOf(wanted.equals));
  if (wanted.http !== undefined) checkHttp(wanted.http);
  if (wanted.events !== undefined) expect(ctx.events.emitted, 'the events emitted').toMatchObject(matcherOf(wanted.events));
  for (const text of [wanted.log ?? []].flat()) expect(ctx.log.lines.map((line) => line.message).join('\n'), 'the log').toContain(text);
  for (const [key, value] of Object.entries(wanted.storage ?? {})) expect(await ctx.storage.get(key), `storage \`${key}\``).toEqual(matcherOf(value));
  for (const { sql, params = [], rows } of wanted.rows ?? []) {
    const found = await ctx.db.query(sql, params);
    expect(found.rows, sql).toMatchObject(matcherOf(rows));
  }
}

// An object only names what must be there.
const subset = (wanted) => (typeof wanted === 'object' && wanted !== null && !Array.isArray(wanted) && wanted.asymmetricMatch === undefined ? expect.like(wanted) : wanted);

function setTime(at) {
  if (!Number.isFinite(Date.parse(at))) throw plainError('`at` is a time such as "2026-01-31T12:00:00Z"', 'FormatError');
  clock.setSystemTime(at);
}

function register(fixture, index, total) {
  requireKeys(fixture, KEYS, 'the fixture');
  const kinds = KINDS.filter((kind) => fixture[kind] !== undefined);
  if (kinds.length !== 1) throw plainError(`a fixture names one of ${KINDS.join(', ')}`, 'FormatError');
  const [kind] = kinds;
  const title = fixture.name ?? `${kind} ${fixture[kind]}${total > 1 ? ` (${index + 1})` : ''}`;
  const add = fixture.skip ? it.skip : it;
  add(title, async () => {
    if (fixture.expect === undefined) throw plainError('the fixture expects nothing; add `expect`', 'FormatError');
    const handler = handlerOf(kind, fixture[kind]);
    if (fixture.at !== undefined) setTime(fixture.at);
    mapHttp(fixture.http);
    const { store, config, secrets } = fixture;
    const made = await setUp({ store, config, secrets });
    for (const [key, value] of Object.entries(fixture.storage ?? {})) await made.ctx.storage.set(key, value);
    const outcome = {};
    try {
      const input = fixture.payload === undefined && kind === 'cron' ? handler.params ?? {} : fill(fixture.payload);
      outcome.result = await callHandler(handler, made, input, fixture.context);
    } catch (error) {
      outcome.error = error;
    }
    if (fixture.at !== undefined) clock.useRealTimers();
    await check(fixture.expect, outcome, made);
  });
}

const { name, fixture } = plan();
const read = readJson(fixture ?? '', name);
const list = Array.isArray(read) ? read : [read];
list.forEach((one, index) => register(one, index, list.length));
