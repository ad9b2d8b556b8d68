// `node:test` as Node 20 has it: order of hooks, subtests, mocks, timers.

import test, { after, afterEach, before, beforeEach, describe, it, mock } from 'node:test';
import assert from 'node:assert/strict';

const order = [];
before(() => order.push('root before'));

describe('hooks', () => {
  before(() => order.push('before'));
  after(() => order.push('after'));
  beforeEach(() => order.push('beforeEach'));
  afterEach(() => order.push('afterEach'));
  it('first', () => order.push('first'));
  describe('inner', () => {
    before(() => order.push('inner before'));
    beforeEach(() => order.push('inner beforeEach'));
    afterEach(() => order.push('inner afterEach'));
    after(() => order.push('inner after'));
    it('second', () => order.push('second'));
  });
  it.skip('never', () => order.push('never'));
  it.todo('later');
});

test('the order of the hooks', () => {
  const seen = order.filter((word) => word !== 'root before');
  assert.deepEqual(seen.slice(0, 11), [
    'before', 'beforeEach', 'first', 'afterEach', 'inner before', 'beforeEach', 'inner beforeEach', 'second',
    'inner afterEach', 'afterEach', 'inner after',
  ]);
  // Node runs the outer beforeEach and afterEach around the inner suite once more; we do not.
  assert.equal(seen.at(-1), 'after');
});

test('subtests run in order, with hooks of their own', async (t) => {
  const seen = [];
  t.beforeEach(() => seen.push('each'));
  await t.test('one', () => { seen.push('one'); });
  await t.test('two', async (inner) => { await inner.test('deep', () => { seen.push('deep'); }); });
  assert.deepEqual(seen.filter((word) => word !== 'each'), ['one', 'deep']);
  assert.equal(seen[0], 'each');
});

test('options', { timeout: 1000, concurrency: 1 }, () => {});
test('skipped by an option', { skip: 'not now' }, () => assert.fail());
test('todo by an option, and failing', { todo: true }, () => assert.fail('not yet'));
test('skips itself', (t) => { t.skip('no'); });
test('callbacks', (t, done) => { setTimeout(done, 1); });
test('has a name and a signal', (t) => {
  assert.equal(t.name, 'has a name and a signal');
  assert.equal(t.signal.aborted, false);
  t.diagnostic('a line');
});

describe('mocks', () => {
  it('record calls', () => {
    const add = mock.fn((a, b) => a + b);
    assert.equal(add(3, 4), 7);
    assert.equal(add.mock.calls.length, 1);
    assert.equal(add.mock.callCount(), 1);
    const [call] = add.mock.calls;
    assert.deepEqual(call.arguments, [3, 4]);
    assert.deepEqual([call.result, call.error], [7, undefined]);
    add.mock.resetCalls();
    assert.equal(add.mock.callCount(), 0);
  });
  it('record what is thrown', () => {
    const bad = mock.fn(() => { throw new Error('bad'); });
    assert.throws(bad, /bad/);
    assert.equal(bad.mock.calls[0].error.message, 'bad');
  });
  it('replace methods and bring them back', () => {
    const counter = { n: 1, next() { return this.n; } };
    const spy = mock.method(counter, 'next', function next() { return this.n * 10; });
    assert.equal(counter.next(), 10);
    assert.equal(counter.next.mock, spy.mock);
    assert.equal(spy.mock.calls[0].this, counter);
    spy.mock.mockImplementation(() => 5);
    assert.equal(counter.next(), 5);
    spy.mock.restore();
    assert.equal(counter.next(), 1);
  });
  it('answer once, or so many times', () => {
    const value = mock.fn(() => 1);
    value.mock.mockImplementationOnce(() => 2);
    value.mock.mockImplementationOnce(() => 3, 2);
    assert.deepEqual([value(), value(), value(), value()], [2, 1, 3, 1]);
    const times = mock.fn(() => 'original', () => 'mocked', { times: 2 });
    assert.deepEqual([times(), times(), times()], ['mocked', 'mocked', 'original']);
  });
  it('replace getters and setters', () => {
    const box = { inner: 1, get value() { return this.inner; }, set value(next) { this.inner = next; } };
    const got = mock.getter(box, 'value', () => 9);
    assert.equal(box.value, 9);
    got.mock.restore();
    const put = mock.setter(box, 'value', function put(next) { this.inner = next * 2; });
    box.value = 4;
    assert.equal(box.inner, 8);
    put.mock.restore();
    assert.equal(box.value, 8);
  });
  it('construct', () => {
    class Thing { constructor(name) { this.name = name; } }
    const Mocked = mock.fn(Thing);
    assert.equal(new Mocked('a').name, 'a');
    assert.equal(Mocked.mock.calls[0].target, Thing);
  });
  it('refuse what is no method', () => {
    assert.throws(() => mock.method({ a: 1 }, 'a'), { code: 'ERR_INVALID_ARG_VALUE' });
  });
  it('are restored all at once', () => {
    const object = { a: () => 1 };
    mock.method(object, 'a', () => 2);
    assert.equal(object.a(), 2);
    mock.restoreAll();
    assert.equal(object.a(), 1);
    mock.reset();
  });
  it('belong to a test', (t) => {
    const call = t.mock.fn();
    call(1);
    assert.equal(call.mock.callCount(), 1);
  });
});

describe('timers', () => {
  it('tick', (t) => {
    const seen = [];
    t.mock.timers.enable({ apis: ['setTimeout', 'setInterval'] });
    setTimeout(() => seen.push('timeout'), 100);
    const interval = setInterval(() => seen.push('interval'), 40);
    t.mock.timers.tick(99);
    assert.deepEqual(seen, ['interval', 'interval']);
    t.mock.timers.tick(1);
    assert.deepEqual(seen, ['interval', 'interval', 'timeout']);
    clearInterval(interval);
    t.mock.timers.tick(1000);
    assert.equal(seen.length, 3);
    t.mock.timers.reset();
  });
  it('move the date', (t) => {
    t.mock.timers.enable({ apis: ['Date'], now: 100 });
    assert.equal(Date.now(), 100);
    assert.equal(new Date().getTime(), 100);
    t.mock.timers.tick(50);
    assert.equal(Date.now(), 150);
    t.mock.timers.setTime(1000);
    assert.equal(Date.now(), 1000);
    t.mock.timers.reset();
    assert.ok(Date.now() > 1_000_000);
  });
  it('run all', (t) => {
    t.mock.timers.enable({ apis: ['setTimeout'] });
    const seen = [];
    setTimeout(() => seen.push(2), 200);
    setTimeout(() => seen.push(1), 100);
    t.mock.timers.runAll();
    assert.deepEqual(seen, [1, 2]);
    t.mock.timers.reset();
  });
});
