// Subtests, hooks of tests, options and contexts of `node:test` as Node 20 has them.

import test, { after, before, beforeEach, describe, it, suite } from 'node:test';
import assert from 'node:assert/strict';

const order = [];

test('subtests', async (t) => {
  await t.test('first', () => { order.push('first'); });
  await t.test('second', async (inner) => {
    await inner.test('deep', (deep) => { order.push(`deep ${deep.name}`); });
    await inner.test('deep and skipped', { skip: true }, () => { order.push('never'); });
    order.push('second');
  });
  await t.test('todo', { todo: 'one day' }, () => { order.push('todo'); });
  await t.test('skips itself', (inner) => { inner.skip('not today'); order.push('skips'); });
  assert.deepEqual(order, ['first', 'deep deep', 'second', 'todo', 'skips']);
});

test('hooks of a test', async (t) => {
  const seen = [];
  t.before(() => seen.push('before'));
  t.after(() => seen.push('after'));
  t.beforeEach(() => seen.push('beforeEach'));
  t.afterEach(() => seen.push('afterEach'));
  await t.test('one', () => { seen.push('one'); });
  await t.test('two', () => { seen.push('two'); });
  assert.deepEqual(seen.filter((word) => word !== 'before'), ['beforeEach', 'one', 'afterEach', 'beforeEach', 'two', 'afterEach']);
});

test('subtests that fail are expected to', async (t) => {
  await t.test('todo that fails', { todo: true }, () => { throw new Error('not yet'); });
});

test('a test that is started and not awaited', (t) => {
  const work = t.test('inner', async () => { await null; order.push('inner'); });
  return work.then(() => { assert.equal(order.at(-1), 'inner'); });
});

test('options come second', { timeout: 5000, skip: false, todo: false, concurrency: 2 }, () => {});
test('an async test', async () => { await new Promise((done) => { setTimeout(done, 5); }); });
test('a callback', (t, done) => { setImmediate(done); });
test((t) => { assert.equal(t.name, '<anonymous>'); });
test(function named(t) { assert.equal(t.name, 'named'); });
test('skipped with a reason', { skip: 'a reason' }, () => { throw new Error('never'); });
test('todo without a body', { todo: true });
test.skip('skip', () => { throw new Error('never'); });
test.todo('todo');
it('it', () => {});
it.skip('it.skip', () => { throw new Error('never'); });

suite('a suite', () => {
  const seen = [];
  before(() => seen.push('before'));
  beforeEach(() => seen.push('each'));
  after(() => { assert.deepEqual(seen, ['before', 'each', 'a', 'each', 'b']); });
  test('a', () => { seen.push('a'); });
  test('b', async () => { await null; seen.push('b'); });
});

describe('a group', () => {
  describe('in a group', () => { it('has a test', () => {}); });
  describe('with options', { timeout: 1000 }, () => { it('has a test', () => {}); });
  describe.skip('skipped', () => { it('never', () => { throw new Error('never'); }); });
});

describe('an async group', async () => {
  await null;
  it('has tests', () => {});
});

test('the context', async (t) => {
  assert.equal(t.name, 'the context');
  assert.ok(t.signal instanceof AbortSignal);
  assert.equal(typeof t.diagnostic, 'function');
  assert.equal(typeof t.mock.fn, 'function');
  t.diagnostic('said');
});

// Node 22 has these; Node 20 skips them here.
test('newer: assert and plan', (t) => {
  if (typeof t.plan !== 'function') return;
  t.plan(2);
  t.assert.equal(1, 1);
  t.assert.deepStrictEqual({ a: 1 }, { a: 1 });
});
test('newer: snapshots', (t) => {
  if (typeof t.assert?.snapshot !== 'function' || t.assert.equal === assert.equal) return;
  t.assert.snapshot({ a: 1, list: ['x'] });
});
