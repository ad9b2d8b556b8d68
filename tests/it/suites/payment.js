import { createHmac, timingSafeEqual } from 'node:crypto';

const API = 'https://api.acme.example/v1';
const payments = new Map();
const refunds = new Map();
const events = new Set();
let last = 0;

const isAmount = (value) => Number.isSafeInteger(value) && value > 0;

async function post(ctx, path, body, key) {
  try {
    const answer = await ctx.fetch(`${API}/${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${ctx.secrets.ACME_KEY}`, 'idempotency-key': key },
      body: JSON.stringify(body),
    });
    if (answer.status >= 500) return { state: 'unknown' };
    const json = await answer.json();
    if (answer.status >= 400) return { state: 'refused', error: json.error };
    return { state: 'done', id: json.id };
  } catch {
    return { state: 'unknown' };
  }
}

export default class Payment {
  async processPayment(input, ctx) {
    if (!isAmount(input.amount)) return { success: false, error: 'amount' };
    let payment = payments.get(input.orderId);
    if (payment?.state === 'paid') return { success: true, transactionId: payment.id, status: 'succeeded' };
    if (payment?.state === 'busy') return { success: false, error: 'busy' };
    if (!payment) payment = { reference: `ref-${++last}`, amount: input.amount, currency: input.currency, refunded: 0, at: 0 };
    payments.set(input.orderId, payment);
    payment.state = 'busy';
    const { amount, currency } = input;
    const answer = await post(ctx, 'charges', { amount, currency, reference: payment.reference }, payment.reference);
    if (answer.state === 'done') {
      Object.assign(payment, { state: 'paid', id: answer.id });
      ctx.log.info(`paid ${payment.reference}`);
      return { success: true, transactionId: answer.id, status: 'succeeded' };
    }
    payment.state = 'open';
    return { success: false, error: answer.error ?? 'no answer' };
  }

  async refund(input, ctx) {
    const payment = [...payments.values()].find((one) => one.id === input.transactionId);
    if (!payment) return { success: false, error: 'unknown' };
    const amount = input.amount ?? payment.amount - (refunds.has(`all-${payment.id}`) ? 0 : payment.refunded);
    const key = input.idempotencyKey ?? `all-${payment.id}`;
    if (!isAmount(amount)) return { success: false, error: 'amount' };
    if (refunds.get(key) === 'done') return { success: true, transactionId: key };
    if (!refunds.has(key)) {
      if (payment.refunded + amount > payment.amount) return { success: false, error: 'too much' };
      payment.refunded += amount;
    }
    refunds.set(key, 'open');
    const answer = await post(ctx, 'refunds', { charge: payment.id, amount }, key);
    if (answer.state !== 'done') return { success: false, error: 'no answer' };
    refunds.set(key, 'done');
    return { success: true, transactionId: answer.id };
  }

  async webhook(input, ctx) {
    const match = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(input.headers?.['x-signature'] ?? '');
    if (!match) return { status: 401 };
    const [, time, given] = match;
    if (Math.abs(Date.now() / 1000 - Number(time)) > 300) return { status: 401 };
    const wanted = createHmac('sha256', ctx.secrets.ACME_HOOK).update(`${time}.${input.rawBody}`).digest();
    if (!timingSafeEqual(wanted, Buffer.from(given, 'hex'))) return { status: 401 };
    let event;
    try { event = JSON.parse(input.rawBody); } catch { return { status: 400 }; }
    if (!event?.data?.reference) return { status: 200, result: 'ignored' };
    const payment = [...payments.values()].find((one) => one.reference === event.data.reference);
    if (!payment) return { status: 200, result: 'unknown' };
    if (events.has(event.id)) return { status: 200, result: 'duplicate' };
    events.add(event.id);
    if (event.created < payment.at) return { status: 200, result: 'late' };
    payment.at = event.created;
    if (event.type === 'charge.succeeded') Object.assign(payment, { state: 'paid', id: event.data.charge });
    else payment.state = 'open';
    return { status: 200, result: 'applied' };
  }
}
