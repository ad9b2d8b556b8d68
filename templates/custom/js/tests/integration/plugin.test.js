import { createContext, describe, expect, it, loadPlugin } from 'daino:test';

const today = () => new Date().toISOString().slice(0, 10);

describe('order.complete', () => {
  it('counts the orders of the day', async () => {
    const ctx = createContext();
    const plugin = await loadPlugin();
    const before = await plugin.ordersOn({ day: today() }, ctx);
    await plugin.onOrderComplete({ order: { id: 'o-1' } }, ctx);
    await plugin.onOrderComplete({ order: { id: 'o-2' } }, ctx);
    expect(await plugin.ordersOn({ day: today() }, ctx)).toBe(before + 2);
  });

  it('says 0 for a day without orders', async () => {
    const plugin = await loadPlugin();
    expect(await plugin.ordersOn({ day: '2000-01-01' }, createContext())).toBe(0);
  });

  it('refuses what is not a day', async () => {
    const plugin = await loadPlugin();
    const ctx = createContext();
    for (const input of [undefined, {}, { day: 'today' }, { day: '../x' }]) {
      await expect(plugin.ordersOn(input, ctx)).rejects.toThrow('day');
    }
  });
});
