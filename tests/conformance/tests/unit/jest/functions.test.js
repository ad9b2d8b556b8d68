class Till {
  constructor() { this.amount = 5; }
  get cash() { return this.amount; }
  set cash(value) { this.amount = value; }
  add(value) { this.amount += value; return this.amount; }
  static open() { return new Till(); }
}

describe('jest.fn', () => {
  it('records', () => {
    const fn = jest.fn((a) => a + 1);
    expect(fn(1)).toBe(2);
    expect(fn.mock.calls).toEqual([[1]]);
    expect(fn.mock.results).toEqual([{ type: 'return', value: 2 }]);
    expect(fn.mock.lastCall).toEqual([1]);
  });
  it('mockReset takes the implementation away', () => {
    const fn = jest.fn(() => 'made');
    fn.mockReset();
    expect(fn()).toBeUndefined();
  });
  it('mockRestore of a plain mock is a reset', () => {
    const fn = jest.fn(() => 'made');
    fn.mockRestore();
    expect(fn()).toBeUndefined();
  });
  it('mockClear keeps it', () => {
    const fn = jest.fn(() => 'made');
    fn();
    fn.mockClear();
    expect(fn.mock.calls).toEqual([]);
    expect(fn()).toBe('made');
  });
  it('once', () => {
    const fn = jest.fn().mockReturnValue('always').mockReturnValueOnce('one').mockImplementationOnce(() => 'two');
    expect([fn(), fn(), fn()]).toEqual(['one', 'two', 'always']);
  });
  it('promises', async () => {
    await expect(jest.fn().mockResolvedValue(1)()).resolves.toBe(1);
    await expect(jest.fn().mockRejectedValue(new Error('no'))()).rejects.toThrow('no');
  });
  it('is constructed', () => {
    const Made = jest.fn(function make(name) { this.name = name; });
    const one = new Made('a');
    expect(one.name).toBe('a');
    expect(Made.mock.instances).toHaveLength(1);
    expect(one).toBeInstanceOf(Made);
  });
  it('an arrow that gives an object is constructed, too', () => {
    const Made = jest.fn(() => ({ a: 1 }));
    expect(new Made().a).toBe(1);
  });
  it('names', () => {
    expect(jest.fn().getMockName()).toBe('jest.fn()');
    expect(jest.fn().mockName('mine').getMockName()).toBe('mine');
  });
  it('withImplementation', () => {
    const fn = jest.fn(() => 1);
    fn.withImplementation(() => 2, () => { expect(fn()).toBe(2); });
    expect(fn()).toBe(1);
  });
  it('getMockImplementation', () => {
    const call = () => 1;
    expect(jest.fn(call).getMockImplementation()).toBe(call);
    expect(jest.fn().getMockImplementation()).toBeUndefined();
  });
});

describe('jest.spyOn', () => {
  afterEach(() => { jest.restoreAllMocks(); });
  it('calls through', () => {
    const till = new Till();
    const spy = jest.spyOn(till, 'add');
    expect(till.add(1)).toBe(6);
    expect(spy).toHaveBeenCalledWith(1);
    spy.mockRestore();
    expect(jest.isMockFunction(till.add)).toBe(false);
  });
  it('getters and setters', () => {
    const till = new Till();
    jest.spyOn(till, 'cash', 'get').mockReturnValue(99);
    expect(till.cash).toBe(99);
    jest.restoreAllMocks();
    expect(till.cash).toBe(5);
    const set = jest.spyOn(till, 'cash', 'set');
    till.cash = 8;
    expect(set).toHaveBeenCalledWith(8);
  });
  it('of an object with its own getter', () => {
    const object = { get now() { return 1; } };
    jest.spyOn(object, 'now', 'get').mockReturnValue(2);
    expect(object.now).toBe(2);
  });
  it('a reset spy gives nothing', () => {
    const till = new Till();
    jest.spyOn(till, 'add').mockReset();
    expect(till.add(1)).toBeUndefined();
  });
  it('static', () => { jest.spyOn(Till, 'open').mockReturnValue('closed'); expect(Till.open()).toBe('closed'); });
  it('what is not there', () => { expect(() => jest.spyOn({}, 'nothing')).toThrow(); });
  it('restoreAllMocks keeps what was recorded', () => {
    const till = new Till();
    const spy = jest.spyOn(till, 'add');
    till.add(1);
    jest.restoreAllMocks();
    expect(spy).toHaveBeenCalledTimes(1);
  });
  it('restoreAllMocks leaves jest.fn alone', () => {
    const fn = jest.fn().mockReturnValue(2);
    jest.restoreAllMocks();
    expect(fn()).toBe(2);
  });
  it('resetAllMocks does not', () => {
    const fn = jest.fn(() => 1);
    jest.resetAllMocks();
    expect(fn()).toBeUndefined();
  });
  it('replaceProperty', () => {
    const object = { a: 1 };
    const replaced = jest.replaceProperty(object, 'a', 2);
    expect(object.a).toBe(2);
    replaced.replaceValue(3);
    expect(object.a).toBe(3);
    jest.restoreAllMocks();
    expect(object.a).toBe(1);
  });
});

describe('fake timers', () => {
  beforeEach(() => { jest.useFakeTimers(); });
  afterEach(() => { jest.useRealTimers(); });
  it('advance', () => {
    const called = jest.fn();
    setTimeout(called, 100);
    jest.advanceTimersByTime(99);
    expect(called).not.toHaveBeenCalled();
    jest.advanceTimersByTime(1);
    expect(called).toHaveBeenCalledTimes(1);
  });
  it('run all and pending', () => {
    const seen = [];
    setTimeout(() => { seen.push('a'); setTimeout(() => seen.push('b'), 5); }, 10);
    jest.runOnlyPendingTimers();
    expect(seen).toEqual(['a']);
    jest.runAllTimers();
    expect(seen).toEqual(['a', 'b']);
  });
  it('time', () => {
    jest.setSystemTime(new Date('2020-01-01T00:00:00Z'));
    expect(Date.now()).toBe(Date.UTC(2020, 0, 1));
    expect(jest.now()).toBe(Date.UTC(2020, 0, 1));
    jest.advanceTimersByTime(5);
    expect(Date.now()).toBe(Date.UTC(2020, 0, 1) + 5);
    expect(jest.getRealSystemTime()).not.toBe(Date.now());
  });
  it('async', async () => {
    const seen = [];
    (async () => { await new Promise((done) => { setTimeout(done, 10); }); seen.push('a'); })();
    await jest.advanceTimersByTimeAsync(10);
    expect(seen).toEqual(['a']);
  });
  it('to the next', () => {
    const called = jest.fn();
    setTimeout(called, 500);
    jest.advanceTimersToNextTimer();
    expect(called).toHaveBeenCalledTimes(1);
    expect(jest.getTimerCount()).toBe(0);
  });
  it('microtasks of the fake clock', () => {
    const called = jest.fn();
    queueMicrotask(called);
    jest.runAllTicks();
    expect(called).toHaveBeenCalledTimes(1);
  });
  it('doNotFake', () => {
    jest.useRealTimers();
    const RealDate = Date;
    jest.useFakeTimers({ doNotFake: ['Date'] });
    expect(Date).toBe(RealDate);
  });
  it('now', () => {
    jest.useFakeTimers({ now: 5 });
    expect(Date.now()).toBe(5);
  });
  it('clearAllTimers', () => { setTimeout(() => {}, 5); jest.clearAllTimers(); expect(jest.getTimerCount()).toBe(0); });
});

test('a callback', (done) => { setTimeout(done, 5); });
test('a callback with an error', (done) => { setTimeout(() => done(new Error('told')), 5); });
test.each([[1, 2], [3, 4]])('each %i %i', (a, b) => { expect(b - a).toBe(1); });
test.each([{ a: 1 }])('each $a', ({ a }) => { expect(a).toBe(1); });
test.failing('fails as it should', () => { throw new Error('yes'); });
test.skip('skipped', () => {});
test.todo('later');
xit('skipped as well', () => {});
describe.skip('a skipped group', () => { it('never', () => { throw new Error('no'); }); });
test('fails', () => { expect(1).toBe(2); });
test('asymmetric', () => {
  expect({ a: 1, b: ['x', 'y'] }).toEqual({ a: expect.any(Number), b: expect.arrayContaining(['y']) });
  expect('text').toEqual(expect.stringMatching(/t/));
  expect({ a: 1, b: 2 }).toMatchObject({ a: 1 });
});
