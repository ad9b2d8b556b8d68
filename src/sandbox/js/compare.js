// Deep equality, in the four forms tests use:
// `loose` (assert.deepEqual), `strict` (assert.deepStrictEqual), `equal` (expect toEqual: undefined
// properties and classes do not count) and `exact` (expect toStrictEqual).

import {
  dateTime, getPrototypeOf, hasOwn, kindOf, keysOf, mapEntries, objectTag, setValues,
} from 'daino:internal/primordials';
import { bytesOf } from 'daino:internal/encoding';

const isObject = (value) => typeof value === 'object' && value !== null;
const isMatcher = (value) => isObject(value) && typeof value.asymmetricMatch === 'function';

function sameBytes(a, b) {
  const [left, right] = [bytesOf(a), bytesOf(b)];
  return left.length === right.length && left.every((byte, i) => byte === right[i]);
}

function sameMap(a, b, mode, seen) {
  if (a.size !== b.size) return false;
  const rest = [...mapEntries(b)];
  return [...mapEntries(a)].every(([key, value]) => {
    const at = rest.findIndex(([k, v]) => compare(key, k, mode, seen) && compare(value, v, mode, seen));
    if (at >= 0) rest.splice(at, 1);
    return at >= 0;
  });
}

function sameSet(a, b, mode, seen) {
  if (a.size !== b.size) return false;
  const rest = [...setValues(b)];
  return [...setValues(a)].every((value) => {
    const at = rest.findIndex((other) => compare(value, other, mode, seen));
    if (at >= 0) rest.splice(at, 1);
    return at >= 0;
  });
}

function countedKeys(value, mode) {
  const keys = keysOf(value);
  if (mode === 'loose') return keys.filter((key) => typeof key === 'string');
  return mode === 'equal' ? keys.filter((key) => value[key] !== undefined) : keys;
}

function sameProperties(a, b, mode, seen) {
  const left = countedKeys(a, mode);
  const right = countedKeys(b, mode);
  if (left.length !== right.length) return false;
  for (let i = 0; i < right.length; i++) {
    const key = right[i];
    if (!hasOwn(a, key) || !compare(a[key], b[key], mode, seen)) return false;
  }
  return true;
}

// What inherits from an error counts as one.
function classOf(value) {
  const kind = kindOf(value);
  return kind === 'Object' && value instanceof Error ? 'Error' : kind;
}

function sameObjects(a, b, mode, seen) {
  const kind = classOf(a);
  if (kind !== classOf(b)) return false;
  if ((mode === 'strict' || mode === 'exact') && getPrototypeOf(a) !== getPrototypeOf(b)) return false;
  if ((mode === 'strict' || mode === 'loose') && objectTag(a) !== objectTag(b)) return false;
  switch (kind) {
    case 'Function': return false;
    case 'Date': if (!Object.is(dateTime(a), dateTime(b))) return false; break;
    case 'RegExp': if (a.source !== b.source || a.flags !== b.flags || a.lastIndex !== b.lastIndex) return false; break;
    case 'Number': case 'String': case 'Boolean': case 'Symbol': case 'BigInt':
      if (!Object.is(a.valueOf(), b.valueOf())) return false;
      break;
    case 'Error':
      if (a.message !== b.message || a.name !== b.name) return false;
      if (!compare(a.cause, b.cause, mode, seen) || !compare(a.errors, b.errors, mode, seen)) return false;
      if (mode === 'equal') return true;
      break;
    case 'Map': if (!sameMap(a, b, mode, seen)) return false; break;
    case 'Set': if (!sameSet(a, b, mode, seen)) return false; break;
    case 'ArrayBuffer': case 'DataView': return sameBytes(a, b);
    case 'Array':
      if (a.length !== b.length) return false;
      if (mode === 'equal') {
        for (let i = 0; i < a.length; i++) if (!compare(a[i], b[i], mode, seen)) return false;
        return true;
      }
      break;
    default:
      if (kind === 'Object' && objectTag(a) === '[object URL]') return a.href === b.href;
      if (kind.endsWith('Array')) {
        return /Float/.test(kind) ? a.length === b.length && [...a].every((n, i) => Object.is(n, b[i]) || (mode === 'loose' && n === b[i])) : sameBytes(a, b);
      }
  }
  return sameProperties(a, b, mode, seen);
}

function compare(a, b, mode, seen) {
  if (mode === 'equal' || mode === 'exact') {
    if (isMatcher(b)) return b.asymmetricMatch(a);
    if (isMatcher(a)) return a.asymmetricMatch(b);
  }
  if (Object.is(a, b)) return true;
  if (!isObject(a) || !isObject(b)) {
    // eslint-disable-next-line eqeqeq
    return mode === 'loose' && !isObject(a) && !isObject(b) && a == b;
  }
  // A pair that is being compared higher up is equal unless something else differs.
  const known = seen.get(a);
  if (known?.has(b)) return true;
  const pairs = known ?? new Set();
  pairs.add(b);
  seen.set(a, pairs);
  try {
    return sameObjects(a, b, mode, seen);
  } finally {
    pairs.delete(b);
  }
}

/** Whether two values are equal in a form. */
export const isEqual = (a, b, mode) => compare(a, b, mode, new Map());

/** Whether `actual` has at least what `expected` has (expect toMatchObject). */
export function isSubset(actual, expected) {
  if (isMatcher(expected)) return expected.asymmetricMatch(actual);
  if (!isObject(expected) || !isObject(actual)) return isEqual(actual, expected, 'equal');
  const kind = kindOf(expected);
  const isPlain = kind === 'Object' && kindOf(actual) !== 'Array';
  if (kind !== kindOf(actual) && !isPlain) return false;
  if (kind === 'Array') {
    return actual.length === expected.length && expected.every((item, i) => isSubset(actual[i], item));
  }
  if (kind !== 'Object') return isEqual(actual, expected, 'equal');
  return keysOf(expected).every((key) => key in actual && isSubset(actual[key], expected[key]));
}
