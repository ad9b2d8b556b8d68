// `AssertionError` of `node:assert`, with Node's messages.

import { inspect } from 'daino:internal/inspect';

const SENTENCES = {
  deepStrictEqual: 'Expected values to be strictly deep-equal:',
  strictEqual: 'Expected values to be strictly equal:',
  strictEqualObject: 'Expected "actual" to be reference-equal to "expected":',
  deepEqual: 'Expected values to be loosely deep-equal:',
  notDeepStrictEqual: 'Expected "actual" not to be strictly deep-equal to:',
  notStrictEqual: 'Expected "actual" to be strictly unequal to:',
  notStrictEqualObject: 'Expected "actual" not to be reference-equal to "expected":',
  notDeepEqual: 'Expected "actual" not to be loosely deep-equal to:',
  notIdentical: 'Values have same structure but are not reference-equal:',
  notDeepEqualUnequal: 'Expected values not to be loosely deep-equal:',
};
// Values that fit on one line together are shown as `a !== b`.
const SHORT = 12;
const LINE = 80;
const MOST_LINES = 50;

const show = (value) => inspect(value, { depth: 50, breakLength: 0, sorted: true, stacks: false });
const isObject = (value) => typeof value === 'object' && value !== null;
const cut = (text, most) => (text.length > most ? `${text.slice(0, most - 3)}...` : text);

// The same line, but for the comma that its place in the list decides.
const sameLine = (a, b) => a === b || (a !== undefined && b !== undefined && (a === `${b},` || `${a},` === b));

// A run of equal lines is shown whole up to five, else its first and last two.
function folded(equal, out) {
  const isLong = equal.length > 5;
  const shown = isLong ? [...equal.slice(0, 2), null, ...equal.slice(-2)] : equal;
  for (const line of shown) out.push(line === null ? '...' : `  ${line}`);
  return isLong;
}

// Lines of both values: equal ones at the end, then those at the same place.
function differing(actualLines, expectedLines) {
  const [actual, expected] = [[...actualLines], [...expectedLines]];
  const end = [];
  while (actual.length > 0 && expected.length > 0 && actual.at(-1) === expected.at(-1)) {
    end.unshift(actual.pop());
    expected.pop();
  }
  const out = [];
  let skipped = false;
  let equal = [];
  let minus = [];
  const most = Math.max(actual.length, expected.length);
  for (let i = 0; i < most && out.length <= MOST_LINES; i++) {
    if (i < actual.length && i < expected.length && sameLine(actual[i], expected[i])) {
      out.push(...minus);
      minus = [];
      equal.push(actual[i].length >= expected[i].length ? actual[i] : expected[i]);
      continue;
    }
    if (equal.length > 0) skipped = folded(equal, out) || skipped;
    equal = [];
    if (i < actual.length) out.push(`+ ${actual[i]}`);
    if (i < expected.length) minus.push(`- ${expected[i]}`);
  }
  if (equal.length > 0) skipped = folded(equal, out) || skipped;
  out.push(...minus);
  if (end.length >= 5) {
    out.push(`  ${end[0]}`, '...', ...end.slice(-3).map((line) => `  ${line}`));
    skipped = true;
  } else out.push(...end.map((line) => `  ${line}`));
  return { lines: out, skipped, isEqual: most === 0 };
}

function marker(actual, expected, operator) {
  if (operator === 'strictEqualObject' || actual.length + expected.length >= LINE) return '';
  let at = 0;
  while (actual[at] === expected[at]) at += 1;
  return at > 2 ? `\n  ${' '.repeat(at)}^` : '';
}

function difference(actual, expected, asked) {
  const bothObjects = (isObject(actual) && isObject(expected)) || (typeof actual === 'function' && typeof expected === 'function');
  const operator = asked === 'strictEqual' && bothObjects ? 'strictEqualObject' : asked;
  const actualLines = show(actual).split('\n');
  const expectedLines = show(expected).split('\n');
  let mark = '';
  if (actualLines.length === 1 && expectedLines.length === 1 && actualLines[0] !== expectedLines[0]) {
    const [left, right] = [actualLines[0], expectedLines[0]];
    if (left.length + right.length <= SHORT) {
      if (!isObject(actual) && !isObject(expected) && (actual !== 0 || expected !== 0)) return `${SENTENCES[operator]}\n\n${left} !== ${right}\n`;
    } else mark = marker(left, right, operator);
  }
  const { lines, skipped, isEqual } = differing(actualLines, expectedLines);
  if (isEqual) return `${SENTENCES.notIdentical}\n\n${shortened(actualLines).join('\n')}\n`;
  return `${SENTENCES[operator]}\n+ actual - expected${skipped ? ' ... Lines skipped' : ''}\n\n${lines.join('\n')}${mark}`;
}

const shortened = (lines) => (lines.length > MOST_LINES ? [...lines.slice(0, 46), '...'] : lines);

function unwanted(actual, asked) {
  const operator = asked === 'notStrictEqual' && (isObject(actual) || typeof actual === 'function') ? 'notStrictEqualObject' : asked;
  const lines = shortened(show(actual).split('\n'));
  const base = SENTENCES[operator];
  if (lines.length === 1) return `${base}${lines[0].length > 5 ? '\n\n' : ' '}${lines[0]}`;
  return `${base}\n\n${lines.join('\n')}\n`;
}

function loosely(actual, expected, operator) {
  const left = show(actual);
  const right = show(expected);
  if (operator === 'notDeepEqual' && left === right) return cut(`${SENTENCES.notDeepEqual}\n\n${left}`, 1024);
  const [a, b] = [cut(left, 512), cut(right, 512)];
  if (operator === 'deepEqual') return `${SENTENCES.deepEqual}\n\n${a}\n\nshould loosely deep-equal\n\n${b}`;
  if (operator === 'notDeepEqual') return `${SENTENCES.notDeepEqualUnequal}\n\n${a}\n\nshould not loosely deep-equal\n\n${b}`;
  return `${a} ${operator} ${b}`;
}

function generated(actual, expected, operator) {
  switch (operator) {
    case 'deepStrictEqual': case 'strictEqual': return difference(actual, expected, operator);
    case 'notDeepStrictEqual': case 'notStrictEqual': return unwanted(actual, operator);
    default: return loosely(actual, expected, operator);
  }
}

const OWN = /\((node:assert|daino:internal\/assertion_error)[:/]/;

// A descriptor of its own: a test may have put a `get` on the prototype of all objects.
function hidden(object, name, value) {
  Object.defineProperty(object, name, { __proto__: null, value, writable: true, configurable: true, enumerable: false });
}

export class AssertionError extends Error {
  constructor(options) {
    if (!isObject(options)) throw coded('ERR_INVALID_ARG_TYPE', `The "options" argument must be of type object. ${received(options)}`);
    const { message, actual, expected, operator } = options;
    super(message === undefined || message === null ? generated(actual, expected, operator) : `${message}`);
    hidden(this, 'name', 'AssertionError');
    // The author's own frames, as where Node begins a stack.
    if (typeof this.stack === 'string') hidden(this, 'stack', this.stack.split('\n').filter((line) => !OWN.test(line)).join('\n'));
    this.generatedMessage = !message;
    this.code = 'ERR_ASSERTION';
    this.actual = actual;
    this.expected = expected;
    this.operator = operator;
  }
  toString() { return `${this.name} [${this.code}]: ${this.message}`; }
}

/** The end of Node's messages about arguments: what was given instead. */
export function received(value) {
  if (value === null || value === undefined) return `Received ${value}`;
  if (typeof value === 'function') return `Received function ${value.name}`;
  if (typeof value === 'object') {
    return value.constructor?.name ? `Received an instance of ${value.constructor.name}` : `Received ${inspect(value, { depth: -1 })}`;
  }
  const shown = inspect(value);
  return `Received type ${typeof value} (${shown.length > 28 ? `${shown.slice(0, 25)}...` : shown})`;
}

/** An error of Node's with its code. */
export function coded(code, message, Kind = TypeError) {
  const error = new Kind(message);
  error.code = code;
  return error;
}
