// What every payment plugin must do, whoever the provider is.

import { describe } from 'daino:internal/test/globals';
import { mockFetch } from 'daino:internal/test/mock_fetch';
import { must, outcomeOf, rule, succeeded } from 'daino:internal/suite/claims';
import { callHandler, handlerOf, setUp } from 'daino:internal/suite/handlers';
import { about, at, unique } from 'daino:internal/suite/plan';
import { bodyOf, keyOf, known, play } from 'daino:internal/suite/provider';
import { inputOf } from 'daino:internal/suite/samples';
import { eventOf, isDescribed, isRefused, isTimed, signed } from 'daino:internal/suite/signature';

const call = (made, method, input) => outcomeOf(() => callHandler(handlerOf('method', method), made, input));
const order = (more = {}) => { const n = unique(); return { ...inputOf('processPayment', { n }), ...more }; };
const amountOf = (kind, request) => { const path = known(kind).amount ?? 'json.amount'; return Number(at({ ...request, json: bodyOf(request) }, path)); };
const isFinal = (outcome) => succeeded(outcome) && ['succeeded', 'paid', 'captured', 'completed', undefined].includes(outcome.value.status);

async function paid(more = {}) {
  const made = await setUp();
  const charge = play('charge');
  const input = order(more);
  const outcome = await call(made, 'processPayment', input);
  must(succeeded(outcome) && typeof outcome.value.transactionId === 'string' && outcome.value.transactionId !== '', 'a payment that the provider took must give { success: true, transactionId }', outcome);
  return { made, charge, input, outcome, transactionId: outcome.value.transactionId };
}

describe('processPayment', () => {
  rule('charge-once', 'a payment is charged once', async () => {
    const { charge } = await paid();
    must(charge.calls.length === 1, 'one payment must make one charge', charge.calls.map((c) => c.url));
  });
  rule('charge-idempotent', 'the same payment again is not charged again', async () => {
    const { made, charge, input, transactionId } = await paid();
    const again = await call(made, 'processPayment', input);
    must(charge.calls.length === 1, `a payment that was made must not be charged again; ${charge.calls.length} charges went out`, again);
    must(succeeded(again) && again.value.transactionId === transactionId, 'the second answer must name the same transaction', again);
  });
  rule('charge-concurrent', 'the same payment at the same moment is charged once', async () => {
    const made = await setUp();
    const charge = play('charge');
    const input = order();
    const outcomes = await Promise.all([1, 2, 3].map(() => call(made, 'processPayment', input)));
    must(charge.calls.length === 1, `three calls at the same moment made ${charge.calls.length} charges`, outcomes);
    must(outcomes.some(succeeded), 'one of the calls must succeed', outcomes);
  });
  rule('charge-amount', 'amount and currency reach the provider exactly', async () => {
    for (const [amount, currency] of [[1, 'EUR'], [99, 'EUR'], [1999, 'EUR'], [100_000_001, 'EUR'], [500, 'JPY'], [1005, 'KWD']]) {
      const made = await setUp();
      const charge = play('charge');
      const outcome = await call(made, 'processPayment', order({ amount, currency }));
      if (charge.calls.length === 0) { must(!succeeded(outcome), `${amount} ${currency} succeeded without a charge`, outcome); continue; }
      must(amountOf('charge', charge.calls[0]) === amount, `${amount} ${currency} (smallest unit) must be charged as ${amount}`, charge.calls[0].body);
      must((charge.calls[0].body ?? '').toUpperCase().includes(currency), `the currency ${currency} must be in the charge`, charge.calls[0].body);
      mockFetch.reset();
    }
  });
  rule('charge-input', 'amounts that are none never reach the provider', async () => {
    for (const amount of [0, -1, 19.99, NaN, Infinity, '1999', null, undefined, {}, 2 ** 60]) {
      const made = await setUp();
      const charge = play('charge');
      const outcome = await call(made, 'processPayment', order({ amount }));
      must(charge.calls.length === 0, `the amount ${String(amount)} must not reach the provider`, charge.calls.map((c) => c.body));
      must(!succeeded(outcome), `the amount ${String(amount)} must not succeed`, outcome);
    }
  });
  rule('charge-declined', 'a decline is a no', async () => {
    const made = await setUp();
    play('charge', ['declined']);
    const outcome = await call(made, 'processPayment', order());
    must(outcome.error === undefined && outcome.value?.success === false, 'a declined card must give { success: false }, not an exception', outcome);
  });
  for (const [id, word, title] of [['charge-5xx', 'error', 'a provider error'], ['charge-timeout', 'timeout', 'a time-out'], ['charge-garbage', 'garbage', 'an answer that is none']]) {
    rule(id, `${title} is no success, and trying again charges once`, async () => {
      const made = await setUp();
      const charge = play('charge', [word, 'ok']);
      const input = order();
      const first = await call(made, 'processPayment', input);
      must(!succeeded(first), `${title} must not read as success`, first);
      const second = await call(made, 'processPayment', input);
      must(succeeded(second), `after ${title} the same payment must be possible again`, second);
      const keys = charge.calls.map((c) => keyOf('charge', c));
      must(keys[0] !== undefined, 'a charge must carry an idempotency key, or a time-out can charge twice (name its place: provider.charge.idempotencyKey)', charge.calls[0]?.headers);
      must(keys[0] === keys[1], 'the second try must carry the same idempotency key: the first may have been charged', keys);
    });
  }
});

describe('refund', () => {
  const refundOf = (transactionId, more) => ({ ...inputOf('refund', { transactionId, amount: 0 }), transactionId, ...more });
  const part = (transactionId, amount) => refundOf(transactionId, { amount, idempotencyKey: `refund-${unique()}` });

  rule('refund-full', 'all of a payment is given back, once', async () => {
    const { made, input, transactionId } = await paid();
    const refund = play('refund');
    const first = await call(made, 'refund', refundOf(transactionId));
    must(succeeded(first) && refund.calls.length === 1, 'a full refund must succeed with one request', { first, requests: refund.calls.length });
    const asked = amountOf('refund', refund.calls[0]);
    must(Number.isNaN(asked) || asked === input.amount, `a full refund gives back ${input.amount}`, refund.calls[0].body);
    const again = await call(made, 'refund', refundOf(transactionId));
    must(refund.calls.length === 1, `a payment that was given back must not be given back again; ${refund.calls.length} refunds went out`, again);
  });
  rule('refund-partial', 'parts add up to the payment and no further', async () => {
    const { made, input, transactionId } = await paid();
    const refund = play('refund');
    const half = Math.floor(input.amount / 2);
    must(succeeded(await call(made, 'refund', part(transactionId, half))), 'half of a payment can be given back');
    const over = await call(made, 'refund', part(transactionId, half + 2));
    must(!succeeded(over), 'parts must not add up to more than the payment', over);
    const total = refund.calls.reduce((sum, c) => sum + (amountOf('refund', c) || 0), 0);
    must(total <= input.amount, `${total} was given back of ${input.amount}`, refund.calls.map((c) => c.body));
  });
  rule('refund-amount', 'amounts reach the provider exactly in every currency', async () => {
    for (const [amount, currency] of [[1999, 'EUR'], [500, 'JPY'], [1005, 'KWD']]) {
      const { made, transactionId } = await paid({ amount, currency });
      const refund = play('refund');
      for (const share of [1, amount - 1]) await call(made, 'refund', part(transactionId, share));
      const asked = refund.calls.map((c) => amountOf('refund', c));
      must(asked.length === 2 && asked[0] === 1 && asked[1] === amount - 1, `1 and ${amount - 1} of ${amount} ${currency} (smallest unit) must be given back as such`, refund.calls.map((c) => c.body));
      mockFetch.reset();
    }
  });
  rule('refund-concurrent', 'parts at the same moment do not add up to more', async () => {
    const { made, input, transactionId } = await paid();
    const refund = play('refund');
    const most = Math.ceil(input.amount * 0.4);
    await Promise.all([1, 2, 3].map(() => call(made, 'refund', part(transactionId, most))));
    const total = refund.calls.reduce((sum, c) => sum + (amountOf('refund', c) || 0), 0);
    must(total <= input.amount, `${total} was given back of ${input.amount}, in ${refund.calls.length} parts at the same moment`, refund.calls.map((c) => c.body));
  });
  rule('refund-bounds', 'amounts that cannot be given back are refused', async () => {
    const { made, input, transactionId } = await paid();
    const refund = play('refund');
    for (const amount of [0, -1, 0.5, input.amount + 1, '10', NaN]) {
      const outcome = await call(made, 'refund', part(transactionId, amount));
      must(!succeeded(outcome), `a refund of ${String(amount)} of ${input.amount} must be refused`, outcome);
    }
    must(refund.calls.length === 0, 'refused refunds must not reach the provider', refund.calls.map((c) => c.body));
  });
  rule('refund-unknown', 'a payment that is not known is not given back', async () => {
    const made = await setUp();
    const refund = play('refund');
    const outcome = await call(made, 'refund', refundOf(`unknown-${unique()}`));
    must(!succeeded(outcome) && refund.calls.length === 0, 'a refund needs a payment that this plugin took', outcome);
  });
  rule('refund-5xx', 'a provider error is no success, and trying again gives back once', async () => {
    const { made, transactionId } = await paid();
    const refund = play('refund', ['error', 'ok']);
    const input = part(transactionId, 10);
    must(!succeeded(await call(made, 'refund', input)), 'a provider error must not read as success');
    const second = await call(made, 'refund', input);
    must(succeeded(second), 'the same refund must be possible again', second);
    const keys = refund.calls.map((c) => keyOf('refund', c));
    must(keys[0] !== undefined && keys[0] === keys[1], 'both tries must carry the same idempotency key', keys);
  });
});

describe('webhook', () => {
  const send = (made, message) => call(made, 'webhook', message);
  const refused = (outcome) => outcome.error !== undefined || isRefused(outcome.value);
  const event = { id: 'evt-unsigned', type: 'charge.succeeded', created: 1, data: {} };

  rule('webhook-unsigned', 'a message without a signature is refused', async () => {
    const made = await setUp();
    const { rawBody, body } = signed(eventOf('succeeded', { transactionId: 'x', reference: 'x', created: 1 }) ?? event);
    const outcome = await send(made, { rawBody, body, headers: { 'content-type': 'application/json' } });
    must(refused(outcome), 'a message without a signature must be refused (status 400 to 499, success: false, or an exception)', outcome);
  });
  rule('webhook-forged', 'a message signed with another secret is refused', async () => {
    const made = await setUp();
    const outcome = await send(made, signed(eventOf('succeeded', { transactionId: 'x', reference: 'x', created: 1 }) ?? event, { secret: 'not-the-secret' }));
    must(refused(outcome), 'a forged message must be refused', outcome);
  });
  if (!isDescribed()) return;

  // A payment that the provider took without answering: only its webhook can tell.
  async function open() {
    const made = await setUp();
    const charge = play('charge', ['timeout', 'ok']);
    const input = order();
    await call(made, 'processPayment', input);
    const seconds = Math.floor(Date.now() / 1000);
    const transactionId = `tx-${unique()}`;
    const make = (kind, created = seconds) => eventOf(kind, { transactionId, orderId: input.orderId, amount: input.amount, currency: input.currency, created, ...charge.captured });
    return { made, charge, input, seconds, make };
  }

  rule('webhook-signed', 'a signed message is taken', async () => {
    const { made, make } = await open();
    const outcome = await send(made, signed(make('succeeded')));
    must(!refused(outcome), 'a message with a good signature must be taken', outcome);
  });
  rule('webhook-tampered', 'a changed body is refused', async () => {
    const { made, make } = await open();
    const message = signed(make('succeeded'));
    const outcome = await send(made, { ...message, rawBody: `${message.rawBody} ` });
    must(refused(outcome), 'a body that is not what was signed must be refused', outcome);
  });
  if (isTimed()) {
    rule('webhook-replay', 'an old message is refused', async () => {
      const { made, make, seconds } = await open();
      const outcome = await send(made, signed(make('succeeded'), { seconds: seconds - 86_400 }));
      must(refused(outcome), 'a message signed a day ago must be refused: somebody may have kept it', outcome);
    });
  }
  rule('webhook-applied', 'a payment that the webhook reports is not charged again', async () => {
    const { made, charge, input, make } = await open();
    await send(made, signed(make('succeeded')));
    const outcome = await call(made, 'processPayment', input);
    must(charge.calls.length === 1, 'the webhook said that it is paid; a second charge went out', outcome);
    must(succeeded(outcome), 'the payment must read as paid', outcome);
  });
  rule('webhook-duplicate', 'the same message twice counts once', async () => {
    const { made, charge, input, make } = await open();
    const message = signed(make('succeeded'));
    const first = await send(made, message);
    const second = await send(made, message);
    must(!refused(first) && !(Number(second.value?.status) >= 500) && second.error === undefined, 'a message that comes twice must be answered well both times, or it comes for ever', { first, second });
    const outcome = await call(made, 'processPayment', input);
    must(isFinal(outcome) && charge.calls.length === 1, 'the second message must change nothing', outcome);
  });
  if (eventOf('failed', { transactionId: 'x', reference: 'x', created: 1 }) !== null) {
    rule('webhook-order', 'an older message that comes late undoes nothing', async () => {
      const { made, charge, input, make, seconds } = await open();
      await send(made, signed(make('succeeded', seconds)));
      const late = await send(made, signed(make('failed', seconds - 60)));
      must(late.error === undefined, 'a late message must not throw', late);
      const outcome = await call(made, 'processPayment', input);
      must(succeeded(outcome) && charge.calls.length === 1, 'a payment that is paid must stay paid', outcome);
    });
  }
  rule('webhook-garbage', 'signed nonsense changes nothing and throws nothing', async () => {
    const { made } = await open();
    for (const body of ['{"id":', '[]', 'null', '{}', '{"type":"unknown.event","id":"evt-x"}']) {
      const outcome = await send(made, signed(body));
      must(outcome.error === undefined, `the signed body ${body} must be answered, not thrown at`, outcome);
    }
  });
});

describe('secrets', () => {
  rule('secrets-kept', 'no secret is in an answer or in the log', async () => {
    const { made, outcome } = await paid();
    const text = JSON.stringify([outcome.value, made.ctx.log.lines, made.ctx.events.emitted]);
    for (const [name, value] of Object.entries({ ...made.ctx.secrets })) must(!text.includes(value), `the secret ${name} must not be in an answer or in the log`);
  });
});

// The file is read before anything runs, so that a mistake in it is told first.
about();
