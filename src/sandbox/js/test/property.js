// Property tests without a library: `it.prop([gen.integer()])('name', (n) => …)`.
//
// A generator draws whole numbers from a source. What a failing input was drawn from is made smaller
// number by number, and drawn from again: so everything shrinks, mapped and chained values too.

import { inspect } from 'daino:internal/inspect';
import { generator } from 'daino:internal/test/random';
import { plainError } from 'daino:internal/test/failure';

const MOST_DRAWS = 50_000;
const MOST_SHRINKS = 2_000;
const MOST_REFUSED = 1_000;
const RUNS = 100;

class Refused extends Error {}

function sourceOf(random, given = null) {
  const drawn = [];
  return {
    drawn,
    /** A whole number from 0 to `most`. */
    draw(most) {
      if (drawn.length >= MOST_DRAWS) throw new Refused('too large');
      const number = given ? Math.min(given[drawn.length] ?? 0, most) : Math.floor(random() * (most + 1));
      drawn.push(number);
      return number;
    },
  };
}

class Gen {
  constructor(draw) { this.draw = draw; }
  map(change) { return new Gen((source) => change(this.draw(source))); }
  chain(next) { return new Gen((source) => next(this.draw(source)).draw(source)); }
  filter(holds) {
    return new Gen((source) => {
      for (let tries = 0; tries < 100; tries++) {
        const value = this.draw(source);
        if (holds(value)) return value;
      }
      throw new Refused('the filter refuses nearly everything');
    });
  }
}

const check = (least, most) => { if (!(least <= most)) throw new RangeError(`min ${least} is over max ${most}`); };

// Near zero half of the time, and toward zero when it shrinks.
function integer({ min = -0x80000000, max = 0x7fffffff } = {}) {
  check(min, max);
  const origin = Math.max(min, Math.min(0, max));
  return new Gen((source) => {
    const isNear = source.draw(1) === 0;
    const isBelow = origin > min && (origin === max || source.draw(1) === 1);
    const room = isBelow ? origin - min : max - origin;
    const away = source.draw(isNear ? Math.min(room, 20) : room);
    return isBelow ? origin - away : origin + away;
  });
}

const constant = (value) => new Gen(() => value);
const constantFrom = (...values) => new Gen((source) => values[source.draw(values.length - 1)]);
const oneOf = (...gens) => new Gen((source) => gens[source.draw(gens.length - 1)].draw(source));
const boolean = () => constantFrom(false, true);
const tuple = (...gens) => new Gen((source) => gens.map((gen) => gen.draw(source)));
const record = (gens) => new Gen((source) => Object.fromEntries(Object.entries(gens).map(([key, gen]) => [key, gen.draw(source)])));
const option = (gen, { nil = null } = {}) => new Gen((source) => (source.draw(3) === 0 ? nil : gen.draw(source)));

// Each further item is asked for, so that any of them can go.
function array(gen, { minLength = 0, maxLength = 10 } = {}) {
  check(minLength, maxLength);
  return new Gen((source) => {
    const list = [];
    while (list.length < maxLength && (list.length < minLength || source.draw(4) > 0)) list.push(gen.draw(source));
    return list;
  });
}

const ODD = ['\0', '\n', "'", '"', '\\', '<', '&', '%', '$', ';', '–', 'é', '漢', '\u{1F600}', '\u202e', '__proto__'];
const character = new Gen((source) => (source.draw(9) < 9 ? String.fromCharCode(97 + source.draw(25)) : ODD[source.draw(ODD.length - 1)]));
const string = (bounds) => array(character, bounds).map((list) => list.join(''));
const number = ({ min = -1e9, max = 1e9 } = {}) => {
  check(min, max);
  return oneOf(integer({ min: Math.ceil(min), max: Math.floor(max) }), new Gen((source) => Math.max(min, Math.min(max, (source.draw(2_000_000) - 1_000_000) / 1000))));
};
const date = ({ min = new Date(0), max = new Date(4102444800000) } = {}) => new Gen((source) => new Date(+min + source.draw(+max - +min)));
const bigInt = ({ min = -(2n ** 64n), max = 2n ** 64n } = {}) => new Gen((source) => {
  const part = (BigInt(source.draw(0xffffffff)) << 32n) | BigInt(source.draw(0xffffffff));
  return min + (part % (max - min + 1n));
});
const dictionary = (key, value, bounds) => array(tuple(key, value), bounds).map((list) => Object.fromEntries(list));
function json(depth = 3) {
  const leaf = oneOf(constant(null), boolean(), integer(), string());
  if (depth === 0) return leaf;
  return oneOf(leaf, leaf, array(new Gen((source) => json(depth - 1).draw(source)), { maxLength: 4 }), dictionary(string(), new Gen((source) => json(depth - 1).draw(source)), { maxLength: 4 }));
}

/** Makes inputs. */
export const gen = {
  integer, nat: (max = 0x7fffffff) => integer({ min: 0, max: typeof max === 'object' ? max.max : max }), number, boolean, string, constant, constantFrom, oneOf,
  array, tuple, record, option, dictionary, date, bigInt, json,
};

async function failureOf(body, all, source) {
  let input;
  try {
    input = all.draw(source);
  } catch (error) {
    if (error instanceof Refused) return { refused: error };
    throw error;
  }
  try {
    return (await body(input)) === false ? { input, error: new Error('the property gave false') } : null;
  } catch (error) {
    return { input, error };
  }
}

// Smaller lists of numbers: shorter ones first, then those with a smaller number.
function* smaller(drawn) {
  for (let size = drawn.length; size >= 1; size = Math.floor(size / 2)) {
    for (let at = 0; at + size <= drawn.length; at += size) yield [...drawn.slice(0, at), ...drawn.slice(at + size)];
  }
  for (let at = 0; at < drawn.length; at++) {
    const number = drawn[at];
    for (const less of new Set([0, Math.floor(number / 2), number - Math.ceil(number / 16), number - 1])) {
      if (less >= 0 && less < number) yield drawn.with(at, less);
    }
  }
}

const isSmaller = (a, b) => {
  if (a.length !== b.length) return a.length < b.length;
  const at = a.findIndex((number, index) => number !== b[index]);
  return at >= 0 && a[at] < b[at];
};

async function shrink(body, all, first, drawn) {
  let best = { ...first, drawn };
  let tries = 0;
  let steps = 0;
  for (let found = true; found && tries < MOST_SHRINKS;) {
    found = false;
    for (const list of smaller(best.drawn)) {
      if (++tries > MOST_SHRINKS) break;
      const source = sourceOf(null, list);
      const failure = await failureOf(body, all, source);
      if (failure === null || failure.refused || !isSmaller(source.drawn, best.drawn)) continue;
      best = { ...failure, drawn: source.drawn };
      steps += 1;
      found = true;
      break;
    }
  }
  return { ...best, steps };
}

/** Runs a property on many inputs; throws the smallest failure it finds. */
export async function holds(gens, body, { runs = RUNS, numRuns = runs, seed }) {
  const all = Array.isArray(gens) ? tuple(...gens) : record(gens);
  const call = Array.isArray(gens) ? (input) => body(...input) : body;
  const random = generator(seed);
  for (let run = 0, refused = 0; run < numRuns; run++) {
    const source = sourceOf(random);
    const failure = await failureOf(call, all, source);
    if (failure === null) continue;
    if (failure.refused) {
      if (++refused > MOST_REFUSED) throw plainError(`no input can be made: ${failure.refused.message}`);
      run -= 1;
      continue;
    }
    const least = await shrink(call, all, failure, source.drawn);
    const input = Array.isArray(gens) ? least.input.map((value) => inspect(value)).join(', ') : inspect(least.input);
    const { error } = least;
    const message = `the property fails for (${input}) after ${run + 1} run${run === 0 ? '' : 's'} and ${least.steps} shrinks; again with { seed: ${seed} }: ${error instanceof Error ? error.message : inspect(error)}`;
    if (!(error instanceof Error)) throw plainError(message);
    error.message = message;
    throw error;
  }
}
