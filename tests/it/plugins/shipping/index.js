import { createHash } from 'node:crypto';
import { fetchRates, merge } from './src/rates.js';

export default class Parcelo {
  async calculateRates(input, ctx) {
    const rates = await fetchRates(ctx, input.zone, input.parcels);
    const options = merge({ currency: 'EUR' }, input.options);
    return { rates, options };
  }

  async createShipment(input, ctx) {
    const checksum = createHash('md5').update(input.orderId).digest('hex'); // !weak-crypto
    await ctx.files.write(`labels/${input.fileName}.pdf`, input.label);
    await ctx.db.query('INSERT INTO parcelo_shipments (order_id, tracking_number) VALUES ($1, $2)', [input.orderId, checksum]);
    await ctx.db.query('UPDATE sales_orders SET tracking_number = $1 WHERE id = $2', [checksum, input.orderId]); // !undeclared-table
    return { trackingNumber: checksum };
  }

  async onShipped(payload, ctx) {
    const label = await ctx.fetch(payload.order.label_url, { signal: AbortSignal.timeout(3000) }); // !ssrf
    return label.ok;
  }

  async track(req, res, ctx) {
    const rows = await ctx.db.query('SELECT customer_email, tracking_number FROM sales_orders WHERE order_number = $1 LIMIT 1', [req.query.number]);
    res.json(rows);
  }

  async callback(req, res, ctx) {
    await Promise.all(req.body.jobs.map((id) => ctx.db.query('SELECT id FROM parcelo_shipments WHERE id = $1', [id]))); // !promise-flood
    ctx.db.query('UPDATE parcelo_shipments SET label_path = $1 WHERE id = $2', ['x', req.body.id]); // !floating-promise
    res.json({ ok: true });
  }
}
