// `node:assert` in full: what passes, what fails, and what the failure says.

import test from 'node:test';
import assert from 'node:assert';
import strict from 'node:assert/strict';

const failure = (call) => {
  try {
    call();
  } catch (error) {
    return error;
  }
  throw new Error(`did not fail: ${call}`);
};
const rejection = async (call) => {
  try {
    await call();
  } catch (error) {
    return error;
  }
  throw new Error(`did not reject: ${call}`);
};

test('what passes', async () => {
  assert(1);
  assert.ok('x');
  assert.equal(1, '1');
  assert.equal(NaN, NaN);
  assert.notEqual(1, 2);
  assert.strictEqual(NaN, NaN);
  assert.notStrictEqual(0, -0);
  assert.deepEqual([1, '2'], ['1', 2]);
  assert.notDeepEqual({ a: 1 }, { a: 2 });
  assert.deepStrictEqual(new Map([['a', { b: [1] }]]), new Map([['a', { b: [1] }]]));
  assert.deepStrictEqual(new Set([{ a: 1 }, 2]), new Set([2, { a: 1 }]));
  assert.deepStrictEqual(new Uint8Array([1, 2]), new Uint8Array([1, 2]));
  assert.deepStrictEqual([undefined], [undefined]);
  assert.deepStrictEqual(Object.create(null), Object.create(null));
  assert.deepStrictEqual(new Error('x'), new Error('x'));
  assert.deepStrictEqual({ [Symbol.for('s')]: 1 }, { [Symbol.for('s')]: 1 });
  const ring = { name: 'ring' };
  ring.self = ring;
  const other = { name: 'ring' };
  other.self = other;
  assert.deepStrictEqual(ring, other);
  assert.ifError(null);
  assert.ifError(undefined);
  assert.match('abc', /b/);
  assert.doesNotMatch('abc', /x/);
  assert.doesNotThrow(() => {});
  await assert.doesNotReject(async () => {});
  assert.throws(() => { throw new TypeError('bad'); });
  assert.throws(() => { throw new TypeError('bad'); }, TypeError);
  assert.throws(() => { throw new TypeError('bad'); }, /bad/);
  assert.throws(() => { throw new TypeError('bad'); }, /^TypeError: bad$/);
  assert.throws(() => { throw new TypeError('bad'); }, { name: 'TypeError', message: 'bad' });
  assert.throws(() => { throw new TypeError('bad'); }, new TypeError('bad'));
  assert.throws(() => { throw new TypeError('bad'); }, (error) => error instanceof TypeError);
  assert.throws(() => { throw 'text'; }, /text/);
  assert.throws(() => { throw null; });
  await assert.rejects(async () => { throw new RangeError('far'); }, RangeError);
  await assert.rejects(Promise.reject(new RangeError('far')), { message: /far/ });
});

test('what fails', async () => {
  const wrong = [
    () => assert(0), () => assert.ok(''), () => assert.equal(1, 2), () => assert.notEqual(1, '1'),
    () => assert.strictEqual(1, '1'), () => assert.notStrictEqual(1, 1), () => strict.equal(1, '1'),
    () => assert.deepStrictEqual([1], ['1']), () => assert.deepStrictEqual({ a: undefined }, {}),
    () => assert.deepStrictEqual(new Date(1), new Date(2)), () => assert.deepStrictEqual(/a/g, /a/i),
    () => assert.deepStrictEqual([1, 2, 3], [1, 2]), () => assert.deepStrictEqual(new (class A {})(), {}),
    () => assert.deepStrictEqual(Object.create(null), {}), () => assert.deepStrictEqual(0, -0),
    () => assert.deepStrictEqual(new Set([1, 2]), new Set([1, 3])), () => assert.deepStrictEqual(new Map([[1, 1]]), new Map([[1, 2]])),
    () => assert.deepStrictEqual(new Uint8Array([1]), new Uint8Array([2])), () => assert.deepStrictEqual(new Uint8Array([1]), new Uint16Array([1])),
    () => assert.deepStrictEqual(new Error('a'), new Error('b')), () => assert.deepStrictEqual(new Number(1), new Number(2)),
    () => assert.deepStrictEqual([1], { 0: 1, length: 1 }), () => assert.deepEqual([0], [1]), () => assert.deepEqual(null, undefined ?? {}),
    () => assert.notDeepStrictEqual({ a: 1 }, { a: 1 }), () => assert.notDeepEqual([1], ['1']),
    () => assert.match('abc', /x/), () => assert.doesNotMatch('abc', /b/), () => assert.fail(), () => assert.ifError(0),
    () => assert.throws(() => {}), () => assert.throws(() => { throw new Error('x'); }, { message: 'y' }),
    () => assert.throws(() => { throw new Error('x'); }, /y/), () => assert.throws(() => { throw new Error('x'); }, () => false),
  ];
  for (const [index, call] of wrong.entries()) {
    const error = failure(call);
    assert.ok(error instanceof assert.AssertionError, `case ${index}: ${error}`);
    assert.strictEqual(error.code, 'ERR_ASSERTION', `case ${index}`);
    assert.strictEqual(error.name, 'AssertionError', `case ${index}`);
  }
  assert.strictEqual((await rejection(() => assert.rejects(async () => {}))).code, 'ERR_ASSERTION');
  assert.strictEqual((await rejection(() => assert.rejects(Promise.reject(new Error('x')), /y/))).code, 'ERR_ASSERTION');
  assert.strictEqual((await rejection(() => assert.doesNotReject(async () => { throw new Error('x'); }))).code, 'ERR_ASSERTION');
});

test('what a failure says', () => {
  const own = failure(() => assert.strictEqual(1, 2, 'own words'));
  // Some versions of Node add the values.
  assert.ok(own.message.startsWith('own words'));
  assert.strictEqual(own.generatedMessage, false);
  const made = failure(() => assert.strictEqual(1, 2));
  assert.strictEqual(made.generatedMessage, true);
  assert.deepStrictEqual([made.actual, made.expected, made.operator], [1, 2, 'strictEqual']);
  const given = new RangeError('mine');
  assert.strictEqual(failure(() => assert.ok(false, given)), given);
  assert.strictEqual(failure(() => assert.fail(given)), given);
  assert.strictEqual(failure(() => assert.equal(1, 2, given)), given);
  assert.strictEqual(failure(() => assert.fail('boom')).message, 'boom');
  assert.strictEqual(failure(() => assert.fail()).message, 'Failed');
  assert.match(failure(() => assert.throws(() => {})).message, /Missing expected exception/);
  assert.match(failure(() => assert.throws(() => {}, TypeError)).message, /Missing expected exception \(TypeError\)/);
  assert.match(failure(() => assert.doesNotThrow(() => { throw new Error('x'); }, 'why')).message, /Got unwanted exception: why/);
  assert.match(failure(() => assert.ifError(new Error('x'))).message, /ifError got unwanted exception: x/);
  assert.match(failure(() => assert.throws(() => { throw new TypeError('t'); }, RangeError)).message, /instance of "RangeError"/);
});

test('wrong use is a TypeError', async () => {
  for (const call of [
    () => assert.throws('x'), () => assert.match('a', 'a'), () => assert.doesNotThrow(1), () => assert.equal(1), () => assert.deepStrictEqual(),
    () => assert.throws(() => { throw new Error('same'); }, 'same'), () => assert.throws(() => { throw new Error('x'); }, {}),
    () => assert.throws(() => { throw new Error('x'); }, 1),
  ]) {
    const error = failure(call);
    assert.ok(error instanceof TypeError, `${call}: ${error}`);
    assert.match(`${error.code}`, /^ERR_/, `${call}`);
  }
  assert.ok((await rejection(() => assert.rejects(1))) instanceof TypeError);
  assert.ok((await rejection(() => assert.rejects(() => 1))) instanceof TypeError);
});

test('the strict form', () => {
  assert.strictEqual(strict.strict, strict);
  assert.strictEqual(assert.strict.deepEqual, assert.deepStrictEqual);
  assert.strictEqual(strict.equal, assert.strictEqual);
  assert.strictEqual(strict.AssertionError, assert.AssertionError);
  assert.ok(failure(() => strict(0)) instanceof assert.AssertionError);
  const error = new assert.AssertionError({ actual: 1, expected: 2, operator: 'strictEqual' });
  assert.ok(error instanceof Error);
  assert.strictEqual(Object.keys(error).includes('code'), true);
  assert.throws(() => new assert.AssertionError(), TypeError);
});
