// `node:events` as libraries use it.

import test from 'node:test';
import assert from 'node:assert/strict';
import events, { EventEmitter, errorMonitor, getEventListeners, on, once } from 'node:events';

test('once as a promise', async () => {
  const emitter = new EventEmitter();
  queueMicrotask(() => emitter.emit('x', 1, 2));
  assert.deepEqual(await once(emitter, 'x'), [1, 2]);
  assert.equal(emitter.listenerCount('error'), 0);
  queueMicrotask(() => emitter.emit('error', new Error('no')));
  await assert.rejects(once(emitter, 'x'), /no/);
  assert.equal(emitter.listenerCount('x'), 0);
  queueMicrotask(() => emitter.emit('error', 'e'));
  assert.deepEqual(await once(emitter, 'error'), ['e']);
});

test('once with a signal and with an EventTarget', async () => {
  const emitter = new EventEmitter();
  const controller = new AbortController();
  const waiting = once(emitter, 'x', { signal: controller.signal });
  controller.abort();
  await assert.rejects(waiting, { name: 'AbortError' });
  assert.equal(emitter.listenerCount('x'), 0);
  await assert.rejects(once(emitter, 'x', { signal: AbortSignal.abort() }), { name: 'AbortError' });
  const target = new EventTarget();
  queueMicrotask(() => target.dispatchEvent(new Event('y')));
  const [event] = await once(target, 'y');
  assert.equal(event.type, 'y');
});

test('on as an iterator', async () => {
  const emitter = new EventEmitter();
  queueMicrotask(() => { emitter.emit('x', 1); emitter.emit('x', 2); });
  const seen = [];
  for await (const [value] of on(emitter, 'x')) {
    seen.push(value);
    if (value === 2) break;
  }
  assert.deepEqual(seen, [1, 2]);
  assert.equal(emitter.listenerCount('x'), 0);
  const failing = on(emitter, 'x');
  emitter.emit('error', new Error('broken'));
  await assert.rejects(failing.next(), /broken/);
});

test('the small parts', () => {
  assert.equal(events, EventEmitter);
  assert.equal(events.once, once);
  class Own extends EventEmitter {}
  const emitter = new Own();
  const listener = () => {};
  emitter.on('x', listener);
  emitter.once('x', listener);
  assert.deepEqual(getEventListeners(emitter, 'x').length, 2);
  assert.equal(emitter.listenerCount('x', listener), 2);
  emitter.off('x', listener).off('x', listener);
  assert.deepEqual(emitter.eventNames(), []);
  let monitored = null;
  emitter.on(errorMonitor, (error) => { monitored = error.message; });
  assert.throws(() => emitter.emit('error', new Error('seen')), /seen/);
  assert.equal(monitored, 'seen');
  assert.throws(() => emitter.emit('error', 5), { code: 'ERR_UNHANDLED_ERROR' });
  const order = [];
  emitter.on('newListener', (name) => order.push(name));
  emitter.on('a', listener);
  assert.deepEqual(order, ['a']);
  emitter.removeAllListeners();
  assert.equal(emitter.emit('a'), false);
});
