// Words, hooks, tables, retries, clocks.

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, onTestFinished, test, vi } from 'daino:test';

const order = [];

describe('hooks', () => {
  beforeAll(() => { order.push('beforeAll'); return () => order.push('from beforeAll'); });
  beforeEach(() => { order.push('beforeEach'); return () => order.push('from beforeEach'); });
  afterEach(() => { order.push('afterEach 1'); });
  afterEach(() => { order.push('afterEach 2'); });
  afterAll(() => { order.push('afterAll'); });
  test('a', () => { onTestFinished(() => order.push('finished')); order.push('a'); });
  describe('inner', () => {
    beforeEach(() => { order.push('inner'); });
    test('b', () => { order.push('b'); });
  });
});
test('their order', () => {
  expect(order).toEqual([
    'beforeAll', 'beforeEach', 'a', 'from beforeEach', 'finished', 'afterEach 2', 'afterEach 1',
    'beforeEach', 'inner', 'b', 'from beforeEach', 'afterEach 2', 'afterEach 1', 'from beforeAll', 'afterAll',
  ]);
});

const seen = [];
test.each([[1, 2], [3, 4]])('%i and %i', (a, b) => { seen.push(a + b); });
test.each([{ a: 1, b: { c: 'x' } }])('$a and $b.c', ({ a }, ...rest) => { seen.push(a, rest.length); });
test.each`
  a    | b
  ${1} | ${'one'}
  ${2} | ${'two'}
`('$a is $b', ({ a, b }) => { seen.push(`${a}${b}`); });
describe.each([1, 2])('describe %i', (n) => { test('runs', () => { seen.push(`d${n}`); }); });
test('tables ran', () => expect(seen).toEqual([3, 7, 1, 0, '1one', '2two', 'd1', 'd2']));

test.skip('skipped', () => { throw new Error('no'); });
test.todo('later');
test.fails('fails as it should', () => { throw new Error('yes'); });
test.skipIf(true)('skipped by a condition', () => { throw new Error('no'); });
test.runIf(true)('runs by a condition', () => {});
test.concurrent('in a row', async () => { await null; });

let tries = 0;
test('is tried again', { retry: 2 }, () => { tries += 1; if (tries < 3) throw new Error('not yet'); });
test('was tried three times', () => expect(tries).toBe(3));
test('a callback', (context, done) => { setTimeout(done, 3); });

const withUser = test.extend({
  user: async ({}, use) => { await use({ name: 'Jane' }); },
  greeting: async ({ user }, use) => { await use(`Hello ${user.name}`); },
});
withUser('fixtures', ({ greeting }) => expect(greeting).toBe('Hello Jane'));

describe('time', () => {
  afterEach(() => { vi.useRealTimers(); });
  test('stands still until it is moved', () => {
    vi.useFakeTimers({ now: new Date('2026-01-01T00:00:00Z') });
    const called = vi.fn();
    setTimeout(called, 1000, 'x');
    const interval = setInterval(called, 400);
    vi.advanceTimersByTime(999);
    expect(called).toHaveBeenCalledTimes(2);
    vi.advanceTimersByTime(1);
    expect(called).toHaveBeenLastCalledWith('x');
    clearInterval(interval);
    expect(vi.getTimerCount()).toBe(0);
    expect(Date.now()).toBe(Date.parse('2026-01-01T00:00:01Z'));
    expect(new Date()).toBeInstanceOf(Date);
  });
  test('moves with promises', async () => {
    vi.useFakeTimers();
    let done = false;
    const sleep = (ms) => new Promise((resolve) => { setTimeout(resolve, ms); });
    const work = (async () => { await sleep(10); await sleep(20); done = true; })();
    await vi.advanceTimersByTimeAsync(30);
    expect(done).toBe(true);
    await work;
    setTimeout(() => { done = 'again'; setTimeout(() => { done = 'never'; }, 5); }, 5);
    vi.runOnlyPendingTimers();
    expect(done).toBe('again');
    vi.clearAllTimers();
    vi.runAllTimers();
    expect(done).toBe('again');
  });
  test('has a date of its own', () => {
    vi.setSystemTime('2030-05-05T00:00:00Z');
    expect(new Date().toISOString()).toBe('2030-05-05T00:00:00.000Z');
    expect(vi.isFakeTimers()).toBe(false);
    vi.useRealTimers();
    expect(Date.now()).toBeLessThan(Date.parse('2030-01-01'));
    expect(() => vi.advanceTimersByTime(1)).toThrow('not faked');
    jest.useFakeTimers().setSystemTime(5);
    expect(jest.now()).toBe(5);
  });
  test('endless timers end', () => {
    vi.useFakeTimers();
    setInterval(() => {}, 1);
    expect(() => vi.runAllTimers()).toThrow('did not end');
  });
  test('waits for what becomes true', async () => {
    let ready = false;
    setTimeout(() => { ready = true; }, 200);
    await vi.waitFor(() => expect(ready).toBe(true));
    await expect(vi.waitUntil(() => false, { timeout: 50 })).rejects.toThrow('Timed out in waitUntil!');
  });
  test('a long sleep is no wait', async () => {
    const before = Date.now();
    await new Promise((resolve) => { setTimeout(resolve, 3_600_000); });
    expect(Date.now() - before).toBeGreaterThanOrEqual(3_600_000);
  });
});
