// Matchers that stand inside an expected value: `expect.anything()`, `expect.any(String)`, …

import { isEqual, isSubset } from 'daino:internal/compare';
import { custom } from 'daino:internal/inspect';

class Matcher {
  #test;
  #inverted;

  constructor(name, test, args, inverted) {
    this.#test = test;
    this.#inverted = inverted;
    Object.defineProperty(this, 'described', { value: { name: inverted ? `not.${name}` : name, args }, enumerable: false });
  }
  asymmetricMatch(value) { return this.#test(value) !== this.#inverted; }
  [custom](_, __, inspect) {
    const { name, args } = this.described;
    return `${name}(${args.map((arg) => (name === 'any' ? arg.name : inspect(arg))).join(', ')})`;
  }
}

const PRIMITIVES = new Map([[String, 'string'], [Number, 'number'], [Boolean, 'boolean'], [BigInt, 'bigint'], [Symbol, 'symbol'], [Function, 'function']]);

const isKind = (value, kind) => {
  if (PRIMITIVES.has(kind) && typeof value === PRIMITIVES.get(kind)) return true;
  if (kind === Object) return typeof value === 'object' && value !== null;
  if (kind === Array) return Array.isArray(value);
  return value instanceof kind;
};

const has = (value, wanted) => value.some((item) => isEqual(item, wanted, 'equal'));

const TESTS = {
  objectContaining: (wanted) => (value) => typeof value === 'object' && value !== null
    && Reflect.ownKeys(wanted).every((key) => key in value && isEqual(value[key], wanted[key], 'equal')),
  arrayContaining: (wanted) => (value) => Array.isArray(value) && wanted.every((item) => has(value, item)),
  arrayOf: (wanted) => (value) => Array.isArray(value) && value.every((item) => isEqual(item, wanted, 'equal')),
  stringContaining: (wanted) => (value) => typeof value === 'string' && value.includes(wanted),
  stringMatching: (wanted) => (value) => typeof value === 'string' && new RegExp(wanted).test(value),
  closeTo: (wanted, digits = 2) => (value) => typeof value === 'number' && (Object.is(value, wanted) || Math.abs(value - wanted) < 10 ** -digits / 2),
};
const PLAIN_ONLY = {
  anything: () => (value) => value !== null && value !== undefined,
  any: (kind) => {
    if (typeof kind !== 'function') throw new TypeError('expect.any takes a constructor, such as expect.any(String)');
    return (value) => isKind(value, kind);
  },
  like: (wanted) => (value) => isSubset(value, wanted),
};

/** A matcher made of one of `expect.extend`. */
export const matcherOf = (name, test, args, inverted) => new Matcher(name, test, args, inverted);

/** The matchers; `inverted` makes those of `expect.not`. */
export function matchers(inverted = false) {
  const tests = inverted ? TESTS : { ...TESTS, ...PLAIN_ONLY };
  return Object.fromEntries(Object.entries(tests).map(([name, test]) => [name, (...args) => new Matcher(name, test(...args), args, inverted)]));
}
