// `mock.timers` and mocks of `node:test` as Node 20 has them.

import test, { afterEach, describe, it, mock } from 'node:test';
import assert from 'node:assert/strict';

const APIS = ['setTimeout', 'setInterval', 'setImmediate'];

describe('mock.timers', () => {
  afterEach(() => { mock.timers.reset(); });
  it('fire when the clock is moved', (t) => {
    t.mock.timers.enable({ apis: ['setTimeout'] });
    const called = t.mock.fn();
    setTimeout(called, 100, 'a', 'b');
    t.mock.timers.tick(99);
    assert.equal(called.mock.callCount(), 0);
    t.mock.timers.tick(1);
    assert.equal(called.mock.callCount(), 1);
    assert.deepEqual(called.mock.calls[0].arguments, ['a', 'b']);
  });
  it('repeat', (t) => {
    t.mock.timers.enable({ apis: ['setInterval'] });
    const called = t.mock.fn();
    const id = setInterval(called, 10);
    t.mock.timers.tick(10);
    t.mock.timers.tick(10);
    clearInterval(id);
    t.mock.timers.tick(100);
    assert.equal(called.mock.callCount(), 2);
  });
  it('run all', (t) => {
    t.mock.timers.enable({ apis: APIS });
    const seen = [];
    setTimeout(() => seen.push('c'), 300);
    setTimeout(() => seen.push('b'), 200);
    t.mock.timers.runAll();
    assert.deepEqual(seen, ['b', 'c']);
  });
  it('are cleared', (t) => {
    t.mock.timers.enable({ apis: ['setTimeout'] });
    const called = t.mock.fn();
    clearTimeout(setTimeout(called, 1));
    t.mock.timers.tick(10);
    assert.equal(called.mock.callCount(), 0);
  });
  it('have a date', (t) => {
    t.mock.timers.enable({ apis: ['Date'], now: 1000 });
    assert.equal(Date.now(), 1000);
    assert.equal(new Date().getTime(), 1000);
    t.mock.timers.tick(500);
    assert.equal(Date.now(), 1500);
    t.mock.timers.setTime(9000);
    assert.equal(Date.now(), 9000);
  });
  it('have the date and the timers together', (t) => {
    t.mock.timers.enable({ apis: ['Date', 'setTimeout'] });
    assert.equal(Date.now(), 0);
    let seen = null;
    setTimeout(() => { seen = Date.now(); }, 50);
    t.mock.timers.tick(50);
    assert.equal(seen, 50);
  });
  it('are not enabled twice', (t) => {
    t.mock.timers.enable({ apis: ['setTimeout'] });
    assert.throws(() => t.mock.timers.enable({ apis: ['setTimeout'] }), { code: 'ERR_INVALID_STATE' });
  });
  it('do not move before they are enabled', (t) => { assert.throws(() => t.mock.timers.tick(1), { code: 'ERR_INVALID_STATE' }); });
  it('leave what is not named', (t) => {
    const { setInterval: real } = globalThis;
    t.mock.timers.enable({ apis: ['setTimeout'] });
    assert.equal(globalThis.setInterval, real);
  });
  it('go away', (t) => {
    const { setTimeout: real } = globalThis;
    t.mock.timers.enable({ apis: ['setTimeout'] });
    assert.notEqual(globalThis.setTimeout, real);
    t.mock.timers.reset();
    assert.equal(globalThis.setTimeout, real);
  });
});

describe('mocks', () => {
  it('record', (t) => {
    const add = t.mock.fn((a, b) => a + b);
    assert.equal(add.call({ self: 1 }, 1, 2), 3);
    const [call] = add.mock.calls;
    assert.deepEqual(call.arguments, [1, 2]);
    assert.equal(call.result, 3);
    assert.equal(call.error, undefined);
    assert.deepEqual(call.this, { self: 1 });
    assert.equal(call.target, undefined);
  });
  it('record what is thrown', (t) => {
    const fail = t.mock.fn(() => { throw new Error('no'); });
    assert.throws(() => fail(), /no/);
    assert.equal(fail.mock.calls[0].error.message, 'no');
  });
  it('answer another way a number of times', (t) => {
    const answer = t.mock.fn(() => 'usual', () => 'mocked', { times: 2 });
    assert.deepEqual([answer(), answer(), answer()], ['mocked', 'mocked', 'usual']);
  });
  it('answer once, at a call', (t) => {
    const answer = t.mock.fn(() => 'usual');
    answer.mock.mockImplementationOnce(() => 'now');
    answer.mock.mockImplementationOnce(() => 'third', 2);
    assert.deepEqual([answer(), answer(), answer(), answer()], ['now', 'usual', 'third', 'usual']);
  });
  it('stand for methods', (t) => {
    const object = { n: 2, double(x) { return x * this.n; } };
    const { double } = object;
    t.mock.method(object, 'double');
    assert.equal(object.double(4), 8);
    assert.equal(object.double.mock.callCount(), 1);
    object.double.mock.mockImplementation(() => 'x');
    assert.equal(object.double(1), 'x');
    object.double.mock.restore();
    assert.equal(object.double, double);
  });
  it('stand for getters and setters', (t) => {
    const object = { value: 5, get now() { return this.value; }, set now(value) { this.value = value; } };
    const get = t.mock.getter(object, 'now', () => 9);
    assert.equal(object.now, 9);
    assert.equal(get.mock.callCount(), 1);
    get.mock.restore();
    const set = t.mock.setter(object, 'now');
    object.now = 7;
    assert.equal(set.mock.callCount(), 1);
    assert.equal(object.value, 7);
  });
  it('are constructed', (t) => {
    class Point { constructor(x) { this.x = x; } }
    const Made = t.mock.fn(Point);
    const point = new Made(3);
    assert.equal(point.x, 3);
    assert.equal(Made.mock.calls[0].target, Point);
    assert.equal(Made.mock.calls[0].result, point);
  });
  it('count from zero again', (t) => {
    const call = t.mock.fn();
    call();
    call.mock.resetCalls();
    assert.equal(call.mock.callCount(), 0);
  });
  it('refuse what is no method', (t) => { assert.throws(() => t.mock.method({ a: 1 }, 'a'), { code: 'ERR_INVALID_ARG_VALUE' }); });
  it('are put back when a test ends', (t) => {
    t.mock.method(Math, 'max', () => 'mocked');
    assert.equal(Math.max(1, 2), 'mocked');
  });
  it('were put back', () => { assert.equal(Math.max(1, 2), 2); });
  it('are put back all at once', () => {
    mock.method(Math, 'min', () => 'mocked');
    assert.equal(Math.min(1, 2), 'mocked');
    mock.restoreAll();
    assert.equal(Math.min(1, 2), 1);
  });
});

test('a mock of a method of a class', (t) => {
  class Till { add(a) { return a; } }
  t.mock.method(Till.prototype, 'add', function add(a) { return [this instanceof Till, a]; });
  assert.deepEqual(new Till().add(1), [true, 1]);
});
