// `node:assert`.

import { isEqual, isSubset } from 'daino:internal/compare';
import { errorTitle, inspect } from 'daino:internal/inspect';

const brief = (value) => {
  const text = inspect(value);
  return text.length > 300 ? `${text.slice(0, 300)}...` : text;
};

const wrongUse = (message, code = 'ERR_INVALID_ARG_TYPE') => Object.assign(new TypeError(message), { code });

export class AssertionError extends Error {
  constructor(options) {
    if (typeof options !== 'object' || options === null) throw wrongUse('The "options" argument must be of type object');
    const { message, actual, expected, operator } = options;
    super(message ?? `${brief(actual)} ${operator} ${brief(expected)}`);
    this.name = 'AssertionError';
    this.code = 'ERR_ASSERTION';
    this.generatedMessage = message === undefined;
    this.actual = actual;
    this.expected = expected;
    this.operator = operator;
    for (const key of ['name', 'generatedMessage']) Object.defineProperty(this, key, { enumerable: false });
  }
}

function failWith(message, generated, { actual, expected, operator }) {
  if (message instanceof Error) throw message;
  const error = new AssertionError({ message: message ?? generated, actual, expected, operator });
  Object.defineProperty(error, 'generatedMessage', { value: message === undefined, enumerable: false });
  throw error;
}

function isOk(value, message, operator) {
  if (value) return;
  failWith(message, `The expression evaluated to a falsy value: ${brief(value)}`, { actual: value, expected: true, operator });
}

export function assert(value, message) { isOk(value, message, '=='); }
export function ok(value, message) { isOk(value, message, '=='); }

const compared = (operator, words, sign, holds) => function comparison(actual, expected, message) {
  if (arguments.length < 2) throw wrongUse('The "actual" and "expected" arguments must be specified', 'ERR_MISSING_ARGS');
  if (holds(actual, expected)) return;
  failWith(message, `${words}:\n\n${brief(actual)} ${sign} ${brief(expected)}\n`, { actual, expected, operator });
};

// eslint-disable-next-line eqeqeq
const looselySame = (a, b) => a == b || (Number.isNaN(a) && Number.isNaN(b));
export const equal = compared('==', 'Expected values to be loosely equal', '!=', looselySame);
export const notEqual = compared('!=', 'Expected "actual" to be loosely unequal to', '==', (a, b) => !looselySame(a, b));
export const strictEqual = compared('strictEqual', 'Expected values to be strictly equal', '!==', Object.is);
export const notStrictEqual = compared('notStrictEqual', 'Expected "actual" to be strictly unequal to', '===', (a, b) => !Object.is(a, b));
export const deepEqual = compared('deepEqual', 'Expected values to be loosely deep-equal', 'should loosely deep-equal', (a, b) => isEqual(a, b, 'loose'));
export const notDeepEqual = compared('notDeepEqual', 'Expected "actual" not to be loosely deep-equal to', 'should not loosely deep-equal', (a, b) => !isEqual(a, b, 'loose'));
export const deepStrictEqual = compared('deepStrictEqual', 'Expected values to be strictly deep-equal', 'should deep-equal', (a, b) => isEqual(a, b, 'strict'));
export const notDeepStrictEqual = compared('notDeepStrictEqual', 'Expected "actual" not to be strictly deep-equal to', 'should not deep-equal', (a, b) => !isEqual(a, b, 'strict'));

/** Whether `actual` has at least what `expected` has. */
export const partialDeepStrictEqual = compared('partialDeepStrictEqual', 'Expected values to be partially and strictly deep-equal', 'should hold', (a, b) => isSubset(a, b));

export function fail(message = 'Failed') {
  failWith(message, message, { operator: 'fail' });
}

export function ifError(value) {
  if (value === null || value === undefined) return;
  const words = value instanceof Error ? value.message : inspect(value);
  failWith(undefined, `ifError got unwanted exception: ${words}`, { actual: value, expected: null, operator: 'ifError' });
}

export function match(text, pattern, message) {
  if (!(pattern instanceof RegExp)) throw wrongUse('The "regexp" argument must be an instance of RegExp');
  if (typeof text === 'string' && pattern.test(text)) return;
  failWith(message, `The input did not match the regular expression ${pattern}. Input:\n\n${brief(text)}\n`, { actual: text, expected: pattern, operator: 'match' });
}

export function doesNotMatch(text, pattern, message) {
  if (!(pattern instanceof RegExp)) throw wrongUse('The "regexp" argument must be an instance of RegExp');
  if (typeof text !== 'string' || !pattern.test(text)) return;
  failWith(message, `The input was expected to not match the regular expression ${pattern}. Input:\n\n${brief(text)}\n`, { actual: text, expected: pattern, operator: 'doesNotMatch' });
}

const isClass = (value) => typeof value === 'function' && value.prototype !== undefined
  && (value === Error || Object.prototype.isPrototypeOf.call(Error, value) || value.prototype instanceof Error);

// Whether an error is the one that was asked for; throws an AssertionError when it is not.
function checkError(error, expected, message, operator) {
  if (expected === undefined) return;
  const refuse = (words) => failWith(message, words, { actual: error, expected, operator });
  if (expected instanceof RegExp) {
    if (!expected.test(errorTitleOf(error))) refuse(`The input did not match the regular expression ${expected}. Input:\n\n${inspect(errorTitleOf(error))}\n`);
  } else if (isClass(expected)) {
    if (!(error instanceof expected)) refuse(`The error is expected to be an instance of "${expected.name}". Received ${brief(errorTitleOf(error))}`);
  } else if (typeof expected === 'function') {
    if (expected.prototype !== undefined && error instanceof expected) return;
    if (expected.call({}, error) !== true) refuse('The validation function is expected to return "true"');
  } else {
    const keys = Object.keys(expected);
    if (keys.length === 0 && !(expected instanceof Error)) throw wrongUse('The argument "error" may not be an empty object', 'ERR_INVALID_ARG_VALUE');
    if (expected instanceof Error) keys.push('name', 'message');
    for (const key of keys) {
      const wanted = expected[key];
      const same = wanted instanceof RegExp && typeof error?.[key] === 'string' ? wanted.test(error[key]) : isEqual(error?.[key], wanted, 'strict');
      if (!same) refuse(`The error's \`${key}\` is not as expected:\n\n${brief(error?.[key])} should deep-equal ${brief(wanted)}\n`);
    }
  }
}

const errorTitleOf = (error) => (error instanceof Error ? errorTitle(error) : `${error}`);

function expectation(expected, message) {
  if (typeof expected === 'string') return [undefined, expected];
  if (expected !== undefined && typeof expected !== 'function' && (typeof expected !== 'object' || expected === null)) {
    throw wrongUse('The "expected" argument must be a function, an Error, a RegExp, or an object');
  }
  return [expected, message];
}

// Text as the second argument is the message; the same text as the error's is a mistake.
function refuseAmbiguous(first, error) {
  if (typeof first === 'string' && error?.message === first) {
    throw wrongUse(`The "error/message" argument is ambiguous. The error message "${first}" is identical to the message.`, 'ERR_AMBIGUOUS_ARGUMENT');
  }
}

function missing(expected, message, operator, what) {
  const name = typeof expected === 'function' && expected.name ? ` (${expected.name})` : '';
  failWith(message instanceof Error ? message : undefined, `Missing expected ${what}${name}${message ? `: ${message}` : '.'}`, { actual: undefined, expected, operator });
}

export function throws(call, ...rest) {
  if (typeof call !== 'function') throw wrongUse('The "fn" argument must be of type function');
  const [expected, message] = expectation(...rest);
  let thrown;
  try {
    call();
  } catch (error) {
    thrown = { error };
  }
  if (!thrown) missing(expected, message, 'throws', 'exception');
  refuseAmbiguous(rest[0], thrown.error);
  checkError(thrown.error, expected, message, 'throws');
}

async function settled(work) {
  const promise = typeof work === 'function' ? work() : work;
  if (typeof promise?.then !== 'function') throw wrongUse('The "promiseFn" argument must be a function that returns a promise, or a promise');
  try {
    await promise;
    return undefined;
  } catch (error) {
    return { error };
  }
}

export async function rejects(work, ...rest) {
  const [expected, message] = expectation(...rest);
  const rejected = await settled(work);
  if (!rejected) missing(expected, message, 'rejects', 'rejection');
  refuseAmbiguous(rest[0], rejected.error);
  checkError(rejected.error, expected, message, 'rejects');
}

function unwanted(error, expected, message, operator, what) {
  if (typeof expected === 'function' && !(error instanceof expected)) throw error;
  failWith(undefined, `Got unwanted ${what}${message ? `: ${message}` : '.'}\nActual message: "${error?.message ?? error}"`, { actual: error, expected, operator });
}

export function doesNotThrow(call, ...rest) {
  if (typeof call !== 'function') throw wrongUse('The "fn" argument must be of type function');
  const [expected, message] = expectation(...rest);
  try {
    call();
  } catch (error) {
    unwanted(error, expected, message, 'doesNotThrow', 'exception');
  }
}

export async function doesNotReject(work, ...rest) {
  const [expected, message] = expectation(...rest);
  const rejected = await settled(work);
  if (rejected) unwanted(rejected.error, expected, message, 'doesNotReject', 'rejection');
}

const shared = { AssertionError, doesNotMatch, doesNotReject, doesNotThrow, fail, ifError, match, ok, rejects, throws };
const strictForms = { deepEqual: deepStrictEqual, equal: strictEqual, notDeepEqual: notDeepStrictEqual, notEqual: notStrictEqual };
const both = { partialDeepStrictEqual, deepStrictEqual, notDeepStrictEqual, notStrictEqual, strictEqual };

export const strict = Object.assign((value, message) => isOk(value, message, '=='), shared, both, strictForms);
strict.strict = strict;
Object.assign(assert, shared, both, { deepEqual, equal, notDeepEqual, notEqual, strict });
export default assert;
