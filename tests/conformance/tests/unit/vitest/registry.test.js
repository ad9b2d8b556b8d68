import { afterEach, describe, expect, it, vi } from 'vitest';
import { bump } from '../../../lib/state.js';
import * as state from '../../../lib/state.js';
import * as rates from '../../../lib/rate.js';
import { fee } from '../../../lib/fee.js';
import { lazy } from '../../../lib/lazy.js';

describe('the registry of modules', () => {
  afterEach(() => { vi.doUnmock('../../../lib/rate.js'); vi.resetModules(); });
  it('resetModules gives a module a new life', async () => {
    bump();
    const same = await import('../../../lib/state.js');
    expect(same.state).toBe(state.state);
    vi.resetModules();
    const fresh = await import('../../../lib/state.js');
    expect(fresh.state).not.toBe(state.state);
    expect(fresh.state.value).toBe(0);
  });
  it('doMock is for what is imported later', async () => {
    vi.doMock('../../../lib/rate.js', () => ({ rate: () => 100, table: {}, default: '' }));
    expect(fee(1)).toBe(0.5);
    vi.resetModules();
    const later = await import('../../../lib/fee.js');
    expect(later.fee(1)).toBe(100);
  });
  it('doUnmock takes it away', async () => {
    vi.doMock('../../../lib/rate.js', () => ({ rate: () => 100, table: {}, default: '' }));
    vi.doUnmock('../../../lib/rate.js');
    vi.resetModules();
    const later = await import('../../../lib/fee.js');
    expect(later.fee(1)).toBe(0.5);
  });
  it('an import inside a function sees the mock', async () => {
    vi.doMock('../../../lib/rate.js', () => ({ rate: () => 'lazy mock' }));
    expect(await lazy()).toBe('lazy mock');
  });
  it('a factory that throws fails the import', async () => {
    vi.doMock('../../../lib/rate.js', () => { throw new Error('no factory'); });
    await expect(import('../../../lib/rate.js')).rejects.toThrow();
  });
  it('a factory that gives nothing fails the import', async () => {
    vi.doMock('../../../lib/rate.js', () => undefined);
    await expect(import('../../../lib/rate.js')).rejects.toThrow();
  });
  it('a spy on a module is seen by others', () => {
    const spy = vi.spyOn(rates, 'rate').mockReturnValue(4);
    expect(fee(2)).toBe(8);
    expect(spy).toHaveBeenCalledTimes(1);
    spy.mockRestore();
    expect(fee(2)).toBe(1);
  });
  it('live bindings', () => {
    const before = rates.counter;
    rates.count();
    expect(rates.counter).toBe(before + 1);
  });
  it('dynamicImportSettled', async () => {
    let seen = null;
    import('../../../lib/clock.js').then((module) => { seen = module.kind; });
    await vi.dynamicImportSettled();
    expect(seen).toBe('real');
  });
});
