// What `expect(value).…` can ask. Each matcher gives `pass`, the words of its claim (or what makes
// them: most claims hold, and showing a value costs more than comparing it), and, where a difference
// is worth showing, the expected and the actual value.

import { isEqual, isSubset } from 'daino:internal/compare';
import { errorTitle, inspect } from 'daino:internal/inspect';

const brief = (value) => {
  const text = inspect(value, { depth: 3, stacks: false });
  return text.length > 200 ? `${text.slice(0, 200)}...` : text;
};

const claim = (pass, words, compared) => ({ pass, words, compared });
const same = (form, words) => (actual, expected) => claim(
  form === 'is' ? Object.is(actual, expected) : isEqual(actual, expected, form),
  () => `${words} ${brief(expected)}`,
  { expected, actual },
);
const is = (words, test) => (actual) => claim(test(actual), words);
const than = (words, test) => (actual, other) => {
  const numeric = (value) => typeof value === 'number' || typeof value === 'bigint';
  if (!numeric(actual) || !numeric(other)) throw new TypeError(`both values must be numbers, got ${brief(actual)} and ${brief(other)}`);
  return claim(test(actual, other), () => `${words} ${brief(other)}`);
};

function pathOf(path) {
  if (Array.isArray(path)) return path;
  return `${path}`.replace(/\[(\w+)\]/g, '.$1').split('.').filter((part) => part !== '');
}

function toHaveProperty(actual, path, ...expected) {
  let at = actual;
  let found = true;
  const direct = !Array.isArray(path) && actual !== null && actual !== undefined && Object(actual)[path] !== undefined;
  for (const key of direct ? [path] : pathOf(path)) {
    if (at === null || at === undefined || !(key in Object(at))) { found = false; break; }
    at = at[key];
  }
  const shown = Array.isArray(path) ? path.join('.') : `${path}`;
  if (expected.length === 0) return claim(found, `to have the property \`${shown}\``);
  const pass = found && isEqual(at, expected[0], 'equal');
  return claim(pass, () => `to have the property \`${shown}\` with the value ${brief(expected[0])}`, { expected: expected[0], actual: found ? at : undefined });
}

function toContain(actual, item) {
  if (typeof actual === 'string') return claim(actual.includes(`${item}`), () => `to contain ${brief(item)}`);
  if (actual === null || actual === undefined || typeof actual[Symbol.iterator] !== 'function') {
    throw new TypeError(`the value must be a string or iterable, got ${brief(actual)}`);
  }
  return claim([...actual].includes(item), () => `to contain ${brief(item)}`);
}

function errorMatches(error, expected) {
  const message = error instanceof Error || typeof error?.message === 'string' ? error.message : `${error}`;
  if (expected === undefined) return true;
  if (typeof expected === 'string') return message.includes(expected);
  if (expected instanceof RegExp) return expected.test(message);
  if (typeof expected === 'function') return error instanceof expected;
  if (typeof expected?.asymmetricMatch === 'function') return expected.asymmetricMatch(error);
  if (expected instanceof Error) return message === expected.message;
  return isSubset(error, expected);
}

function toThrow(actual, expected, settled) {
  const words = () => (expected === undefined ? 'to throw' : `to throw ${typeof expected === 'function' ? expected.name : brief(expected?.message ?? expected)}`);
  let thrown;
  if (settled) thrown = { error: actual };
  else {
    if (typeof actual !== 'function') throw new TypeError(`the value must be a function, got ${brief(actual)}`);
    try { actual(); } catch (error) { thrown = { error }; }
  }
  if (!thrown) return claim(false, () => `${words()}, but it did not throw`);
  const shown = () => (thrown.error instanceof Error ? errorTitle(thrown.error) : brief(thrown.error));
  return claim(errorMatches(thrown.error, expected), () => `${words()}, it threw ${shown()}`);
}

function mockOf(value) {
  if (typeof value !== 'function' || !Array.isArray(value.mock?.calls)) throw new TypeError(`the value must be a mock function, got ${brief(value)}`);
  // A mock of node:test records calls as objects.
  const calls = value.mock.calls.map((call) => (Array.isArray(call) ? call : call.arguments));
  const results = value.mock.results ?? value.mock.calls.map((call) => ({ type: call.error ? 'throw' : 'return', value: call.result }));
  return { calls, results };
}

const called = (words, test) => (actual, ...args) => {
  const { calls } = mockOf(actual);
  const [pass, compared] = test(calls, args);
  return claim(pass, () => `${words(args)}, it was called ${calls.length} time${calls.length === 1 ? '' : 's'}${calls.length > 0 ? `: ${brief(calls)}` : ''}`, compared);
};
const returned = (words, test) => (actual, ...args) => {
  const values = mockOf(actual).results.filter((result) => result.type === 'return').map((result) => result.value);
  return claim(test(values, args), () => `${words(args)}, it returned ${brief(values)}`);
};
const resolvedWith = (words, test) => (actual, ...args) => {
  mockOf(actual);
  const values = (actual.mock.settledResults ?? []).filter((one) => one.type === 'fulfilled').map((one) => one.value);
  return claim(test(values, args), () => `${words(args)}, it resolved to ${brief(values)}`);
};
const ordered = (word, test) => (actual, other) => {
  const [first, second] = [actual?.mock?.invocationCallOrder?.[0], other?.mock?.invocationCallOrder?.[0]];
  if (other?.mock === undefined) throw new TypeError(`the other value must be a mock function, got ${brief(other)}`);
  return claim(first !== undefined && second !== undefined && test(first, second), `to have been called ${word} ${other.getMockName?.() ?? 'the other'}`);
};
const sameArgs = (call, args) => call !== undefined && isEqual(call, args, 'equal');

export const matchers = {
  toBe: same('is', 'to be'),
  toEqual: same('equal', 'to equal'),
  toStrictEqual: same('exact', 'to strictly equal'),
  toMatchObject: (actual, expected) => claim(isSubset(actual, expected), () => `to match ${brief(expected)}`, { expected, actual }),
  toContain,
  toContainEqual: (actual, item) => claim([...actual].some((other) => isEqual(other, item, 'equal')), () => `to contain an equal of ${brief(item)}`),
  toHaveLength(actual, length) {
    if (typeof actual?.length !== 'number') throw new TypeError(`the value must have a length, got ${brief(actual)}`);
    return claim(actual.length === length, `to have the length ${length}, it has ${actual.length}`, { expected: length, actual: actual.length });
  },
  toHaveProperty,
  toThrow,
  toThrowError: toThrow,
  toMatch(actual, pattern) {
    if (typeof actual !== 'string') throw new TypeError(`the value must be a string, got ${brief(actual)}`);
    return claim(typeof pattern === 'string' ? actual.includes(pattern) : pattern.test(actual), () => `to match ${typeof pattern === 'string' ? brief(pattern) : pattern}`);
  },
  toBeNull: is('to be null', (value) => value === null),
  toBeUndefined: is('to be undefined', (value) => value === undefined),
  toBeDefined: is('to be defined', (value) => value !== undefined),
  toBeNullable: is('to be null or undefined', (value) => value === null || value === undefined),
  toBeTruthy: is('to be truthy', Boolean),
  toBeFalsy: is('to be falsy', (value) => !value),
  toBeNaN: is('to be NaN', Number.isNaN),
  toBeGreaterThan: than('to be greater than', (a, b) => a > b),
  toBeGreaterThanOrEqual: than('to be at least', (a, b) => a >= b),
  toBeLessThan: than('to be less than', (a, b) => a < b),
  toBeLessThanOrEqual: than('to be at most', (a, b) => a <= b),
  toBeCloseTo: (actual, wanted, digits = 2) => claim(Object.is(actual, wanted) || Math.abs(actual - wanted) < 10 ** -digits / 2, `to be close to ${wanted} (${digits} digits)`),
  toBeInstanceOf: (actual, kind) => claim(actual instanceof kind, `to be an instance of ${kind.name}`),
  toBeTypeOf: (actual, kind) => claim(typeof actual === kind, `to be a ${kind}, it is a ${typeof actual}`),
  toBeOneOf: (actual, list) => claim([...list].some((item) => isEqual(actual, item, 'equal')), () => `to be one of ${brief(list)}`),
  toSatisfy: (actual, test) => claim(Boolean(test(actual)), `to satisfy ${test.name || 'the function'}`),
  toHaveBeenCalled: called(() => 'to have been called', (calls) => [calls.length > 0]),
  toHaveBeenCalledTimes: called(([n]) => `to have been called ${n} time${n === 1 ? '' : 's'}`, (calls, [n]) => [calls.length === n]),
  toHaveBeenCalledOnce: called(() => 'to have been called once', (calls) => [calls.length === 1]),
  toHaveBeenCalledWith: called((args) => `to have been called with ${brief(args)}`, (calls, args) => [calls.some((call) => sameArgs(call, args)), calls.length === 1 ? { expected: args, actual: calls[0] } : undefined]),
  toHaveBeenLastCalledWith: called((args) => `to have been last called with ${brief(args)}`, (calls, args) => [sameArgs(calls.at(-1), args), { expected: args, actual: calls.at(-1) }]),
  toHaveBeenNthCalledWith: called(([n, ...args]) => `to have been called the ${n}. time with ${brief(args)}`, (calls, [n, ...args]) => [sameArgs(calls[n - 1], args), { expected: args, actual: calls[n - 1] }]),
  toHaveBeenCalledExactlyOnceWith: called((args) => `to have been called once with ${brief(args)}`, (calls, args) => [calls.length === 1 && sameArgs(calls[0], args), calls.length === 1 ? { expected: args, actual: calls[0] } : undefined]),
  toHaveBeenCalledBefore: ordered('before', (first, second) => first < second),
  toHaveBeenCalledAfter: ordered('after', (first, second) => first > second),
  toHaveReturned: returned(() => 'to have returned', (values) => values.length > 0),
  toHaveReturnedTimes: returned(([n]) => `to have returned ${n} times`, (values, [n]) => values.length === n),
  toHaveReturnedWith: returned(([value]) => `to have returned ${brief(value)}`, (values, [value]) => values.some((other) => isEqual(other, value, 'equal'))),
  toHaveNthReturnedWith: returned(([n, value]) => `to have returned ${brief(value)} the ${n}. time`, (values, [n, value]) => values.length >= n && isEqual(values[n - 1], value, 'equal')),
  toHaveResolved: resolvedWith(() => 'to have resolved', (values) => values.length > 0),
  toHaveResolvedTimes: resolvedWith(([n]) => `to have resolved ${n} times`, (values, [n]) => values.length === n),
  toHaveResolvedWith: resolvedWith(([value]) => `to have resolved to ${brief(value)}`, (values, [value]) => values.some((other) => isEqual(other, value, 'equal'))),
  toHaveLastReturnedWith: returned(([value]) => `to have last returned ${brief(value)}`, (values, [value]) => values.length > 0 && isEqual(values.at(-1), value, 'equal')),
};

const ALIASES = {
  toBeCalled: 'toHaveBeenCalled', toBeCalledTimes: 'toHaveBeenCalledTimes', toBeCalledWith: 'toHaveBeenCalledWith',
  lastCalledWith: 'toHaveBeenLastCalledWith', nthCalledWith: 'toHaveBeenNthCalledWith', toReturn: 'toHaveReturned', toReturnTimes: 'toHaveReturnedTimes', toReturnWith: 'toHaveReturnedWith',
  lastReturnedWith: 'toHaveLastReturnedWith', nthReturnedWith: 'toHaveNthReturnedWith',
};
for (const [alias, name] of Object.entries(ALIASES)) matchers[alias] = matchers[name];

/** Words of a failed claim. */
export const sentence = (actual, words, inverted) => `expected ${brief(actual)} ${inverted ? 'not ' : ''}${typeof words === 'function' ? words() : words}`;
