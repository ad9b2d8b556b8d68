// `node:assert`.

import { isEqual, isSubset } from 'daino:internal/compare';
import { AssertionError, coded, received } from 'daino:internal/assertion_error';
import { inspect } from 'daino:internal/inspect';

export { AssertionError };

const isError = (value) => value instanceof Error;
const isRegExp = (value) => value instanceof RegExp;

function failWith({ message, generated, actual, expected, operator }) {
  if (isError(message)) throw message;
  const error = new AssertionError({ message: message ?? generated, actual, expected, operator });
  error.generatedMessage = message === undefined || message === null;
  throw error;
}

function requireBoth(args) {
  if (args.length < 2) throw coded('ERR_MISSING_ARGS', 'The "actual" and "expected" arguments must be specified');
}

function isOk(args, operator) {
  const [value, message] = args;
  if (value) return;
  const generated = args.length === 0 ? 'No value argument passed to `assert.ok()`' : `The expression evaluated to a falsy value:\n\n  ${inspect(value)}\n`;
  failWith({ message, generated, actual: value, expected: true, operator });
}

export function assert(...args) { isOk(args, '=='); }
export function ok(...args) { isOk(args, '=='); }

const compared = (operator, holds) => function comparison(actual, expected, message) {
  requireBoth(arguments);
  if (!holds(actual, expected)) failWith({ message, actual, expected, operator });
};
const named = (name, call) => Object.defineProperty(call, 'name', { value: name });

// eslint-disable-next-line eqeqeq
const looselySame = (a, b) => a == b || (Number.isNaN(a) && Number.isNaN(b));
export const equal = named('equal', compared('==', looselySame));
export const notEqual = named('notEqual', compared('!=', (a, b) => !looselySame(a, b)));
export const strictEqual = named('strictEqual', compared('strictEqual', Object.is));
export const notStrictEqual = named('notStrictEqual', compared('notStrictEqual', (a, b) => !Object.is(a, b)));
export const deepEqual = named('deepEqual', compared('deepEqual', (a, b) => isEqual(a, b, 'loose')));
export const notDeepEqual = named('notDeepEqual', compared('notDeepEqual', (a, b) => !isEqual(a, b, 'loose')));
export const deepStrictEqual = named('deepStrictEqual', compared('deepStrictEqual', (a, b) => isEqual(a, b, 'strict')));
export const partialDeepStrictEqual = named('partialDeepStrictEqual', compared('partialDeepStrictEqual', (a, b) => isSubset(a, b)));
export const notDeepStrictEqual = named('notDeepStrictEqual', compared('notDeepStrictEqual', (a, b) => !isEqual(a, b, 'strict')));

export function fail(...args) {
  if (args.length <= 1) {
    const [message = 'Failed'] = args;
    if (isError(message)) throw message;
    const error = new AssertionError({ message, operator: 'fail' });
    error.generatedMessage = args.length === 0;
    throw error;
  }
  const [actual, expected, message, operator = args.length === 2 ? '!=' : 'fail'] = args;
  if (isError(message)) throw message;
  const error = new AssertionError({ message: message === undefined ? `${inspect(actual)} ${operator} ${inspect(expected)}` : message, actual, expected, operator });
  error.generatedMessage = message === undefined;
  throw error;
}

export function ifError(value) {
  if (value === null || value === undefined) return;
  let words = inspect(value);
  if (typeof value === 'object' && typeof value.message === 'string') {
    words = value.message.length === 0 && value.constructor ? value.constructor.name : value.message;
  }
  const error = new AssertionError({ message: `ifError got unwanted exception: ${words}`, actual: value, expected: null, operator: 'ifError' });
  error.generatedMessage = true;
  throw error;
}

const matching = (operator, wanted, words) => function matches(text, pattern, message) {
  if (!isRegExp(pattern)) throw coded('ERR_INVALID_ARG_TYPE', `The "regexp" argument must be an instance of RegExp. ${received(pattern)}`);
  if (typeof text === 'string' && pattern.test(text) === wanted) return;
  const generated = typeof text !== 'string'
    ? `The "string" argument must be of type string. Received type ${typeof text} (${inspect(text)})`
    : `${words} ${inspect(pattern)}. Input:\n\n${inspect(text)}\n`;
  failWith({ message, generated, actual: text, expected: pattern, operator });
};
export const match = named('match', matching('match', true, 'The input did not match the regular expression'));
export const doesNotMatch = named('doesNotMatch', matching('doesNotMatch', false, 'The input was expected to not match the regular expression'));

// What an object of expectations and an error have in common, for a diff of just that.
class Comparison {
  constructor(object, keys, actual) {
    for (const key of keys) {
      if (!(key in object)) continue;
      const wanted = object[key];
      this[key] = actual !== undefined && typeof actual[key] === 'string' && isRegExp(wanted) && wanted.test(actual[key]) ? actual[key] : wanted;
    }
  }
}

function checkKeys(error, expected, message, operator) {
  if (typeof error !== 'object' || error === null) {
    failAs({ message, actual: error, expected }, operator);
  }
  const keys = Object.keys(expected);
  if (isError(expected)) keys.push('name', 'message');
  else if (keys.length === 0) throw coded('ERR_INVALID_ARG_VALUE', `The argument 'error' may not be an empty object. Received {}`);
  for (const key of keys) {
    const wanted = expected[key];
    if (typeof error[key] === 'string' && isRegExp(wanted) && wanted.test(error[key])) continue;
    if (key in error && isEqual(error[key], wanted, 'strict')) continue;
    failAs({ message, actual: error, expected, shown: [new Comparison(error, keys), new Comparison(expected, keys, error)] }, operator);
  }
}

// A failure whose text is the diff of two values, under the name of another operator.
function failAs({ message, actual, expected, shown = [actual, expected] }, operator) {
  if (message !== undefined && message !== null) failWith({ message, actual, expected, operator });
  const error = new AssertionError({ actual: shown[0], expected: shown[1], operator: 'deepStrictEqual' });
  throw Object.assign(error, { actual, expected, operator });
}

function checkInstance(error, expected, message, operator) {
  const what = isError(error) ? `"${error.name}"` : `"${inspect(error, { depth: -1 })}"`;
  const more = isError(error) ? `\n\nError message:\n\n${error.message}` : '';
  failWith({ message, generated: `The error is expected to be an instance of "${expected.name}". Received ${what}${more}`, actual: error, expected, operator });
}

// Throws when an error is not the one that was asked for.
function checkError(error, expected, message, operator) {
  if (expected === undefined) return;
  if (isRegExp(expected)) {
    const text = `${error}`;
    if (expected.test(text)) return;
    failWith({ message, generated: `The input did not match the regular expression ${inspect(expected)}. Input:\n\n${inspect(text)}\n`, actual: error, expected, operator });
  }
  if (typeof expected !== 'function') return checkKeys(error, expected, message, operator);
  if (expected.prototype !== undefined && error instanceof expected) return;
  if (expected === Error || Object.prototype.isPrototypeOf.call(Error, expected)) checkInstance(error, expected, message, operator);
  const verdict = expected.call({}, error);
  if (verdict === true) return;
  const name = expected.name ? `"${expected.name}" ` : '';
  const caught = isError(error) ? `\n\nCaught error:\n\n${error}` : '';
  failWith({ message, generated: `The ${name}validation function is expected to return "true". Received ${inspect(verdict)}${caught}`, actual: error, expected, operator });
}

// The arguments after the function: an expectation, a message, or a message alone.
function readExpectation(args, caught, operator) {
  const [expected, message] = args;
  if (typeof expected === 'string') {
    if (args.length > 1) throw coded('ERR_INVALID_ARG_TYPE', `The "error" argument must be of type function or an instance of Error, RegExp, or Object. ${received(expected)}`);
    const text = caught && (isError(caught.error) ? caught.error.message : caught.error);
    if (caught && text === expected) {
      const which = isError(caught.error) ? `The error message "${text}"` : `The error "${text}"`;
      throw coded('ERR_AMBIGUOUS_ARGUMENT', `The "error/message" argument is ambiguous. ${which} is identical to the message.`);
    }
    return [undefined, expected];
  }
  if (expected !== undefined && expected !== null && typeof expected !== 'object' && typeof expected !== 'function') {
    throw coded('ERR_INVALID_ARG_TYPE', `The "error" argument must be of type function or an instance of Error, RegExp, or Object. ${received(expected)}`);
  }
  return [expected ?? undefined, message];
}

function expectError(caught, args, operator, what) {
  const [expected, message] = readExpectation(args, caught, operator);
  if (caught) return checkError(caught.error, expected, message, operator);
  if (isError(message)) throw message;
  const name = expected?.name ? ` (${expected.name})` : '';
  failWith({ generated: `Missing expected ${what}${name}${message ? `: ${message}` : '.'}`, actual: undefined, expected, operator });
}

function expectNoError(caught, args, operator, what) {
  if (!caught) return;
  const [expected, message] = typeof args[0] === 'string' ? [undefined, args[0]] : args;
  const { error } = caught;
  const isMeant = expected === undefined || (typeof expected === 'function' ? (expected.prototype !== undefined && error instanceof expected) || (!Object.prototype.isPrototypeOf.call(Error, expected) && expected.call({}, error) === true) : isRegExp(expected) && expected.test(`${error}`));
  if (!isMeant) throw error;
  failWith({ generated: `Got unwanted ${what}${message ? `: ${message}` : '.'}\nActual message: "${error && error.message}"`, actual: error, expected, operator });
}

function caughtOf(call) {
  if (typeof call !== 'function') throw coded('ERR_INVALID_ARG_TYPE', `The "fn" argument must be of type function. ${received(call)}`);
  try {
    call();
    return null;
  } catch (error) {
    return { error };
  }
}

const isThenable = (value) => value !== null && typeof value === 'object' && typeof value.then === 'function' && typeof value.catch === 'function';

async function rejectionOf(work) {
  let promise = work;
  if (typeof work === 'function') {
    promise = work();
    if (!isThenable(promise)) {
      const what = promise === null || promise === undefined ? `${promise}` : typeof promise === 'object' ? `an instance of ${promise.constructor?.name}` : `type ${typeof promise} (${inspect(promise)})`;
      throw coded('ERR_INVALID_RETURN_VALUE', `Expected instance of Promise to be returned from the "promiseFn" function but got ${what}.`);
    }
  } else if (!isThenable(work)) {
    throw coded('ERR_INVALID_ARG_TYPE', `The "promiseFn" argument must be of type function or an instance of Promise. ${received(work)}`);
  }
  try {
    await promise;
    return null;
  } catch (error) {
    return { error };
  }
}

export function throws(call, ...args) { expectError(caughtOf(call), args, 'throws', 'exception'); }
export function doesNotThrow(call, ...args) { expectNoError(caughtOf(call), args, 'doesNotThrow', 'exception'); }
export async function rejects(work, ...args) { expectError(await rejectionOf(work), args, 'rejects', 'rejection'); }
export async function doesNotReject(work, ...args) { expectNoError(await rejectionOf(work), args, 'doesNotReject', 'rejection'); }

const shared = { AssertionError, doesNotMatch, doesNotReject, doesNotThrow, fail, ifError, match, ok, rejects, throws };
const strictForms = { deepEqual: deepStrictEqual, equal: strictEqual, notDeepEqual: notDeepStrictEqual, notEqual: notStrictEqual };
const both = { deepStrictEqual, partialDeepStrictEqual, notDeepStrictEqual, notStrictEqual, strictEqual };

export const strict = Object.assign((...args) => isOk(args, '=='), shared, both, strictForms);
strict.strict = strict;
Object.assign(assert, shared, both, { deepEqual, equal, notDeepEqual, notEqual, strict });
export default assert;
