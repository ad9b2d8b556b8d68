// Matchers that stand inside an expected value: `expect.anything()`, `expect.any(String)`, …

import { isEqual, isSubset } from 'daino:internal/compare';
import { custom } from 'daino:internal/inspect';

class Matcher {
  #test;
  #shown;
  #inverted;

  constructor(test, shown, inverted) {
    this.#test = test;
    this.#shown = shown;
    this.#inverted = inverted;
  }
  asymmetricMatch(value) { return this.#test(value) !== this.#inverted; }
  [custom](_, __, inspect) { return this.#shown(inspect); }
}

const PRIMITIVES = new Map([[String, 'string'], [Number, 'number'], [Boolean, 'boolean'], [BigInt, 'bigint'], [Symbol, 'symbol'], [Function, 'function']]);

const isKind = (value, kind) => {
  if (PRIMITIVES.has(kind) && typeof value === PRIMITIVES.get(kind)) return true;
  if (kind === Object) return typeof value === 'object' && value !== null;
  if (kind === Array) return Array.isArray(value);
  return value instanceof kind;
};

const has = (value, wanted) => value.some((item) => isEqual(item, wanted, 'equal'));

/** The matchers; `inverted` makes those of `expect.not`. */
export function matchers(inverted = false) {
  const prefix = inverted ? 'not.' : '';
  const make = (name, test, ...args) => new Matcher(test, (inspect) => `${prefix}${name}(${args.map((a) => inspect(a)).join(', ')})`, inverted);
  return {
    objectContaining: (wanted) => make('objectContaining', (value) => typeof value === 'object' && value !== null
      && Reflect.ownKeys(wanted).every((key) => key in value && isEqual(value[key], wanted[key], 'equal')), wanted),
    arrayContaining: (wanted) => make('arrayContaining', (value) => Array.isArray(value) && wanted.every((item) => has(value, item)), wanted),
    stringContaining: (wanted) => make('stringContaining', (value) => typeof value === 'string' && value.includes(wanted), wanted),
    stringMatching: (wanted) => make('stringMatching', (value) => typeof value === 'string' && new RegExp(wanted).test(value), wanted),
    closeTo: (wanted, digits = 2) => make('closeTo', (value) => typeof value === 'number' && Math.abs(value - wanted) < 10 ** -digits / 2, wanted),
    ...(inverted ? {} : {
      anything: () => make('anything', (value) => value !== null && value !== undefined),
      any: (kind) => new Matcher((value) => isKind(value, kind), () => `any(${kind.name})`, false),
      like: (wanted) => make('like', (value) => isSubset(value, wanted), wanted),
    }),
  };
}
