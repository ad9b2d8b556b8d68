// Generated attacks on one handler. A test fails when the handler ends the sandbox, when an attack
// arrives where it does harm (SQL, HTML, a path, a host, a prototype), or when a secret gets out.
// That a handler refuses bad input, with an answer or an exception, is right.

import { describe } from 'daino:internal/test/globals';
import { mockFetch } from 'daino:internal/test/mock_fetch';
import { plainError } from 'daino:internal/test/failure';
import { outcomeOf, rule } from 'daino:internal/suite/claims';
import { MARK, TEXTS, VALUES, WHOLES, leavesOf, withLeaf, withPrototype } from 'daino:internal/suite/attacks';
import { callHandler, setUp } from 'daino:internal/suite/handlers';
import { fill, plan } from 'daino:internal/suite/plan';
import { sampleOf, variablesOf } from 'daino:internal/suite/samples';
import { isDescribed, isRefused, secretName, signed } from 'daino:internal/suite/signature';
import { deliveries } from 'daino:internal/suite/deliveries';
import { isVariable, payloadShown, payloadSize, shrink, startFuzz, strayOf, vary } from 'daino:internal/suite/fuzz';
import { watchHostCalls } from 'daino:internal/host';
import { clock } from 'daino:internal/primordials';

const { handler, timeoutMs } = plan();
const MOST_LEAVES = 40;
const SECRET = 'SECRET-CANARY';

mockFetch(/.*/, { status: 200, json: { id: 'remote-1', status: 'succeeded' } });

const harm = (what, detail) => { throw plainError(`${what}: ${`${detail}`.slice(0, 400)}`, 'SecurityError'); };

// Every statement of the world in use, whichever way it takes: ctx.db, ctx.supabase, ctx.sequelize.
const seen = { sql: [] };
watchHostCalls((op, args) => {
  if (op === 'db.query') seen.sql.push(`${args.sql}`);
  else if (op === 'db.transaction') for (const { sql } of args.statements) seen.sql.push(typeof sql === 'string' ? sql : '');
});

// A secret that is easy to find.
const canary = (name) => `${SECRET}-${name}-8d1f`;
// The message as it comes from somebody who knows the secret.
const wellSigned = (event, more) => signed(event, { secret: canary(secretName()), ...more });

// A context with secrets that are easy to find; nothing was sent from it yet.
async function watched() {
  const secrets = Object.fromEntries((plan().secrets ?? []).map((name) => [name, canary(name)]));
  const made = await setUp({ secrets });
  seen.sql = [];
  return { plugin: made.plugin, ctx: made.ctx, secrets, seen };
}

function textOf(value) {
  try { return JSON.stringify(value) ?? ''; } catch { return `${value}`; }
}

function lookForSecrets(world, outcome) {
  const error = outcome.error === undefined ? '' : `${outcome.error?.message} ${outcome.error?.stack}`;
  const places = [['the answer', textOf(outcome.value)], ['the exception', error], ['the log', textOf(world.ctx.log.lines)], ['an event', textOf(world.ctx.events.emitted)]];
  for (const call of mockFetch.calls) places.push(['an address', decodeURIComponent(call.url.replace(/%(?![0-9a-f]{2})/gi, '%25'))]);
  for (const [name, value] of Object.entries(world.secrets)) {
    for (const [where, text] of places) if (text.includes(value)) harm(`the secret ${name} is in ${where}`, text);
  }
}

// Every text of an answer.
function textsOf(value, found = [], depth = 0) {
  if (typeof value === 'string') found.push(value);
  else if (typeof value === 'object' && value !== null && depth < 6) for (const item of Object.values(value).slice(0, 200)) textsOf(item, found, depth + 1);
  return found;
}

// A text in which the plugin's own markup stands around the unescaped input.
const isUnsafeHtml = (text, value) => text.includes(value) && /<[a-z][^>]*>/i.test(text.replaceAll(value, ''));

function lookForHarm(world, outcome, attack, value) {
  const sql = world.seen.sql.find((text) => text.includes(MARK));
  if (sql !== undefined) harm(`the input is part of the SQL text (${attack}); pass it as $1`, sql);
  const html = typeof value === 'string' && value.startsWith('<') || `${value}`.includes('<script>') ? textsOf(outcome.value).find((text) => isUnsafeHtml(text, value)) : undefined;
  if (html !== undefined) harm(`the input is unescaped in HTML (${attack})`, html);
  for (const call of mockFetch.calls) {
    let url;
    try { url = new URL(call.url); } catch { continue; }
    if (['169.254.169.254', 'attacker.example'].includes(url.hostname)) harm(`the handler calls an address from its input (${attack})`, call.url);
    // An address that was written with `../` has lost it here, and with it a part of the path.
    if (attack.startsWith('a path') && url.pathname.includes(`/${MARK}/`) === false && url.pathname.includes('/etc/passwd')) harm(`the input is a path of an address (${attack}); encode it with encodeURIComponent`, call.url);
    if (call.headers['x-injected'] !== undefined) harm(`the input adds header lines (${attack})`, textOf(call.headers));
  }
  if (`polluted${MARK}` in {} || `polluted${MARK}` in []) {
    delete Object.prototype[`polluted${MARK}`];
    harm(`the input changed Object.prototype (${attack}); do not merge input into objects key by key`, 'every object of the plugin is changed');
  }
  lookForSecrets(world, outcome);
}

async function attack(name, input, value) {
  const world = await watched();
  const timed = async () => {
    const started = clock();
    const outcome = await outcomeOf(() => callHandler(handler, world, input));
    return { outcome, took: clock() - started };
  };
  const first = await timed();
  lookForHarm(world, first.outcome, name, value);
  if (first.took <= timeoutMs) return;
  // The first call may have waited for the test's database; the second says what the handler does.
  const { took } = await timed();
  if (took > timeoutMs) harm(`one call took ${Math.round(took)} ms; the manifest allows ${timeoutMs} (${name})`, name);
}

const base = async () => fill(sampleOf(handler), await variablesOf(handler, await setUp()));
const shown = (path) => (path.length === 0 ? 'the input' : path.join('.'));

describe('attacks', () => {
  for (const text of TEXTS) {
    const looks = text.looks[0] ?? 'input';
    rule(`${looks}-${text.name.replaceAll(' ', '-').toLowerCase()}`, `${text.name} in every text`, async () => {
      const sample = await base();
      for (const path of leavesOf(sample).slice(0, MOST_LEAVES)) await attack(`${text.name} in ${shown(path)}`, withLeaf(sample, path, text.value), text.value);
    });
  }
  rule('types', 'values of another type in every place', async () => {
    const sample = await base();
    for (const path of leavesOf(sample).slice(0, MOST_LEAVES)) {
      for (const [name, value] of VALUES) await attack(`${name} in ${shown(path)}`, withLeaf(sample, path, value));
    }
  });
  rule('whole', 'something else altogether', async () => {
    for (const [name, value] of WHOLES) await attack(name, handler.kind === 'route' ? { ...(await base()), body: value } : value);
  });
  rule('prototype', 'a prototype in the input', async () => {
    const sample = await base();
    await attack('a prototype', handler.kind === 'route' ? { ...sample, body: withPrototype(sample.body), query: withPrototype(sample.query) } : withPrototype(sample));
  });
  rule('concurrent', 'the same input from ten callers at once', async () => {
    const world = await watched();
    const sample = await base();
    const outcomes = await Promise.all(Array.from({ length: 10 }, () => outcomeOf(() => callHandler(handler, world, sample))));
    for (const outcome of outcomes) lookForHarm(world, outcome, 'ten callers at once');
  });
  rule('good-input', 'a good input keeps the secrets', async () => {
    const [world, sample] = [await watched(), await base()];
    lookForHarm(world, await outcomeOf(() => callHandler(handler, world, sample)), 'a good input');
  });
});

const CASES = 200;

// The sample with other content; of a route, what a browser can send.
function varied(sample) {
  if (handler.kind !== 'route') return vary(sample);
  return { ...sample, body: vary(sample.body), query: vary(sample.query ?? {}, true) };
}

if (handler.kind !== 'cron') {
  rule('fuzz', `${CASES} odd payloads end in no exception that nobody wrote`, async () => {
    // The same sample whichever other tests ran before.
    const sample = fill(sampleOf(handler), { ...(await variablesOf(handler, await setUp())), n: 1 });
    if (!isVariable(sample)) return;
    startFuzz(plan().fuzzSeed);
    let world = await watched();
    for (let number = 1; number <= CASES; number++) {
      const payload = varied(sample);
      if (number % 50 === 0) world = await watched();
      const outcome = await outcomeOf(() => callHandler(handler, world, payload));
      lookForSecrets(world, outcome);
      const kind = strayOf(outcome);
      if (kind === null) continue;
      const again = async (candidate) => strayOf(await outcomeOf(async () => callHandler(handler, await watched(), candidate))) === kind;
      const least = await shrink(payload, again);
      const { error } = await outcomeOf(async () => callHandler(handler, await watched(), least.payload));
      const words = error === undefined ? `${outcome.error.name}: ${outcome.error.message}` : `${error.name}: ${error.message}`;
      harm(`the payload ${payloadShown(least.payload)} ends in an exception that nobody wrote, ${words} (payload ${number} of ${CASES}, made ${payloadSize(least.payload)} of ${payloadSize(payload)} characters in ${least.steps} steps; again with`, `--seed ${plan().seed} --filter fuzz)`);
    }
  });
}

const isWebhook = /webhook/i.test(handler.name) || /webhook/i.test(handler.target);
const accepted = (outcome) => outcome.error === undefined && !isRefused(outcome.value) && !(Number(outcome.value?.status) >= 400);

if (isWebhook) {
  describe('signatures', () => {
    const send = async (message) => {
      const world = await watched();
      return outcomeOf(() => callHandler(handler, world, message));
    };
    const event = { id: 'evt-security', type: 'charge.succeeded', created: Math.floor(Date.now() / 1000), data: {} };
    const forged = [
      ['no signature', { rawBody: JSON.stringify(event), body: event, headers: {} }],
      ['an empty signature', { ...signed(event), headers: Object.fromEntries(Object.keys(signed(event).headers).map((name) => [name, ''])) }],
      ['a signature with another secret', signed(event, { secret: 'guessed' })],
      ['a signature with an empty secret', signed(event, { secret: '' })],
      ['a signature of another body', { ...wellSigned(event), rawBody: JSON.stringify({ ...event, id: 'evt-other' }), body: { ...event, id: 'evt-other' } }],
    ];
    for (const [name, message] of forged) {
      rule(`signature-${name.replaceAll(' ', '-')}`, `${name} is refused`, async () => {
        const outcome = await send(message);
        if (accepted(outcome)) harm(`a message with ${name} was taken`, textOf(outcome.value));
      });
    }
    if (isDescribed()) deliveries({ handler, sign: wellSigned, makeWorld: watched, isTaken: accepted, harm });
  });
}
