const buffer = [];

export default class Insight {
  constructor(config) {
    this.config = config;
    setInterval(() => this.flush(), 1000); // !interval-never-cleared
  }

  async track(event, ctx) {
    buffer.push(event);
    ctx.log.info(`event from ${event.user.email}`); // !personal-data-logged
    await ctx.db.query('INSERT INTO insight_events (name, session_hash) VALUES ($1, $2)', [event.name, event.session]);
    return { success: true };
  }

  async report(input, ctx) {
    const days = input.days;
    const rows = await ctx.db.query(`SELECT name FROM insight_events WHERE created_at > now() - INTERVAL '${days} days' LIMIT 100`); // !sql-injection
    const pattern = /^(\w+\s?)*$/; // !redos
    return { rows: rows.filter((row) => pattern.test(row.name)) };
  }

  async flush() {
    while (true) { // !endless-loop
      buffer.shift();
    }
  }

  async onView(payload, ctx) {
    await this.track(payload, ctx);
  }

  async onOrder(payload, ctx) {
    const response = await ctx.fetch(ctx.config.endpoint, { // !personal-data-sent
      method: 'POST',
      body: JSON.stringify({ email: payload.order.customer_email }),
      signal: AbortSignal.timeout(3000),
    });
    return response.ok;
  }

  async cleanup(params, ctx) {
    await ctx.db.query('DELETE FROM insight_events'); // !change-without-where
  }

  async listEvents(req, res, ctx) {
    const rows = await ctx.db.query('SELECT * FROM insight_events ORDER BY created_at LIMIT 100');
    const filter = eval(req.query.filter); // !code-injection, dynamic-code
    res.json(rows.filter(filter));
  }
}
