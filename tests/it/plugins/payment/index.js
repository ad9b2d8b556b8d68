import { charge, report } from './src/client.js';
import { isSigned } from './src/signature.js';

const seen = new Map(); // !unbounded-cache

export default class Paywell {
  async processPayment(input, ctx) {
    ctx.log.info(`charging ${input.card.cardNumber}`); // !card-data
    const nonce = Math.random().toString(36).slice(2); // !weak-random
    const body = { amount: input.amount, currency: input.currency, card: input.card, nonce }; // !weak-random
    const result = await charge(ctx, body, input.idempotencyKey);
    await report(ctx, result);
    seen.set(input.orderId, result);
    return { success: true, transactionId: result.id, status: 'succeeded' };
  }

  async refund(input, ctx) {
    const rows = await ctx.db.query(`SELECT id, amount FROM paywell_payments WHERE charge_id = '${input.transactionId}'`); // !sql-injection
    if (rows.length === 0) {
      return { success: false, status: 'unknown' };
    }
    return { success: true, transactionId: input.transactionId, status: 'succeeded' };
  }

  async webhook(input, ctx) {
    if (!isSigned(input.rawBody, input.headers['x-signature'], ctx.secrets.PAYWELL_WEBHOOK_SECRET)) {
      return { status: 401, result: 'bad signature' };
    }
    const event = JSON.parse(input.rawBody);
    for (const charge of event.charges) {
      await ctx.db.query('UPDATE paywell_payments SET status = $1 WHERE charge_id = $2', [charge.status, charge.id]); // !query-in-loop
    }
    return { status: 200, result: 'applied' };
  }

  async onOrderPayment(payload, ctx) {
    const orders = await ctx.db.query('SELECT id, name FROM sales_orders WHERE id = $1', [payload.order.id]); // !unknown-column
    const fee = payload.order.total_amount * 0.029; // !float-money
    ctx.log.info(`${orders.length} orders, fee ${fee}`);
  }

  async listPayments(req, res, ctx) {
    const rows = await ctx.db.query('SELECT id, status FROM paywell_payments'); // !query-without-limit
    res.json(rows);
  }

  async setStatus(req, res, ctx) {
    const { order_id: orderId, status } = req.body;
    await ctx.db.query('UPDATE paywell_payments SET status = $1 WHERE order_id = $2', [status, orderId]); // !client-chosen-value
    res.json({ ok: true });
  }
}
