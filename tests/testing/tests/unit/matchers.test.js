// `expect` as Vitest and Jest users know it: what holds, and what says no.

import { describe, expect, it, vi } from 'vitest';

const says = (call) => { try { call(); } catch (error) { return error.message; } return 'nothing'; };
class Point { constructor(x) { this.x = x; } }

describe('every matcher holds, and its opposite says no', () => {
  const table = [
    ['toBe', 1, [1], [2]],
    ['toEqual', { a: undefined, b: [1] }, [{ b: [1] }], [{ b: [2] }]],
    ['toStrictEqual', new Point(1), [new Point(1)], [{ x: 1 }]],
    ['toStrictEqual', [undefined], [[undefined]], [[,]]],
    ['toMatchObject', { a: { b: 1, c: 2 }, d: [1, { e: 2, f: 3 }] }, [{ a: { b: 1 }, d: [1, { e: 2 }] }], [{ a: { b: 2 } }]],
    ['toContain', [1, 2], [2], [3]],
    ['toContain', 'abc', ['b'], ['d']],
    ['toContain', new Set([1]), [1], [2]],
    ['toContainEqual', [{ a: 1 }], [{ a: 1 }], [{ a: 2 }]],
    ['toHaveLength', [1, 2], [2], [3]],
    ['toHaveProperty', { a: { b: [5] } }, ['a.b[0]', 5], ['a.b[1]']],
    ['toHaveProperty', { 'a.b': 1 }, ['a.b'], ['a.c']],
    ['toHaveProperty', { 'a.b': 1 }, [['a.b'], 1], [['a', 'b']]],
    ['toMatch', 'hello', [/^h/], [/x/]],
    ['toMatch', 'hello', ['ell'], ['x']],
    ['toBeNull', null, [], null],
    ['toBeDefined', 0, [], null],
    ['toBeTruthy', 1, [], null],
    ['toBeNaN', NaN, [], null],
    ['toBeGreaterThan', 2, [1], [2]],
    ['toBeGreaterThanOrEqual', 2n, [2], [3]],
    ['toBeLessThan', 1, [2], [1]],
    ['toBeLessThanOrEqual', 1, [1], [0]],
    ['toBeCloseTo', 0.1 + 0.2, [0.3], [0.4]],
    ['toBeCloseTo', 1.234, [1.23, 1], [1.5, 1]],
    ['toBeInstanceOf', new Point(1), [Point], [Map]],
    ['toBeTypeOf', 'x', ['string'], ['number']],
    ['toBeOneOf', 2, [[1, 2]], [[3]]],
    ['toSatisfy', 2, [(n) => n % 2 === 0], [(n) => n > 5]],
    ['toThrow', () => { throw new TypeError('bad thing'); }, [], null],
    ['toThrow', () => { throw new TypeError('bad thing'); }, ['thing'], ['good']],
    ['toThrow', () => { throw new TypeError('bad thing'); }, [/^bad/], [/good/]],
    ['toThrow', () => { throw new TypeError('bad thing'); }, [TypeError], [RangeError]],
    ['toThrow', () => { throw new TypeError('bad thing'); }, [new Error('bad thing')], [new Error('bad')]],
    ['toThrow', () => { throw new TypeError('bad thing'); }, [expect.objectContaining({ name: 'TypeError' })], [expect.objectContaining({ name: 'Error' })]],
    ['toThrowError', () => { throw new Error('x'); }, ['x'], ['y']],
  ];
  it.each(table)('%s of %o', (name, actual, good, bad) => {
    expect(actual)[name](...good);
    expect(() => expect(actual).not[name](...good)).toThrow('not ');
    if (bad === null) return;
    expect(actual).not[name](...bad);
    expect(() => expect(actual)[name](...bad)).toThrow();
  });
});

describe('asymmetric matchers', () => {
  it('stand inside values', () => {
    expect({ id: 'a1', at: new Date(), n: 0.30000000000000004, list: [1, 2, 3], text: 'hello', extra: 1 }).toEqual({
      id: expect.any(String), at: expect.any(Date), n: expect.closeTo(0.3), list: expect.arrayContaining([3, 1]),
      text: expect.stringMatching(/^h/), extra: expect.anything(),
    });
    expect([1, 2]).toEqual(expect.arrayOf(expect.any(Number)));
    expect({ a: 1 }).toEqual(expect.not.objectContaining({ b: 1 }));
    expect('abc').toEqual(expect.not.stringContaining('x'));
    expect({ f() {} }).toEqual({ f: expect.any(Function) });
  });
  it('say no', () => {
    expect({ a: null }).not.toEqual({ a: expect.anything() });
    expect({ a: 1 }).not.toEqual({ a: expect.any(String) });
    expect([1, 'x']).not.toEqual(expect.arrayOf(expect.any(Number)));
    expect(says(() => expect({ a: 1 }).toEqual({ a: expect.any(String) }))).toContain('any(String)');
  });
});

describe('promises', () => {
  it('resolve and reject', async () => {
    await expect(Promise.resolve(1)).resolves.toBe(1);
    await expect(Promise.reject(new TypeError('bad'))).rejects.toThrow('bad');
    await expect(Promise.reject(new TypeError('bad'))).rejects.toThrow(TypeError);
    await expect(Promise.reject(new TypeError('bad'))).rejects.toMatchObject({ message: 'bad' });
    await expect(async () => { throw new Error('x'); }).rejects.toThrow();
    await expect(Promise.resolve(1)).resolves.not.toBe(2);
    await expect(expect(Promise.resolve(1)).rejects.toThrow()).rejects.toThrow('to reject, it resolved to 1');
    await expect(expect(Promise.reject(new Error('no'))).resolves.toBe(1)).rejects.toThrow('it rejected with Error: no');
    await expect(expect(1).resolves.toBe(1)).rejects.toThrow('must be a promise');
  });
  it('are asked again', async () => {
    let n = 0;
    await expect.poll(() => (n += 1), { interval: 1 }).toBe(3);
  });
});

describe('mock functions', () => {
  it('record calls and results', async () => {
    const f = vi.fn((x) => x + 1);
    expect(f).not.toHaveBeenCalled();
    f(1); f(2);
    expect(f).toHaveBeenCalledTimes(2);
    expect(f).toHaveBeenCalledWith(1);
    expect(f).toHaveBeenLastCalledWith(2);
    expect(f).toHaveBeenNthCalledWith(1, 1);
    expect(f).toHaveReturnedWith(3);
    expect(f).toHaveNthReturnedWith(1, 2);
    expect(f.mock.calls).toEqual([[1], [2]]);
    expect(f.mock.lastCall).toEqual([2]);
    const once = vi.fn();
    once('a', { b: 1 });
    expect(once).toHaveBeenCalledOnce();
    expect(once).toHaveBeenCalledExactlyOnceWith('a', expect.objectContaining({ b: 1 }));
    expect(f).toHaveBeenCalledBefore(once);
    expect(says(() => expect(f).toHaveBeenCalledWith(9))).toContain('it was called 2 times');
    expect(says(() => expect(() => {}).toHaveBeenCalled())).toContain('must be a mock function');
  });
  it('answer as told', async () => {
    const f = vi.fn().mockReturnValue('always').mockReturnValueOnce('first').mockImplementationOnce(() => 'second');
    expect([f(), f(), f(), f()]).toEqual(['first', 'second', 'always', 'always']);
    const later = vi.fn().mockResolvedValue(1).mockRejectedValueOnce(new Error('once'));
    await expect(later()).rejects.toThrow('once');
    await expect(later()).resolves.toBe(1);
    await expect(later).toHaveResolvedWith(1);
    expect(f.getMockName()).toBe('vi.fn()');
    expect(f.mockName('named').getMockName()).toBe('named');
    f.mockClear();
    expect(f).not.toHaveBeenCalled();
    expect(f()).toBe('always');
    f.mockReset();
    expect(f()).toBe(undefined);
    const inside = [];
    expect(f.withImplementation(() => 7, () => { inside.push(f()); })).toBe(f);
    expect(inside).toEqual([7]);
  });
  it('construct and keep `this`', () => {
    const Made = vi.fn(function Made(x) { this.x = x; });
    expect(new Made(3).x).toBe(3);
    const self = { f: vi.fn().mockReturnThis() };
    expect(self.f()).toBe(self);
    expect(self.f.mock.contexts[0]).toBe(self);
  });
  it('spy', () => {
    const object = { n: 2, get value() { return 1; }, double(x) { return x * this.n; } };
    const spy = vi.spyOn(object, 'double');
    expect(object.double(4)).toBe(8);
    expect(spy).toHaveBeenCalledWith(4);
    spy.mockReturnValue(0);
    expect(object.double(4)).toBe(0);
    spy.mockRestore();
    expect(object.double(4)).toBe(8);
    const got = vi.spyOn(object, 'value', 'get').mockReturnValue(5);
    expect(object.value).toBe(5);
    expect(got).toHaveBeenCalled();
    vi.restoreAllMocks();
    expect(object.value).toBe(1);
    expect(got).not.toHaveBeenCalled();
    expect(() => vi.spyOn(object, 'missing')).toThrow('no `missing`');
  });
  it('stand for globals', () => {
    vi.stubGlobal('answer', 42);
    expect(globalThis.answer).toBe(42);
    vi.unstubAllGlobals();
    expect(globalThis.answer).toBe(undefined);
    // Only a call that the reader sees is hoisted.
    const { mock } = vi;
    expect(() => mock('./x.js')).toThrow('calls it by that name');
  });
});

describe('expect itself', () => {
  it('counts assertions', () => {
    expect.assertions(2);
    expect(1).toBe(1);
    expect(2).toBe(2);
  });
  it('grows', () => {
    expect.extend({
      toBeEven(received) { return { pass: received % 2 === 0, message: () => `${received} is ${this.isNot ? '' : 'not '}even` }; },
      async toBeLater(received) { return { pass: (await received) === 1, message: () => 'later' }; },
    });
    expect(2).toBeEven();
    expect(3).not.toBeEven();
    expect({ n: 2 }).toEqual({ n: expect.toBeEven() });
    expect({ n: 3 }).toEqual({ n: expect.not.toBeEven() });
    expect(says(() => expect(3).toBeEven())).toBe('3 is not even');
    return expect(Promise.resolve(1)).toBeLater();
  });
  it('has words', () => {
    expect(says(() => expect(1, 'the answer').toBe(2))).toBe('the answer: expected 1 to be 2');
    expect(expect.getState().currentTestName).toBe('expect itself > has words');
    expect(() => expect.unreachable()).toThrow();
  });
  it.fails('can go on after a failure', () => {
    expect.soft(1).toBe(2);
    expect.soft(1).toBe(1);
  });
});
