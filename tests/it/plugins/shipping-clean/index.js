import { createHash } from 'node:crypto';
import { fetchRates, merge } from './src/rates.js';

const NAME = /^[a-z0-9-]{1,40}$/;

export default class Parcelo {
  async calculateRates(input, ctx) {
    const rates = await fetchRates(ctx, input.zone, input.parcels);
    const options = merge({ currency: 'EUR' }, input.options);
    return { rates, options };
  }

  async createShipment(input, ctx) {
    if (!NAME.test(input.fileName)) {
      throw new Error('the file name is not plain');
    }
    const number = createHash('sha256').update(input.orderId).digest('hex').slice(0, 12);
    await ctx.files.write(`labels/${input.fileName}.pdf`, input.label);
    await ctx.db.query('INSERT INTO parcelo_shipments (order_id, tracking_number) VALUES ($1, $2)', [input.orderId, number]);
    await ctx.db.query('UPDATE sales_orders SET tracking_number = $1 WHERE id = $2', [number, input.orderId]);
    return { trackingNumber: number };
  }

  async onShipped(payload, ctx) {
    const rows = await ctx.db.query('SELECT label_path FROM parcelo_shipments WHERE order_id = $1 LIMIT 1', [payload.order.id]);
    ctx.log.info(`${rows.length} labels of order ${payload.order.id}`);
  }

  async track(req, res, ctx) {
    const rows = await ctx.db.query('SELECT tracking_number, status FROM sales_orders WHERE order_number = $1 LIMIT 1', [
      req.query.number,
    ]);
    res.json(rows);
  }
}
