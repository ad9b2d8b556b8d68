import { createHmac, timingSafeEqual } from 'node:crypto';

export default {
  async webhook(req, res, ctx) {
    const match = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(req.headers['x-signature'] ?? '');
    if (!match) return res.status(401).json({});
    const [, time, given] = match;
    if (Math.abs(Date.now() / 1000 - Number(time)) > 300) return res.status(401).json({});
    const wanted = createHmac('sha256', ctx.secrets.ACME_HOOK).update(`${time}.${req.rawBody ?? ''}`).digest();
    if (!timingSafeEqual(wanted, Buffer.from(given, 'hex'))) return res.status(401).json({});
    let event;
    try { event = JSON.parse(`${req.rawBody}`); } catch { return res.status(400).json({}); }
    if (typeof event?.data?.reference !== 'string') return res.json({ ignored: true });
    if (await ctx.storage.get(`event:${event.id}`)) return res.json({ again: true });
    await ctx.storage.set(`event:${event.id}`, true);
    const payment = await ctx.storage.get(`payment:${event.data.reference}`);
    if (payment?.at > event.created) return res.json({ late: true });
    await ctx.storage.set(`payment:${event.data.reference}`, { state: event.type, at: event.created });
    ctx.events.emit('payment.changed', { reference: event.data.reference });
    ctx.log.info('a payment changed');
    return res.json({ ok: true });
  },
};
