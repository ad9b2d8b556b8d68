// Webhooks as they really arrive: again, late, out of order. What a message did is read from the
// plugin's tables, its storage, the events it emits and the requests it makes.

import { mockFetch } from 'daino:internal/test/mock_fetch';
import { outcomeOf, rule } from 'daino:internal/suite/claims';
import { callHandler, handlerOf } from 'daino:internal/suite/handlers';
import { plan, unique } from 'daino:internal/suite/plan';
import { play } from 'daino:internal/suite/provider';
import { inputOf } from 'daino:internal/suite/samples';
import { eventOf, isTimed } from 'daino:internal/suite/signature';
import { stringify } from 'daino:internal/primordials';

const TABLE = /create\s+table\s+(?:if\s+not\s+exists\s+)?(?:"?public"?\s*\.\s*)?"?([a-z_][a-z0-9_]*)"?/gi;
const PASSING = /(_at|_on|time|stamp|created|updated|received|processed)$|^(id|at|seq|version)$/i;
const UUID = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;
const MOST_ROWS = 1_000;

const tables = () => [...new Set((plan().migrations ?? []).flatMap((sql) => [...sql.matchAll(TABLE)].map(([, name]) => name.toLowerCase())))];

// What the plugin keeps, without what differs from one moment to the next.
async function stateOf({ ctx }) {
  const kept = [];
  for (const table of tables()) {
    const { value } = await outcomeOf(() => ctx.db.query(`SELECT * FROM ${table} LIMIT ${MOST_ROWS}`));
    for (const row of value?.rows ?? []) kept.push(`${table} ${stringify(Object.fromEntries(Object.entries(row).filter(([key]) => !PASSING.test(key))))}`);
  }
  const { value: keys } = await outcomeOf(() => ctx.storage.keys());
  for (const key of keys ?? []) kept.push(`storage ${key} ${stringify(await ctx.storage.get(key))}`);
  return kept.sort();
}

const less = (all, some) => { const rest = [...some]; return all.filter((one) => { const at = rest.indexOf(one); if (at >= 0) rest.splice(at, 1); return at < 0; }); };
const writes = () => mockFetch.calls.filter((call) => !['GET', 'HEAD', 'OPTIONS'].includes(call.method));

function leaves(value, path = '', found = []) {
  if (typeof value === 'object' && value !== null) for (const [key, item] of Object.entries(value)) leaves(item, `${path}.${key}`, found);
  else if (`${value}`.length >= 2) found.push([`${value}`, path]);
  return found;
}

// A state with the words of its own message taken out, so that two states can be compared.
function plainly(state, words) {
  const all = [...words].filter(([value]) => /\d/.test(value)).sort(([a], [b]) => b.length - a.length);
  const whole = (value) => new RegExp(`(?<![A-Za-z0-9])${value.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![A-Za-z0-9])`, 'g');
  return state.map((line) => all.reduce((text, [value, name]) => text.replace(whole(value), `<${name}>`), line).replace(UUID, '<uuid>')).sort();
}

/** Registers the rules for a handler that takes webhooks. */
export function deliveries({ handler, sign, makeWorld, isTaken, harm }) {
  const now = () => Math.floor(Date.now() / 1000);

  // A world in which the messages are about something: of a payment plugin, an open payment.
  async function open() {
    const world = await makeWorld();
    const words = [];
    const variables = { transactionId: `tx-${unique()}0`, orderId: `order-${unique()}0`, amount: 1999, currency: 'EUR', reference: `ref-${unique()}0` };
    if (plan().type === 'payment-gateway') {
      const charge = play('charge', ['timeout', 'ok']);
      const input = inputOf('processPayment', { n: unique() });
      await outcomeOf(() => callHandler(handlerOf('method', 'processPayment'), world, input));
      words.push(...leaves(input).map(([value, path]) => [value, `input${path}`]));
      Object.assign(variables, { orderId: input.orderId, amount: input.amount, currency: input.currency }, charge.captured);
    }
    mockFetch.forget();
    words.unshift(...Object.entries(variables).map(([name, value]) => [`${value}`, name]));
    const make = (kind, created) => {
      const event = eventOf(kind, { ...variables, created });
      words.push(...leaves(event).map(([value, path]) => [value, `${kind}${path}`]).filter(([value]) => !words.some(([known]) => known === value)));
      return event;
    };
    const send = (message) => outcomeOf(() => callHandler(handler, world, message));
    return { world, words, make, send };
  }

  if (eventOf('succeeded', { transactionId: 'x', orderId: 'x', reference: 'x', amount: 1, currency: 'EUR', created: 1 }) === null) return;

  rule('delivery-signed', 'a signed message is taken', async () => {
    const { make, send } = await open();
    const outcome = await send(sign(make('succeeded', now())));
    if (!isTaken(outcome)) harm('a message with a good signature was refused (is webhook.signature in tests/conformance.json right?)', stringify(outcome.value) ?? outcome.error?.message);
  });
  if (isTimed()) {
    rule('delivery-replayed', 'a message that somebody kept is refused', async () => {
      const { make, send } = await open();
      for (const age of [86_400, 3_600]) {
        const outcome = await send(sign(make('succeeded', now() - age), { seconds: now() - age }));
        if (isTaken(outcome)) harm(`a message signed ${age / 3600} hours ago was taken; compare the signed time with the clock`, stringify(outcome.value));
      }
    });
  }
  rule('delivery-duplicated', 'the same message twice does what it does once', async () => {
    const { world, make, send } = await open();
    const message = sign(make('succeeded', now()));
    await send(message);
    const [state, events, requests] = [await stateOf(world), world.ctx.events.emitted.length, writes().length];
    const second = await send(message);
    if (second.error !== undefined || Number(second.value?.status) >= 500) harm('the second delivery of a message failed; the sender would send it for ever', second.error?.message ?? stringify(second.value));
    if (writes().length > requests) harm('the second delivery of a message made another request', writes().at(-1).url);
    if (world.ctx.events.emitted.length > events) harm('the second delivery of a message emitted another event', stringify(world.ctx.events.emitted.at(-1)));
    const after = await stateOf(world);
    const [gone, fresh] = [less(state, after), less(after, state)];
    if (gone.length + fresh.length > 0) harm('the second delivery of a message changed what is kept; remember the ids of messages', `${gone[0] ?? 'nothing'} became ${fresh[0] ?? 'nothing'}`);
  });
  if (eventOf('failed', { transactionId: 'x', orderId: 'x', reference: 'x', amount: 1, currency: 'EUR', created: 1 }) === null) return;
  rule('delivery-reordered', 'messages out of order end where they would in order', async () => {
    const ends = [];
    for (const order of [['failed', 'succeeded'], ['succeeded', 'failed']]) {
      const { world, words, make, send } = await open();
      const before = await stateOf(world);
      const seconds = now();
      const messages = { failed: sign(make('failed', seconds - 60)), succeeded: sign(make('succeeded', seconds)) };
      for (const kind of order) await send(messages[kind]);
      const after = await stateOf(world);
      ends.push(plainly(less(after, before), words));
    }
    const [inOrder, late] = ends;
    const [gone, fresh] = [less(inOrder, late), less(late, inOrder)];
    if (gone.length + fresh.length > 0) harm('an older message that came late changed the end; compare the times of the messages', `in order ${gone[0] ?? 'nothing'}, out of order ${fresh[0] ?? 'nothing'}`);
  });
}
