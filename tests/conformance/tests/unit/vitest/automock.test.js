import { beforeEach, describe, expect, it, vi } from 'vitest';
import * as rates from '../../../lib/rate.js';
import { bump, state } from '../../../lib/state.js';
import { both } from '../../../lib/left.js';

vi.mock('../../../lib/rate.js');
vi.mock('../../../lib/state.js', { spy: true });

describe('automock', () => {
  beforeEach(() => { vi.clearAllMocks(); });
  it('functions give nothing and record', () => {
    expect(vi.isMockFunction(rates.rate)).toBe(true);
    expect(rates.rate(1)).toBe(undefined);
    expect(rates.rate).toHaveBeenCalledWith(1);
  });
  it('values stay, lists are empty, objects are deep', () => {
    expect(rates.default).toBe('rate');
    expect(rates.table.list).toEqual([]);
    expect(rates.table.deep.number).toBe(5);
    expect(vi.isMockFunction(rates.table.get)).toBe(true);
    expect(rates.table.deep.call()).toBe(undefined);
  });
  it('can be told what to give', () => {
    rates.rate.mockReturnValue(9);
    expect(rates.rate()).toBe(9);
    rates.rate.mockReset();
    expect(rates.rate()).toBe(undefined);
  });
  it('spies call the original', () => {
    const before = state.value;
    expect(bump()).toBe(before + 1);
    expect(bump).toHaveBeenCalledOnce();
  });
  it('classes', async () => {
    const { Clock } = await vi.importMock('../../../lib/rate.js').then(() => import('../../../lib/clock.js'));
    expect(new Clock().now()).toBe(100);
  });
  it('a class of its own', async () => {
    vi.doMock('../../../lib/clock.js', () => ({ Clock: vi.fn(class { constructor() { this.now = () => 1; } }) }));
    const { Clock } = await import('../../../lib/clock.js');
    const clock = new Clock();
    expect(clock.now()).toBe(1);
    expect(clock).toBeInstanceOf(Clock);
    expect(Clock).toHaveBeenCalledTimes(1);
    vi.doUnmock('../../../lib/clock.js');
  });
  it('modules in a circle', () => { expect(both()).toBe('left right'); });
  it('mockObject', () => {
    const real = { add: (a, b) => a + b, inner: { name: 'x', call: () => 3 } };
    const mocked = vi.mockObject(real);
    expect(mocked.add(1, 2)).toBe(undefined);
    expect(mocked.inner.name).toBe('x');
    const spied = vi.mockObject(real, { spy: true });
    expect(spied.add(1, 2)).toBe(3);
    expect(spied.add).toHaveBeenCalledWith(1, 2);
  });
});
