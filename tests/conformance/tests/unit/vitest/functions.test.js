import { afterEach, describe, expect, it, test, vi } from 'vitest';

class Till {
  #cash = 5;
  get cash() { return this.#cash; }
  set cash(value) { this.#cash = value; }
  add(value) { this.#cash += value; return this.#cash; }
  static open() { return new Till(); }
}

describe('vi.fn', () => {
  it('records calls, results, contexts', () => {
    const fn = vi.fn(function call(a) { return a * this.by; });
    expect(fn.call({ by: 3 }, 2)).toBe(6);
    expect(fn.mock.calls).toEqual([[2]]);
    expect(fn.mock.results).toEqual([{ type: 'return', value: 6 }]);
    expect(fn.mock.contexts).toEqual([{ by: 3 }]);
    expect(fn.mock.lastCall).toEqual([2]);
  });
  it('throws and records it', () => {
    const fn = vi.fn(() => { throw new Error('x'); });
    expect(() => fn()).toThrow('x');
    expect(fn.mock.results[0].type).toBe('throw');
  });
  it('once comes before always', () => {
    const fn = vi.fn().mockReturnValue('always').mockReturnValueOnce('one').mockImplementationOnce(() => 'two');
    expect([fn(), fn(), fn()]).toEqual(['one', 'two', 'always']);
  });
  it('resolves and rejects', async () => {
    const fn = vi.fn().mockResolvedValueOnce(1).mockRejectedValueOnce(new Error('no'));
    await expect(fn()).resolves.toBe(1);
    await expect(fn()).rejects.toThrow('no');
    expect(fn.mock.settledResults).toEqual([{ type: 'fulfilled', value: 1 }, { type: 'rejected', value: new Error('no') }]);
  });
  it('mockReset goes back to what it was made with', () => {
    const fn = vi.fn(() => 'made');
    fn.mockReturnValue('told');
    expect(fn()).toBe('told');
    fn.mockReset();
    expect(fn()).toBe('made');
    expect(fn.mock.calls).toHaveLength(1);
  });
  it('mockClear keeps what was told', () => {
    const fn = vi.fn().mockReturnValue(1);
    fn();
    fn.mockClear();
    expect(fn.mock.calls).toEqual([]);
    expect(fn()).toBe(1);
  });
  it('withImplementation', async () => {
    const fn = vi.fn(() => 1);
    fn.withImplementation(() => 2, () => { expect(fn()).toBe(2); });
    expect(fn()).toBe(1);
    await fn.withImplementation(() => 3, async () => { expect(fn()).toBe(3); });
    expect(fn()).toBe(1);
  });
  it('is constructed', () => {
    const Made = vi.fn(function Made(name) { this.name = name; });
    const one = new Made('a');
    expect(one.name).toBe('a');
    expect(one).toBeInstanceOf(Made);
    expect(Made.mock.instances[0]).toBe(one);
  });
  it('an arrow is no constructor', () => {
    const Made = vi.fn(() => ({ a: 1 }));
    expect(() => new Made()).toThrow(TypeError);
  });
  it('getMockName and getMockImplementation', () => {
    const call = () => 1;
    const fn = vi.fn(call);
    expect(fn.getMockImplementation()).toBe(call);
    expect(vi.fn().getMockName()).toBe('vi.fn()');
    expect(vi.fn().mockName('mine').getMockName()).toBe('mine');
  });
  it('mockReturnThis', () => {
    const object = { call: vi.fn().mockReturnThis() };
    expect(object.call()).toBe(object);
  });
  it('the order of calls', () => {
    const [a, b] = [vi.fn(), vi.fn()];
    a(); b();
    expect(a).toHaveBeenCalledBefore(b);
    expect(b).toHaveBeenCalledAfter(a);
  });
});

describe('vi.spyOn', () => {
  afterEach(() => { vi.restoreAllMocks(); });
  it('a method', () => {
    const till = new Till();
    const spy = vi.spyOn(till, 'add');
    expect(till.add(1)).toBe(6);
    expect(spy).toHaveBeenCalledWith(1);
    spy.mockRestore();
    expect(vi.isMockFunction(till.add)).toBe(false);
    expect(Object.hasOwn(till, 'add')).toBe(false);
  });
  it('a getter', () => {
    const till = new Till();
    const spy = vi.spyOn(till, 'cash', 'get').mockReturnValue(99);
    expect(till.cash).toBe(99);
    expect(spy).toHaveBeenCalledOnce();
    spy.mockRestore();
    expect(till.cash).toBe(5);
  });
  it('a setter', () => {
    const till = new Till();
    const spy = vi.spyOn(till, 'cash', 'set');
    till.cash = 7;
    expect(spy).toHaveBeenCalledWith(7);
    expect(till.cash).toBe(7);
  });
  it('a setter that does nothing', () => {
    const till = new Till();
    vi.spyOn(till, 'cash', 'set').mockImplementation(() => {});
    till.cash = 7;
    expect(till.cash).toBe(5);
  });
  it('a getter of a plain object', () => {
    const object = { get now() { return 1; } };
    vi.spyOn(object, 'now', 'get').mockImplementation(() => 2);
    expect(object.now).toBe(2);
    vi.restoreAllMocks();
    expect(object.now).toBe(1);
  });
  it('the prototype', () => {
    vi.spyOn(Till.prototype, 'add').mockReturnValue('mocked');
    expect(new Till().add(1)).toBe('mocked');
    vi.restoreAllMocks();
    expect(new Till().add(1)).toBe(6);
  });
  it('a static method', () => {
    const spy = vi.spyOn(Till, 'open');
    expect(Till.open()).toBeInstanceOf(Till);
    expect(spy).toHaveBeenCalledTimes(1);
  });
  it('twice gives the same spy', () => {
    const till = new Till();
    expect(vi.spyOn(till, 'add')).toBe(vi.spyOn(till, 'add'));
  });
  it('what is not there', () => { expect(() => vi.spyOn({}, 'nothing')).toThrow(); });
  it('what is no function', () => { expect(() => vi.spyOn({ a: 1 }, 'a')).toThrow(); });
  it('mockReset of a spy calls the original', () => {
    const till = new Till();
    const spy = vi.spyOn(till, 'add').mockReturnValue(0);
    spy.mockReset();
    expect(till.add(1)).toBe(6);
  });
  it('restoreAllMocks leaves vi.fn alone', () => {
    const fn = vi.fn(() => 1).mockReturnValue(2);
    vi.restoreAllMocks();
    expect(fn()).toBe(2);
  });
  it('resetAllMocks does not', () => {
    const fn = vi.fn(() => 1).mockReturnValue(2);
    vi.resetAllMocks();
    expect(fn()).toBe(1);
  });
});

describe('stubs', () => {
  it('stubGlobal', () => {
    vi.stubGlobal('__FLAG__', 5);
    expect(globalThis.__FLAG__).toBe(5);
    expect(__FLAG__).toBe(5);
    vi.stubGlobal('__FLAG__', 6);
    vi.unstubAllGlobals();
    expect('__FLAG__' in globalThis).toBe(false);
  });
  it('stubGlobal over what is there', () => {
    const real = globalThis.structuredClone;
    vi.stubGlobal('structuredClone', () => 'stub');
    expect(structuredClone(1)).toBe('stub');
    vi.unstubAllGlobals();
    expect(structuredClone).toBe(real);
  });
  it('stubEnv', () => {
    vi.stubEnv('DAINO_TEST_KEY', 'one');
    expect(process.env.DAINO_TEST_KEY).toBe('one');
    expect(import.meta.env.DAINO_TEST_KEY).toBe('one');
    vi.stubEnv('DAINO_TEST_KEY', 'two');
    expect(process.env.DAINO_TEST_KEY).toBe('two');
    vi.unstubAllEnvs();
    expect(globalThis.process?.env.DAINO_TEST_KEY).toBe(undefined);
  });
  it('chains', () => { expect(vi.stubEnv('DAINO_TEST_A', '1')).toBe(vi); vi.unstubAllEnvs(); });
});

test('isMockFunction', () => {
  expect(vi.isMockFunction(vi.fn())).toBe(true);
  expect(vi.isMockFunction(() => {})).toBe(false);
  expect(vi.isMockFunction(undefined)).toBe(false);
});
