interface Order { id: string; lines: Line[]; note?: string }
interface Line { sku: string; cents: number; quantity: number }
type Result<T> = { ok: true; value: T } | { ok: false; error: string };

export class Totals {
  #cache = new Map<string, number>();
  private static readonly LIMIT: number = 10;

  constructor(private readonly vat: number = 0.22) {}

  total(order: Order): Result<number> {
    const known = this.#cache.get(order.id);
    if (known !== undefined) return { ok: true, value: known };
    if (order.lines.length === 0 || order.lines.length > Totals.LIMIT) {
      return { ok: false, error: 'lines' };
    }
    let sum = 0;
    for (const { cents, quantity = 1 } of order.lines) {
      sum += cents * quantity;
    }
    const value = Math.round(sum * (1 + this.vat));
    this.#cache.set(order.id, value);
    return { ok: true, value };
  }

  async later<T>(work: () => Promise<T>, fallback?: T): Promise<T | undefined> {
    try {
      return await work();
    } catch (error: unknown) {
      return fallback ?? (error as T);
    }
  }
}

export async function run() {
  const totals = new Totals();
  const order: Order = { id: 'a', lines: [{ sku: 's', cents: 100, quantity: 2 }] };
  return [totals.total(order), totals.total(order), await totals.later(async () => 1)];
}
