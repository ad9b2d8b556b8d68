import { describe, expect, it, test, vi } from 'vitest';

expect.extend({
  toBeWithin(received, low, high) {
    const pass = received >= low && received <= high;
    return { pass, message: () => `${received} ${this.isNot ? 'is' : 'is not'} within ${low} and ${high}` };
  },
  async toBeLater(received, wanted) { return { pass: (await received) === wanted, message: () => 'not later' }; },
});

describe('expect.extend', () => {
  it('a matcher', () => { expect(5).toBeWithin(1, 10); expect(50).not.toBeWithin(1, 10); });
  it('fails with its message', () => { expect(() => expect(50).toBeWithin(1, 10)).toThrow('50 is not within 1 and 10'); });
  it('fails turned round', () => { expect(() => expect(5).not.toBeWithin(1, 10)).toThrow('5 is within 1 and 10'); });
  it('stands in a value', () => { expect({ a: 5, b: 50 }).toEqual({ a: expect.toBeWithin(1, 10), b: expect.not.toBeWithin(1, 10) }); });
  it('can be async', async () => { await expect(Promise.resolve(1)).toBeLater(1); });
  it('works with resolves', async () => { await expect(Promise.resolve(5)).resolves.toBeWithin(1, 10); });
});

describe('counting', () => {
  it('assertions', () => { expect.assertions(2); expect(1).toBe(1); expect(2).toBe(2); });
  it('hasAssertions', () => { expect.hasAssertions(); expect(1).toBe(1); });
  it.fails('too few', () => { expect.assertions(2); expect(1).toBe(1); });
  it.fails('none', () => { expect.hasAssertions(); });
  it('async ones count', async () => { expect.assertions(1); await expect(Promise.reject(new Error('x'))).rejects.toThrow('x'); });
});

describe('soft and poll', () => {
  it('soft goes on', () => { expect.soft(1).toBe(1); });
  it.fails('soft fails in the end', () => { expect.soft(1).toBe(2); expect.soft(1).toBe(1); });
  it('poll', async () => {
    let value = 0;
    const timer = setInterval(() => { value += 1; }, 5);
    await expect.poll(() => value, { timeout: 500, interval: 5 }).toBe(3);
    clearInterval(timer);
  });
  it.fails('poll gives up', async () => { await expect.poll(() => 1, { timeout: 30, interval: 5 }).toBe(2); });
  it('poll turned round', async () => { await expect.poll(() => 1, { timeout: 30, interval: 5 }).not.toBe(2); });
});

describe('asymmetric', () => {
  it('any and anything', () => {
    expect({ a: 1, b: 'x', c: null }).toEqual({ a: expect.any(Number), b: expect.anything(), c: null });
    expect(() => expect(null).toEqual(expect.anything())).toThrow();
  });
  it('containing', () => {
    expect([1, 2, 3]).toEqual(expect.arrayContaining([3, 1]));
    expect({ a: 1, b: { c: 2 } }).toEqual(expect.objectContaining({ b: expect.objectContaining({ c: 2 }) }));
    expect('hello').toEqual(expect.stringContaining('ell'));
    expect('hello').toEqual(expect.stringMatching(/^h/));
    expect([1]).toEqual(expect.not.arrayContaining([2]));
    expect({ a: 1 }).toEqual(expect.not.objectContaining({ b: 1 }));
    expect(0.1 + 0.2).toEqual(expect.closeTo(0.3, 5));
  });
  it('in a call', () => {
    const fn = vi.fn();
    fn({ id: 1, at: new Date() });
    expect(fn).toHaveBeenCalledWith({ id: expect.any(Number), at: expect.any(Date) });
    expect(fn).toHaveBeenCalledWith(expect.objectContaining({ id: 1 }));
  });
});

describe('equality', () => {
  it('toEqual ignores undefined, toStrictEqual does not', () => {
    expect({ a: 1, b: undefined }).toEqual({ a: 1 });
    expect({ a: 1, b: undefined }).not.toStrictEqual({ a: 1 });
  });
  it('types', () => {
    class A { constructor() { this.a = 1; } }
    expect(new A()).toEqual({ a: 1 });
    expect(new A()).not.toStrictEqual({ a: 1 });
    expect([, 1]).toEqual([undefined, 1]);
    expect([, 1]).not.toStrictEqual([undefined, 1]);
  });
  it('collections', () => {
    expect(new Map([[{ a: 1 }, new Set([1])]])).toEqual(new Map([[{ a: 1 }, new Set([1])]]));
    expect(new Set([{ a: 1 }, { b: 2 }])).toEqual(new Set([{ b: 2 }, { a: 1 }]));
    expect(new Uint8Array([1, 2])).toEqual(new Uint8Array([1, 2]));
    expect(new Date(5)).toEqual(new Date(5));
    expect(/a/g).toEqual(/a/g);
    expect(/a/g).not.toEqual(/a/i);
  });
  it('errors', () => {
    expect(new Error('a')).toEqual(new Error('a'));
    expect(new Error('a')).not.toEqual(new Error('b'));
    expect(new TypeError('a')).not.toEqual(new Error('a'));
  });
  it('NaN, zero', () => {
    expect(NaN).toBe(NaN);
    expect(NaN).toEqual(NaN);
    expect(+0).not.toBe(-0);
    expect(+0).not.toEqual(-0);
  });
  it('circles', () => {
    const a = { name: 'x' }; a.self = a;
    const b = { name: 'x' }; b.self = b;
    expect(a).toEqual(b);
  });
  it('symbols', () => {
    const s = Symbol('s');
    expect({ [s]: 1 }).toEqual({ [s]: 1 });
    expect({ [s]: 1 }).not.toEqual({ [s]: 2 });
  });
  it('bigint and boxed', () => { expect(1n).toEqual(1n); expect(1n).not.toEqual(1); });
});

describe('errors', () => {
  class Odd extends Error { constructor(message) { super(message); this.name = 'Odd'; this.code = 7; } }
  const odd = () => { throw new Odd('it is odd'); };
  it('by class, text, pattern, object', () => {
    expect(odd).toThrow();
    expect(odd).toThrow(Odd);
    expect(odd).toThrow('odd');
    expect(odd).toThrow(/^it is/);
    expect(odd).toThrow(expect.objectContaining({ code: 7 }));
    expect(odd).not.toThrow(TypeError);
  });
  it('rejections', async () => {
    await expect(Promise.reject(new Odd('x'))).rejects.toThrow(Odd);
    await expect(Promise.reject(new Odd('x'))).rejects.toMatchObject({ code: 7 });
    await expect(async () => { throw new Odd('y'); }).rejects.toThrow('y');
  });
  it.fails('no throw', () => { expect(() => {}).toThrow(); });
  it.fails('a promise that resolves', async () => { await expect(Promise.resolve(1)).rejects.toThrow(); });
});

describe('each', () => {
  it.each([[1, 1, 2], [1, 2, 3]])('add(%i, %i) -> %i', (a, b, sum) => { expect(a + b).toBe(sum); });
  it.each([{ a: 1, b: { c: 'x' } }, { a: 2, b: { c: 'y' } }])('row $a of $b.c', ({ a }) => { expect(a).toBeGreaterThan(0); });
  it.each(['x', 'y'])('one %s', (value) => { expect(value).toMatch(/x|y/); });
  it.each`
    a    | b    | sum
    ${1} | ${1} | ${2}
    ${2} | ${3} | ${5}
  `('$a + $b = $sum', ({ a, b, sum }) => { expect(a + b).toBe(sum); });
  it.for([[1, 2]])('for %i', ([a, b]) => { expect(a + b).toBe(3); });
  describe.each([{ n: 1 }, { n: 2 }])('group $n', ({ n }) => { it('runs', () => { expect(n).toBeLessThan(3); }); });
  it.each([1, 2])('number %# is %d', (n) => { expect(n).toBeGreaterThan(0); });
  it.each([[{ a: 1 }]])('json %j', (value) => { expect(value.a).toBe(1); });
});

describe('more matchers', () => {
  it('toHaveProperty', () => {
    const object = { a: { b: [{ c: 1 }] }, 'x.y': 2 };
    expect(object).toHaveProperty('a.b[0].c', 1);
    expect(object).toHaveProperty(['x.y'], 2);
    expect(object).not.toHaveProperty('a.z');
  });
  it('toSatisfy, toBeOneOf, toBeTypeOf', () => {
    expect(4).toSatisfy((n) => n % 2 === 0);
    expect('a').toBeOneOf(['a', 'b']);
    expect('a').toBeTypeOf('string');
  });
  it('toContain', () => { expect([1, 2]).toContain(1); expect('abc').toContain('b'); expect(new Set([3])).toContain(3); });
  it('calls', () => {
    const fn = vi.fn((a) => a);
    fn(1); fn(2);
    expect(fn).toHaveBeenCalledTimes(2);
    expect(fn).toHaveBeenNthCalledWith(2, 2);
    expect(fn).toHaveBeenLastCalledWith(2);
    expect(fn).toHaveReturnedWith(1);
    expect(fn).toHaveNthReturnedWith(2, 2);
    expect(fn).toHaveLastReturnedWith(2);
    expect(fn).not.toHaveBeenCalledExactlyOnceWith(1);
  });
  it('resolved', async () => {
    const fn = vi.fn(async (a) => a);
    await fn(1);
    expect(fn).toHaveResolved();
    expect(fn).toHaveResolvedWith(1);
    expect(fn).toHaveResolvedTimes(1);
  });
});

test.skip('skipped', () => {});
test.todo('later');
test.skipIf(true)('skipped by a condition', () => {});
test.runIf(true)('runs by a condition', () => {});
test('skips itself', (context) => { context.skip(); });
test('fails', () => { expect({ a: 1 }).toEqual({ a: 2 }); });
test('throws', () => { throw new TypeError('as it should'); });
test('rejects', async () => { await Promise.reject(new Error('late')); });
test('takes too long', { timeout: 20 }, async () => { await new Promise((done) => { setTimeout(done, 200); }); });
test('retries', { retry: 3 }, ({ task }) => { expect((task.result?.retryCount ?? 2) >= 0).toBe(true); });
