// `node:assert` as Node 20 has it. This file runs here and under `node --test`.

import test, { describe, it } from 'node:test';
import assert from 'node:assert';
import strict from 'node:assert/strict';

const errorOf = (call) => {
  try { call(); } catch (error) { return error; }
  throw new Error('it did not throw');
};
const messageOf = (call) => errorOf(call).message;
const rejectionOf = async (promise) => {
  try { await promise; } catch (error) { return error; }
  throw new Error('it did not reject');
};
const passes = (call) => { call(); };
class Point { constructor(x) { this.x = x; } }

describe('deep equality', () => {
  const cyclic = () => { const made = { a: 1 }; made.self = made; return made; };
  const regexp = () => { const made = /a/g; made.lastIndex = 3; return made; };
  // [name, actual, expected, loosely equal, strictly equal]
  const table = [
    ['numbers', 1, 1, true, true],
    ['a number and its text', 1, '1', true, false],
    ['NaN', NaN, NaN, true, true],
    ['zeros of both signs', 0, -0, true, false],
    ['null and undefined', null, undefined, true, false],
    ['objects', { a: 1, b: [1, { c: 2 }] }, { b: [1, { c: 2 }], a: 1 }, true, true],
    ['a missing and an undefined property', { a: undefined }, {}, false, false],
    ['classes', new Point(1), { x: 1 }, true, false],
    ['null prototypes', Object.assign(Object.create(null), { x: 1 }), { x: 1 }, true, false],
    ['symbol keys', { [Symbol.for('a')]: 1 }, {}, true, false],
    ['arrays', [1, [2]], [1, [2]], true, true],
    ['holes', [, 1], [undefined, 1], false, false],
    ['an array and an object', [], {}, false, false],
    ['extra properties of arrays', Object.assign([1], { a: 1 }), [1], false, false],
    ['dates', new Date(5), new Date(5), true, true],
    ['other dates', new Date(5), new Date(6), false, false],
    ['expressions', /a/gi, /a/gi, true, true],
    ['flags', /a/g, /a/i, false, false],
    ['lastIndex', regexp(), /a/g, false, false],
    ['errors', new Error('x'), new Error('x'), true, true],
    ['messages', new Error('x'), new Error('y'), false, false],
    ['kinds of errors', new Error('x'), new TypeError('x'), false, false],
    ['causes', new Error('x', { cause: 1 }), new Error('x', { cause: 2 }), false, false],
    ['aggregates', new AggregateError([1], 'x'), new AggregateError([2], 'x'), false, false],
    ['maps', new Map([[{ a: 1 }, [1]]]), new Map([[{ a: 1 }, [1]]]), true, true],
    ['maps in another order', new Map([[1, 2], [3, 4]]), new Map([[3, 4], [1, 2]]), true, true],
    ['maps with text for numbers', new Map([['1', 1]]), new Map([[1, 1]]), true, false],
    ['sets', new Set([{ a: 1 }, 2]), new Set([2, { a: 1 }]), true, true],
    ['sets with text for numbers', new Set(['1']), new Set([1]), true, false],
    ['bytes', new Uint8Array([1, 2]), new Uint8Array([1, 2]), true, true],
    ['other bytes', new Uint8Array([1, 2]), new Uint8Array([1, 3]), false, false],
    ['buffers', new Uint8Array([1]).buffer, new Uint8Array([2]).buffer, false, false],
    ['kinds of arrays', new Uint8Array([1]), new Int8Array([1]), false, false],
    ['floats of both signs', new Float32Array([0]), new Float32Array([-0]), true, false],
    ['boxed', Object(1), Object(1), true, true],
    ['boxed others', Object(1), Object(2), false, false],
    ['big integers', 1n, 1n, true, true],
    ['functions', () => 1, () => 1, false, false],
    ['symbols', Symbol.for('a'), Symbol.for('a'), true, true],
    ['cycles', cyclic(), cyclic(), true, true],
    ['tags', { [Symbol.toStringTag]: 'x' }, { [Symbol.toStringTag]: 'y' }, false, false],
    ['addresses', new URL('http://a.example/'), new URL('http://b.example/'), false, false],
  ];
  for (const [name, actual, expected, loosely, strictly] of table) {
    it(name, () => {
      const holds = (compare) => { try { compare(actual, expected); return true; } catch (error) { if (error.code !== 'ERR_ASSERTION') throw error; return false; } };
      strict.equal(holds(assert.deepEqual), loosely, 'deepEqual');
      strict.equal(holds(assert.notDeepEqual), !loosely, 'notDeepEqual');
      strict.equal(holds(assert.deepStrictEqual), strictly, 'deepStrictEqual');
      strict.equal(holds(assert.notDeepStrictEqual), !strictly, 'notDeepStrictEqual');
      strict.equal(holds(strict.deepEqual), strictly, 'strict.deepEqual');
    });
  }
});

describe('messages', () => {
  const table = {
    'two short values': [() => assert.strictEqual(1, 2), 'Expected values to be strictly equal:\n\n1 !== 2\n'],
    'two long texts': [() => assert.strictEqual('hello world foo', 'hello world bar'), "Expected values to be strictly equal:\n+ actual - expected\n\n+ 'hello world foo'\n- 'hello world bar'\n               ^"],
    'the same structure': [() => assert.strictEqual({ a: 1 }, { a: 1 }), 'Values have same structure but are not reference-equal:\n\n{\n  a: 1\n}\n'],
    'what must differ': [() => assert.notStrictEqual(1, 1), 'Expected "actual" to be strictly unequal to: 1'],
    'what must differ deeply': [() => assert.notDeepStrictEqual({ a: 1 }, { a: 1 }), 'Expected "actual" not to be strictly deep-equal to:\n\n{\n  a: 1\n}\n'],
    'a loose comparison': [() => assert.deepEqual({ a: 1 }, { a: 2 }), 'Expected values to be loosely deep-equal:\n\n{\n  a: 1\n}\n\nshould loosely deep-equal\n\n{\n  a: 2\n}'],
    '==': [() => assert.equal(1, 2), '1 == 2'],
    '!=': [() => assert.notEqual(1, 1), '1 != 1'],
    'a given message': [() => assert.equal(1, 2, 'mine'), 'mine'],
    'a difference': [() => assert.deepStrictEqual({ a: 1, b: 'x', c: [1, { d: 2 }] }, { a: 1, b: 'y', c: [1, { d: 3 }] }), "Expected values to be strictly deep-equal:\n+ actual - expected\n\n  {\n    a: 1,\n+   b: 'x',\n-   b: 'y',\n    c: [\n      1,\n      {\n+       d: 2\n-       d: 3\n      }\n    ]\n  }"],
    'one more': [() => assert.deepStrictEqual([1, 2, 3], [1, 2, 3, 4]), 'Expected values to be strictly deep-equal:\n+ actual - expected\n\n  [\n    1,\n    2,\n    3,\n-   4\n  ]'],
    'lines that are left out': [() => assert.deepStrictEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16], [1, 2, 3, 4, 5, 6, 0, 8, 9, 10, 11, 12, 13, 14, 15, 16]), 'Expected values to be strictly deep-equal:\n+ actual - expected ... Lines skipped\n\n  [\n    1,\n...\n    5,\n    6,\n+   7,\n-   0,\n    8,\n...\n    15,\n    16\n  ]'],
    'a missing property': [() => assert.deepStrictEqual({ a: undefined }, {}), 'Expected values to be strictly deep-equal:\n+ actual - expected\n\n+ {\n+   a: undefined\n+ }\n- {}'],
    'fail': [() => assert.fail(), 'Failed'],
    'fail with words': [() => assert.fail('words'), 'words'],
    'match': [() => assert.match('abc', /x/), "The input did not match the regular expression /x/. Input:\n\n'abc'\n"],
    'match of a number': [() => assert.match(1, /x/), 'The "string" argument must be of type string. Received type number (1)'],
    'doesNotMatch': [() => assert.doesNotMatch('abc', /b/), "The input was expected to not match the regular expression /b/. Input:\n\n'abc'\n"],
    'ifError': [() => assert.ifError(new Error('boom')), 'ifError got unwanted exception: boom'],
    'ifError without words': [() => assert.ifError(new Error('')), 'ifError got unwanted exception: Error'],
    'no argument of ok': [() => assert.ok(), 'No value argument passed to `assert.ok()`'],
    'too few arguments': [() => assert.strictEqual(1), 'The "actual" and "expected" arguments must be specified'],
    'nothing thrown': [() => assert.throws(() => {}), 'Missing expected exception.'],
    'nothing thrown, with words': [() => assert.throws(() => {}, 'words'), 'Missing expected exception: words'],
    'nothing thrown of a class': [() => assert.throws(() => {}, RangeError, 'words'), 'Missing expected exception (RangeError): words'],
    'another class': [() => assert.throws(() => { throw new TypeError('bad'); }, RangeError), 'The error is expected to be an instance of "RangeError". Received "TypeError"\n\nError message:\n\nbad'],
    'another message': [() => assert.throws(() => { throw new TypeError('bad'); }, /good/), "The input did not match the regular expression /good/. Input:\n\n'TypeError: bad'\n"],
    'a validation that says no': [() => assert.throws(() => { throw new TypeError('bad'); }, () => false), 'The validation function is expected to return "true". Received false\n\nCaught error:\n\nTypeError: bad'],
    'another property': [() => assert.throws(() => { throw new TypeError('bad'); }, { message: 'good', name: 'TypeError' }), "Expected values to be strictly deep-equal:\n+ actual - expected\n\n  Comparison {\n+   message: 'bad',\n-   message: 'good',\n    name: 'TypeError'\n  }"],
    'not a function': [() => assert.throws('x'), "The \"fn\" argument must be of type function. Received type string ('x')"],
    'an ambiguous message': [() => assert.throws(() => { throw new Error('bad'); }, 'bad'), 'The "error/message" argument is ambiguous. The error message "bad" is identical to the message.'],
    'no expectation': [() => assert.throws(() => { throw new Error('bad'); }, {}), "The argument 'error' may not be an empty object. Received {}"],
    'doesNotThrow': [() => assert.doesNotThrow(() => { throw new Error('bad'); }, 'words'), 'Got unwanted exception: words\nActual message: "bad"'],
  };
  for (const [name, [call, message]] of Object.entries(table)) it(name, () => strict.equal(messageOf(call), message));
});

describe('AssertionError', () => {
  it('has the fields of Node', () => {
    const error = errorOf(() => assert.strictEqual(1, 2));
    strict.equal(error instanceof assert.AssertionError, true);
    strict.equal(error instanceof Error, true);
    strict.deepEqual(Object.keys(error), ['generatedMessage', 'code', 'actual', 'expected', 'operator']);
    const { generatedMessage, code, actual, expected, operator, name } = error;
    strict.deepEqual({ generatedMessage, code, actual, expected, operator, name }, { generatedMessage: true, code: 'ERR_ASSERTION', actual: 1, expected: 2, operator: 'strictEqual', name: 'AssertionError' });
    strict.equal(errorOf(() => assert.strictEqual(1, 2, 'x')).generatedMessage, false);
    strict.equal(`${error}`, 'AssertionError [ERR_ASSERTION]: Expected values to be strictly equal:\n\n1 !== 2\n');
  });
  it('can be made', () => {
    const error = new assert.AssertionError({ actual: 1, expected: 2, operator: 'strictEqual' });
    strict.equal(error.message, 'Expected values to be strictly equal:\n\n1 !== 2\n');
    strict.equal(new assert.AssertionError({ message: 'mine' }).message, 'mine');
    strict.throws(() => new assert.AssertionError('x'), TypeError);
  });
  it('names the operator', () => {
    const operators = [
      [() => assert.ok(false), '=='], [() => assert.equal(1, 2), '=='], [() => assert.notEqual(1, 1), '!='],
      [() => assert.deepEqual([1], [2]), 'deepEqual'], [() => assert.throws(() => {}), 'throws'], [() => assert.fail(), 'fail'],
      [() => assert.match('a', /b/), 'match'], [() => assert.ifError(1), 'ifError'], [() => assert.doesNotThrow(() => { throw new Error('x'); }), 'doesNotThrow'],
      [() => assert.throws(() => { throw new Error('x'); }, { message: 'y' }), 'throws'],
    ];
    for (const [call, operator] of operators) strict.equal(errorOf(call).operator, operator);
  });
});

describe('throws', () => {
  const bad = () => { throw Object.assign(new TypeError('bad thing'), { code: 'E_BAD', info: { a: 1 } }); };
  it('takes a class, an expression, an object, an error and a function', () => {
    assert.throws(bad);
    assert.throws(bad, TypeError);
    assert.throws(bad, Error);
    assert.throws(bad, /bad/);
    assert.throws(bad, { name: 'TypeError', message: 'bad thing' });
    assert.throws(bad, { code: 'E_BAD', info: { a: 1 } });
    assert.throws(bad, { message: /^bad/ });
    assert.throws(bad, Object.assign(new TypeError('bad thing'), { code: 'E_BAD' }));
    assert.throws(bad, (error) => error.code === 'E_BAD');
    assert.throws(bad, 'only words');
  });
  it('passes on an error given as message', () => {
    const mine = new RangeError('mine');
    strict.equal(errorOf(() => assert.ok(false, mine)), mine);
    strict.equal(errorOf(() => assert.equal(1, 2, mine)), mine);
  });
  it('lets through what is not expected not to be thrown', () => {
    strict.equal(errorOf(() => assert.doesNotThrow(bad, RangeError)).message, 'bad thing');
    passes(() => assert.doesNotThrow(() => {}));
  });
  it('takes what is no error', () => {
    assert.throws(() => { throw 'text'; }, /text/);
    assert.throws(() => { throw null; }, (error) => error === null);
    strict.equal(errorOf(() => assert.throws(() => { throw null; }, { a: 1 })).code, 'ERR_ASSERTION');
  });
});

describe('rejects', () => {
  const bad = async () => { throw new TypeError('bad thing'); };
  it('takes functions and promises', async () => {
    await assert.rejects(bad);
    await assert.rejects(bad());
    await assert.rejects(bad, TypeError);
    await assert.rejects(bad(), { message: 'bad thing' });
    await assert.doesNotReject(async () => 1);
    await assert.doesNotReject(Promise.resolve(1));
  });
  it('rejects when nothing is rejected', async () => {
    strict.equal((await rejectionOf(assert.rejects(async () => 1))).message, 'Missing expected rejection.');
    strict.equal((await rejectionOf(assert.doesNotReject(bad))).message, 'Got unwanted rejection.\nActual message: "bad thing"');
  });
  it('says what is no promise', async () => {
    strict.equal((await rejectionOf(assert.rejects(() => 1))).code, 'ERR_INVALID_RETURN_VALUE');
    strict.equal((await rejectionOf(assert.rejects(1))).code, 'ERR_INVALID_ARG_TYPE');
    strict.equal((await rejectionOf(assert.rejects(() => { throw new Error('at once'); }))).message, 'at once');
  });
});

test('strict has the strict forms', () => {
  strict.equal(assert.strict.equal, assert.strictEqual);
  strict.equal(strict.deepEqual, assert.deepStrictEqual);
  strict.equal(strict.strict, strict);
  for (const name of ['ok', 'equal', 'notEqual', 'deepEqual', 'notDeepEqual', 'throws', 'rejects', 'doesNotThrow', 'doesNotReject', 'match', 'doesNotMatch', 'fail', 'ifError']) {
    strict.equal(typeof assert[name], 'function', name);
    strict.equal(typeof strict[name], 'function', name);
  }
});
