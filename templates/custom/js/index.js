const key = (day) => `orders:${day}`;

export default class Plugin {
  /** Counts an order for today, in UTC. */
  async onOrderComplete(_payload, ctx) {
    const today = new Date().toISOString().slice(0, 10);
    const count = Number((await ctx.storage.get(key(today))) ?? 0) + 1;
    await ctx.storage.set(key(today), count);
    ctx.log.info(`${count} orders today`);
  }

  /** How many orders a day had. */
  async ordersOn(input, ctx) {
    if (!/^\d{4}-\d{2}-\d{2}$/.test(String(input?.day)))
      throw new TypeError('day must be a day such as 2026-01-31');
    return Number((await ctx.storage.get(key(input.day))) ?? 0);
  }
}
