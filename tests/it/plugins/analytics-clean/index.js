import { createHash } from 'node:crypto';

const SORTS = { newest: 'created_at DESC', name: 'name ASC' };

const hash = (text) => createHash('sha256').update(String(text)).digest('hex');

export default class Insight {
  async track(event, ctx) {
    await ctx.db.query('INSERT INTO insight_events (name, session_hash) VALUES ($1, $2)', [
      String(event.name).slice(0, 100),
      hash(event.session),
    ]);
    ctx.log.info('event stored');
    return { success: true };
  }

  async report(input, ctx) {
    const days = Math.min(Math.max(Number.parseInt(input.days, 10) || 30, 1), 365);
    const conditions = ['created_at > now() - make_interval(days => $1)'];
    const bind = [days];
    let next = 2;
    if (input.name) {
      conditions.push(`name = $${next++}`);
      bind.push(input.name);
    }
    const order = SORTS[input.sort] ?? SORTS.newest;
    const rows = await ctx.db.query(
      `SELECT id, name FROM insight_events WHERE ${conditions.join(' AND ')} ORDER BY ${order} LIMIT 100`,
      bind,
    );
    return { rows };
  }

  async onOrder(payload, ctx) {
    const response = await ctx.fetch('https://collect.insight.example/v1/orders', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ order: payload.order.id, total: payload.order.total_amount }),
      signal: AbortSignal.timeout(3000),
    });
    if (!response.ok) {
      ctx.log.warn(`the collector answered ${response.status}`);
    }
  }

  async cleanup(params, ctx) {
    await ctx.db.query("DELETE FROM insight_events WHERE created_at < now() - INTERVAL '90 days'");
  }

  async listEvents(req, res, ctx) {
    const page = Math.max(Number(req.query.page) || 1, 1);
    const rows = await ctx.db.query(
      'SELECT id, name, created_at FROM insight_events ORDER BY created_at DESC LIMIT 50 OFFSET $1',
      [(page - 1) * 50],
    );
    res.json(rows);
  }
}
