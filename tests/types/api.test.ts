// Every word of the test API as TypeScript sees it. `tsc --strict` reads it, and it runs: what the
// types say is there, and what they refuse would be wrong.

import assert from 'node:assert/strict';
import nodeTest, { mock } from 'node:test';
import {
  afterAll, afterEach, beforeAll, beforeEach, createContext, describe, expect, gen, it, jest, loadPlugin, mockFetch,
  onTestFailed, onTestFinished, suite, test, vi, vitest,
} from 'daino:test';
import { expect as sameExpect, vi as sameVi } from 'vitest';
import { jest as sameJest } from '@jest/globals';
import { rate } from './rate';

const held = vi.hoisted(() => ({ rate: vi.fn(() => 2) }));
vi.mock('./rate', async (importOriginal) => ({ ...(await importOriginal<typeof import('./rate')>()), rate: held.rate }));
vi.mock(import('./other'), { spy: true });

beforeAll(() => {}, 1000);
afterAll(() => {});
beforeEach((context) => { context.name.toUpperCase(); });
afterEach(() => { vi.useRealTimers(); });

describe('words', () => {
  it('runs', () => { expect(1).toBe(1); });
  it('has a context', (context) => { onTestFinished(() => {}); onTestFailed(() => {}); expect(context.task.name).toBe('has a context'); });
  it('has options', { timeout: 1000, retry: 1 }, () => {});
  it.skip('skipped', () => {});
  it.todo('later');
  it.fails('fails', () => { throw new Error('yes'); });
  it.skipIf(false)('runs by a condition', () => {});
  it.runIf(true)('runs, too', () => {});
  it.each([[1, 'a'], [2, 'b']])('row %i', (n, s) => { expect(n.toFixed() + s).toBeTypeOf('string'); });
  it.each([{ a: 1 }])('row $a', ({ a }) => { expect(a).toBe(1); });
  it.for([{ a: 1 }])('for $a', ({ a }, context) => { expect(a).toBe(1); context.name.trim(); });
  test.concurrent('concurrent', async () => {});
  suite('suite', () => { test('inner', () => {}); });
  it.prop([gen.integer(), gen.string()], { runs: 10 })('property', (n, s) => { expect(n.toFixed() + s.trim()).toBeTypeOf('string'); });
  it.prop({ list: gen.array(gen.nat(5)), maybe: gen.option(gen.boolean()) }, { runs: 5 })('by name', ({ list, maybe }) => list.every((n) => n <= 5) && maybe !== undefined);
  it.prop([gen.tuple(gen.constantFrom('a', 'b'), gen.date()).map(([s, d]) => s + d.getTime()), gen.record({ a: gen.bigInt() })], { runs: 5 })(
    'made of others', (text, record) => { expect(text.length).toBeGreaterThan(1); expect(record.a).toBeTypeOf('bigint'); });
});

describe('expect', () => {
  it('matches', async () => {
    expect({ a: [1] }).toEqual({ a: [expect.any(Number)] });
    expect('text').toMatch(/t/);
    expect([1]).not.toContain(2);
    expect.soft(1).toBe(1);
    await expect(Promise.resolve(1)).resolves.toBe(1);
    await expect(Promise.reject(new Error('x'))).rejects.toThrow('x');
    await expect.poll(() => 1).toBe(1);
    expect({ a: 1, b: 2 }).toEqual(expect.objectContaining({ a: 1 }));
    expect('x').toEqual(expect.not.stringContaining('y'));
    expect.hasAssertions();
    expect(expect.getState().assertionCalls).toBeGreaterThan(0);
  });
  it('is the same everywhere', () => { assert.equal(sameExpect, expect); assert.equal(sameVi, vi); assert.equal(vitest, vi); assert.equal(sameJest, jest); });
});

describe('mocks', () => {
  it('replace modules', async () => {
    expect(rate()).toBe(2);
    held.rate.mockReturnValueOnce(7);
    expect(rate()).toBe(7);
    const actual = await vi.importActual<typeof import('./rate')>('./rate');
    expect(actual.rate().toFixed()).toBe('1');
    vi.doMock('./rate', () => ({ rate: () => 5 })).resetModules();
    const later: { rate(): number } = await import('./rate');
    expect(later.rate()).toBe(5);
    vi.doUnmock('./rate');
  });
  it('functions', () => {
    const call = vi.fn((n: number) => n + 1).mockName('plus');
    expect(call(1)).toBe(2);
    expect(call).toHaveBeenCalledExactlyOnceWith(1);
    expect(call.mock.calls[0][0]).toBe(1);
    const object = { get now() { return 1; }, add: (a: number, b: number) => a + b };
    vi.spyOn(object, 'now', 'get').mockReturnValue(2);
    expect(object.now).toBe(2);
    vi.mocked(object.add);
    vi.restoreAllMocks().clearAllMocks().resetAllMocks();
    expect(vi.isMockFunction(object.add)).toBe(false);
    expect(vi.mockObject(object).add(1, 2)).toBe(undefined);
  });
  it('stubs', () => {
    vi.stubEnv('KEY', 'value').stubGlobal('answer', 42);
    vi.unstubAllEnvs().unstubAllGlobals();
  });
  it('time', async () => {
    vi.useFakeTimers({ now: new Date(0), toFake: ['setTimeout', 'clearTimeout', 'Date'] }).setSystemTime(5);
    expect(vi.getMockedSystemTime()?.getTime()).toBe(5);
    vi.advanceTimersByTime(1).advanceTimersToNextTimer().runAllTimers();
    await vi.advanceTimersByTimeAsync(1);
    await vi.runAllTimersAsync();
    expect(vi.getTimerCount()).toBe(0);
    vi.useRealTimers();
    expect(await vi.waitFor(() => 1, { timeout: 100 })).toBe(1);
    expect(await vi.waitUntil(() => 2)).toBe(2);
  });
  it('of Jest', () => {
    expect(jest.fn().mockReturnValue(1)()).toBe(1);
    expect(jest.now()).toBeTypeOf('number');
    jest.isolateModules(() => {});
  });
});

describe('plugin', () => {
  it('has a context', async () => {
    const ctx = createContext({ config: { a: 1 }, secrets: { KEY: 'k' }, store: { currency: 'EUR' } });
    expect(ctx.config.a).toBe(1);
    await loadPlugin({ config: {} });
    const mapped = mockFetch('GET https://api.example.com/*', { status: 200, json: {} });
    expect(mapped.times).toBe(0);
    expect(mockFetch.calls).toHaveLength(0);
    mockFetch.forget();
    mockFetch.reset();
  });
});

nodeTest('node:test', async (t) => {
  const call = t.mock.fn((a: number) => a + 1);
  assert.equal(call(1), 2);
  assert.equal(call.mock.callCount(), 1);
  const mocked = mock.module('./rate', { namedExports: { rate: () => 3 } });
  mocked.restore();
  await t.test('inner', (inner) => { inner.diagnostic(inner.name); });
  mock.timers.enable({ apis: ['setTimeout'], now: 0 });
  mock.timers.tick(1);
  mock.timers.reset();
});

// What must not pass.
export function wrong(): void {
  // @ts-expect-error a test has a name
  it(() => {});
  // @ts-expect-error no such matcher
  expect(1).toBeRoughly(1);
  // @ts-expect-error a length is a number
  expect([]).toHaveLength('1');
  // @ts-expect-error no such timer
  vi.useFakeTimers({ toFake: ['setTimeot'] });
  // @ts-expect-error a path is text
  vi.mock(5);
  // @ts-expect-error not a word of vi
  vi.mok('./rate');
  // @ts-expect-error the second input is text
  it.prop([gen.integer(), gen.string()])('x', (n, s) => n.toFixed() + s.toFixed());
  // @ts-expect-error no such generator
  gen.intager();
  // @ts-expect-error secrets are text
  createContext({ secrets: { KEY: 5 } });
  // @ts-expect-error numbers are compared
  expect(1).toBeGreaterThan('0');
  // @ts-expect-error it gives a promise
  vi.waitFor(() => 1).toFixed();
  // @ts-expect-error node has no such mock
  mock.modul('./other');
}
