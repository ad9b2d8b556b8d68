import { charge } from './src/client.js';
import { isSigned } from './src/signature.js';

const STATES = new Set(['succeeded', 'failed', 'refunded']);

export default class Paywell {
  async processPayment(input, ctx) {
    const token = input.token;
    const body = { amount: input.amount, currency: input.currency, token };
    const result = await charge(ctx, body, input.idempotencyKey);
    await ctx.db.query(
      'INSERT INTO paywell_payments (order_id, charge_id, status, amount, currency) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (order_id) DO NOTHING',
      [input.orderId, result.id, 'succeeded', input.amount, input.currency],
    );
    ctx.log.info(`payment of order ${input.orderId} succeeded`);
    return { success: true, transactionId: result.id, status: 'succeeded' };
  }

  async refund(input, ctx) {
    const rows = await ctx.db.query('SELECT id, amount FROM paywell_payments WHERE charge_id = $1 LIMIT 1', [
      input.transactionId,
    ]);
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
    if (!STATES.has(event.status)) {
      return { status: 200, result: 'ignored' };
    }
    await ctx.db.query('UPDATE paywell_payments SET status = $1 WHERE charge_id = $2', [event.status, event.charge]);
    return { status: 200, result: 'applied' };
  }

  async onOrderPayment(payload, ctx) {
    const orders = await ctx.db.query('SELECT id, total_amount FROM sales_orders WHERE id = $1', [payload.order.id]);
    ctx.log.info(`${orders.length} orders to pay`);
  }

  async listPayments(req, res, ctx) {
    const rows = await ctx.db.query('SELECT id, status FROM paywell_payments ORDER BY created_at DESC LIMIT 100');
    res.json(rows);
  }

  async setStatus(req, res, ctx) {
    const { order_id: orderId, status } = req.body;
    if (!STATES.has(status)) {
      res.status(400).json({ error: 'unknown status' });
      return;
    }
    await ctx.db.query('UPDATE paywell_payments SET status = $1 WHERE order_id = $2', [status, orderId]);
    res.json({ ok: true });
  }
}
