import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

describe('fake timers', () => {
  beforeEach(() => { vi.useFakeTimers(); });
  afterEach(() => { vi.useRealTimers(); });
  it('stand still', () => {
    const called = vi.fn();
    setTimeout(called, 100);
    vi.advanceTimersByTime(99);
    expect(called).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(called).toHaveBeenCalledOnce();
  });
  it('intervals', () => {
    const called = vi.fn();
    const id = setInterval(called, 10);
    vi.advanceTimersByTime(35);
    expect(called).toHaveBeenCalledTimes(3);
    clearInterval(id);
    vi.advanceTimersByTime(100);
    expect(called).toHaveBeenCalledTimes(3);
    expect(vi.getTimerCount()).toBe(0);
  });
  it('run all', () => {
    const seen = [];
    setTimeout(() => { seen.push('a'); setTimeout(() => seen.push('c'), 5); }, 10);
    setTimeout(() => seen.push('b'), 12);
    vi.runAllTimers();
    expect(seen).toEqual(['a', 'b', 'c']);
  });
  it('run pending', () => {
    const seen = [];
    setTimeout(() => { seen.push('a'); setTimeout(() => seen.push('b'), 5); }, 10);
    vi.runOnlyPendingTimers();
    expect(seen).toEqual(['a']);
    expect(vi.getTimerCount()).toBe(1);
  });
  it('to the next', () => {
    const seen = [];
    setTimeout(() => seen.push(1), 10);
    setTimeout(() => seen.push(2), 20);
    vi.advanceTimersToNextTimer();
    expect(seen).toEqual([1]);
    vi.advanceTimersToNextTimer().advanceTimersToNextTimer();
    expect(seen).toEqual([1, 2]);
  });
  it('setSystemTime', () => {
    vi.setSystemTime(new Date('2020-01-02T03:04:05Z'));
    expect(Date.now()).toBe(Date.UTC(2020, 0, 2, 3, 4, 5));
    expect(new Date().toISOString()).toBe('2020-01-02T03:04:05.000Z');
    expect(vi.getMockedSystemTime().getTime()).toBe(Date.now());
    vi.advanceTimersByTime(1000);
    expect(Date.now()).toBe(Date.UTC(2020, 0, 2, 3, 4, 6));
  });
  it('setSystemTime does not fire timers', () => {
    const called = vi.fn();
    setTimeout(called, 1000);
    vi.setSystemTime(Date.now() + 10_000);
    expect(called).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1000);
    expect(called).toHaveBeenCalledOnce();
  });
  it('Date with arguments and without new', () => {
    vi.setSystemTime(0);
    expect(new Date(5).getTime()).toBe(5);
    expect(typeof Date()).toBe('string');
    expect(new Date() instanceof Date).toBe(true);
    expect(Date.UTC(1970, 0, 1)).toBe(0);
    expect(Date.parse('1970-01-01T00:00:01Z')).toBe(1000);
  });
  it('async', async () => {
    const seen = [];
    const work = async () => {
      await new Promise((done) => { setTimeout(done, 10); });
      seen.push('a');
      await new Promise((done) => { setTimeout(done, 10); });
      seen.push('b');
    };
    work();
    await vi.advanceTimersByTimeAsync(20);
    expect(seen).toEqual(['a', 'b']);
  });
  it('async run all', async () => {
    const seen = [];
    (async () => {
      for (let i = 0; i < 3; i += 1) {
        await new Promise((done) => { setTimeout(done, 1000); });
        seen.push(i);
      }
    })();
    await vi.runAllTimersAsync();
    expect(seen).toEqual([0, 1, 2]);
  });
  it('async to the next', async () => {
    const seen = [];
    (async () => { await new Promise((done) => { setTimeout(done, 50); }); seen.push(1); })();
    await vi.advanceTimersToNextTimerAsync();
    expect(seen).toEqual([1]);
  });
  it('async pending', async () => {
    const seen = [];
    (async () => { await new Promise((done) => { setTimeout(done, 50); }); seen.push(1); await new Promise((done) => { setTimeout(done, 50); }); seen.push(2); })();
    await vi.runOnlyPendingTimersAsync();
    expect(seen).toEqual([1]);
  });
  it('clearAllTimers', () => {
    setTimeout(() => { throw new Error('no'); }, 1);
    expect(vi.getTimerCount()).toBe(1);
    vi.clearAllTimers();
    expect(vi.getTimerCount()).toBe(0);
    vi.runAllTimers();
  });
  it('setImmediate', () => {
    const called = vi.fn();
    setImmediate(called, 'x');
    vi.runAllTimers();
    expect(called).toHaveBeenCalledWith('x');
  });
  it('performance', () => {
    const before = performance.now();
    vi.advanceTimersByTime(250);
    expect(performance.now() - before).toBe(250);
  });
  it('an endless interval is stopped', () => {
    setInterval(() => {}, 1);
    expect(() => vi.runAllTimers()).toThrow();
  });
  it('isFakeTimers', () => {
    expect(vi.isFakeTimers()).toBe(true);
    vi.useRealTimers();
    expect(vi.isFakeTimers()).toBe(false);
  });
  it('the same time fires in the order it was set', () => {
    const seen = [];
    setTimeout(() => seen.push('a'), 5);
    setTimeout(() => seen.push('b'), 5);
    setTimeout(() => seen.push('c'), 4);
    vi.advanceTimersByTime(5);
    expect(seen).toEqual(['c', 'a', 'b']);
  });
  it('timers have refresh and ref', () => {
    const timer = setTimeout(() => {}, 10);
    expect(typeof timer.ref).toBe('function');
    expect(timer.hasRef()).toBe(true);
    clearTimeout(timer);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('options', () => {
  afterEach(() => { vi.useRealTimers(); });
  it('toFake fakes only those', () => {
    const real = setTimeout;
    vi.useFakeTimers({ toFake: ['Date'] });
    expect(setTimeout).toBe(real);
    vi.setSystemTime(5);
    expect(Date.now()).toBe(5);
  });
  it('toFake of timers leaves Date', () => {
    const RealDate = Date;
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    expect(Date).toBe(RealDate);
    const called = vi.fn();
    setTimeout(called, 60_000);
    vi.advanceTimersByTime(60_000);
    expect(called).toHaveBeenCalledOnce();
  });
  it('now', () => {
    vi.useFakeTimers({ now: 1000 });
    expect(Date.now()).toBe(1000);
    vi.useRealTimers();
    vi.useFakeTimers({ now: new Date(2000) });
    expect(Date.now()).toBe(2000);
  });
  it('without useFakeTimers only Date is mocked', () => {
    vi.setSystemTime(77);
    expect(Date.now()).toBe(77);
    expect(vi.isFakeTimers()).toBe(false);
    vi.useRealTimers();
    expect(Date.now()).not.toBe(77);
  });
  it('nextTick and queueMicrotask are not faked', async () => {
    vi.useFakeTimers();
    const called = vi.fn();
    queueMicrotask(called);
    await null;
    await null;
    expect(called).toHaveBeenCalledOnce();
  });
  it('moving without fake timers fails', () => { expect(() => vi.advanceTimersByTime(1)).toThrow(); });
});

describe('waiting', () => {
  it('waitFor', async () => {
    let ready = false;
    setTimeout(() => { ready = true; }, 20);
    const value = await vi.waitFor(() => { if (!ready) throw new Error('not yet'); return 'now'; }, { timeout: 500, interval: 5 });
    expect(value).toBe('now');
  });
  it('waitFor gives up with the last error', async () => {
    await expect(vi.waitFor(() => { throw new Error('never'); }, { timeout: 30, interval: 5 })).rejects.toThrow('never');
  });
  it('waitFor waits for promises', async () => {
    let tries = 0;
    await expect(vi.waitFor(async () => { tries += 1; if (tries < 3) throw new Error('x'); return tries; }, 500)).resolves.toBe(3);
  });
  it('waitUntil', async () => {
    let ready = 0;
    setTimeout(() => { ready = 5; }, 20);
    expect(await vi.waitUntil(() => ready, { timeout: 500, interval: 5 })).toBe(5);
  });
  it('waitUntil gives up', async () => {
    await expect(vi.waitUntil(() => false, { timeout: 30, interval: 5 })).rejects.toThrow('Timed out in waitUntil!');
  });
  it('waitUntil does not try again after an error', async () => {
    const call = vi.fn(() => { throw new Error('at once'); });
    await expect(vi.waitUntil(call, { timeout: 100, interval: 5 })).rejects.toThrow('at once');
    expect(call).toHaveBeenCalledTimes(1);
  });
  it('waitFor with fake timers moves them', async () => {
    vi.useFakeTimers();
    let ready = false;
    setTimeout(() => { ready = true; }, 200);
    await vi.waitFor(() => { if (!ready) throw new Error('not yet'); }, { timeout: 1000, interval: 50 });
    vi.useRealTimers();
  });
});
