const counts = new Map();

export default {
  async track(input, ctx) {
    if (typeof input?.event !== 'string' || !/^[a-z0-9.]{1,64}$/.test(input.event)) return { success: false, error: 'event' };
    counts.set(input.event, (counts.get(input.event) ?? 0) + 1);
    return { success: true };
  },
  async report(input) {
    if (!/^\d{4}-\d\d-\d\d$/.test(input?.from) || !/^\d{4}-\d\d-\d\d$/.test(input.to) || input.from > input.to) return { success: false };
    return { success: true, totals: Object.fromEntries(counts) };
  },
  async onView(payload, ctx) {
    const path = typeof payload?.path === 'string' ? payload.path.split('?')[0] : '';
    counts.set('page.view', (counts.get('page.view') ?? 0) + 1);
    ctx.log.info(`viewed ${path}`);
  },
};
