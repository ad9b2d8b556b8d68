import type { Context } from './daino.d.ts';
import { Batch } from './src/batch.ts';
import * as daily from './src/daily.ts';
import { isDay, readEvent, type TrackInput } from './src/event.ts';

export interface ReportInput {
  from: string;
  to: string;
  event?: string;
}

const MAX_DAYS = 366;

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

export default class Analytics {
  #batch = new Batch();

  /** Counts one event. */
  async track(input: TrackInput, ctx: Context): Promise<{ success: boolean; error?: string }> {
    const now = Date.now();
    const event = readEvent(input, now);
    if (typeof event === 'string') return { success: false, error: event };
    if (!this.#batch.add(event)) {
      await this.flush(ctx);
      if (!this.#batch.add(event)) return { success: false, error: 'too many events are waiting' };
    }
    if (this.#batch.isDue(now)) await this.flush(ctx);
    return { success: true };
  }

  /** Writes what was counted. What cannot be written is kept. */
  async flush(ctx: Context): Promise<void> {
    const counts = this.#batch.take(Date.now());
    try {
      await daily.add(ctx, counts);
    } catch {
      for (const { count, ...event } of counts) this.#batch.add(event, count);
      ctx.log.warn(`${counts.length} counts could not be written and are kept`);
    }
  }

  /** Counts per day and event, and their totals. */
  async report(input: ReportInput, ctx: Context) {
    if (!isDay(input?.from) || !isDay(input.to))
      return { success: false, error: 'from and to must be days such as 2026-01-31' };
    const days = (Date.parse(input.to) - Date.parse(input.from)) / 86_400_000 + 1;
    if (days < 1 || days > MAX_DAYS)
      return { success: false, error: `the period must have 1 to ${MAX_DAYS} days` };
    if (input.event !== undefined && !isText(input.event))
      return { success: false, error: 'event must be text' };
    await this.flush(ctx);
    const rows = await daily.read(ctx, input.from, input.to, input.event ?? null);
    const totals: Record<string, number> = {};
    for (const row of rows) totals[row.event] = (totals[row.event] ?? 0) + row.count;
    return { success: true, rows, totals };
  }

  async onPageView(payload: Record<string, any>, ctx: Context): Promise<void> {
    const route = payload?.path ?? payload?.route?.path ?? payload?.route;
    // A query may hold search words or tokens: only the path is counted.
    const subject = isText(route) ? route.split(/[?#]/)[0].slice(0, 200) : '';
    await this.#count({ event: 'page.view', subject }, ctx);
  }

  async onProductView(payload: Record<string, any>, ctx: Context): Promise<void> {
    const id = payload?.product?.id ?? payload?.productId;
    await this.#count({ event: 'product.view', subject: isText(id) ? id.slice(0, 200) : '' }, ctx);
  }

  async onOrderComplete(payload: Record<string, any>, ctx: Context): Promise<void> {
    const order = payload?.order ?? payload ?? {};
    // Whole cents without floating point: `19.99` becomes 1999.
    const match = /^(\d{1,12})(?:\.(\d{1,2}))?$/.exec(String(order.total_amount ?? ''));
    const value = match ? Number(match[1] + (match[2] ?? '').padEnd(2, '0')) : 0;
    const currency = /^[A-Z]{3}$/.test(order.currency ?? '') ? order.currency : '';
    await this.#count({ event: 'order.complete', value, currency }, ctx);
  }

  async #count(input: TrackInput, ctx: Context): Promise<void> {
    const { success, error } = await this.track(input, ctx);
    if (!success) ctx.log.debug(`not counted: ${error}`);
  }
}
