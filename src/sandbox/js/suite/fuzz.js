// Payloads of the right shape with odd content: what is missing, empty, null, huge or of another
// language. A handler may refuse them; an exception that nobody wrote is a defect. The payload that
// found one is made as small as it goes before it is shown.

import { leavesOf } from 'daino:internal/suite/attacks';
import { stringify } from 'daino:internal/primordials';
import { generator } from 'daino:internal/test/random';

const TEXTS = ['', ' ', 'a', '0', '-1', '1e999', 'null', 'undefined', 'true', '[object Object]', "O'Brien", '😀ü\u0301', '\u0000', '2026-02-30', '2026-01-31T25:00:00Z', '<b>', '%', '%zz', '../x', 'x'.repeat(300), 'constructor', '__proto__'];
const NUMBERS = [0, -0, -1, 1, 0.005, 0.1, 1.5, 2 ** 31, 2 ** 53, Number.MAX_SAFE_INTEGER, 1e21, -1e21, 5e-324];
const STRAY = ['TypeError', 'ReferenceError', 'RangeError', 'SyntaxError', 'InternalError', 'URIError'];
// Words of the engine: what a plugin throws on purpose has words of its own.
const ENGINE = /cannot (read|set|convert|delete|destructure)|not a function|is not (a function|an? object|iterable|defined|a constructor|an Object|valid JSON)|not an object|invalid (date|array length|length|count|value|code point|string length|radix|digits)|out of (range|memory|bound)|call stack|stack overflow|unexpected (token|end|character|data)|malformed|expecting|must be an object|value has no property|toString\(\) radix|too long/i;
// The database was given what it cannot read.
const UNREADABLE = /^(22|42)[0-9A-Z]{3}$/;
const MOST_STEPS = 400;

// Numbers of its own: which other tests run changes nothing.
let number = generator(1);

/** Decides all payloads that follow. */
export function startFuzz(seed) { number = generator(seed); }

const chance = (part) => number() < part;
const pick = (list) => list[Math.floor(number() * list.length)];

/** A variant of a value; where `isText` texts stay texts, as in a query. */
export function vary(value, isText = false) {
  if (typeof value === 'string') return chance(0.4) ? pick(TEXTS) : value;
  if (isText && (typeof value !== 'object' || value === null)) return `${value}`;
  if (typeof value === 'number') return chance(0.4) ? pick(NUMBERS) : value;
  if (typeof value === 'boolean') return chance(0.4) ? !value : value;
  if (Array.isArray(value)) {
    if (chance(0.15)) return [];
    const varied = value.map((item) => vary(item, isText));
    if (chance(0.15) && value.length > 0) varied.push(...Array.from({ length: 1 + Math.floor(number() * 20) }, () => vary(pick(value), isText)));
    return varied;
  }
  if (typeof value !== 'object' || value === null) return value;
  const made = {};
  for (const [key, item] of Object.entries(value)) {
    if (chance(0.1)) continue;
    made[key] = !isText && chance(0.08) ? null : vary(item, isText);
  }
  if (chance(0.1)) made[pick(['extra', 'toString', 'length', ''])] = pick(TEXTS);
  return made;
}

/** What is wrong with an outcome, as a kind that stays the same while the payload shrinks; null for nothing. */
export function strayOf({ error }) {
  if (error === undefined) return null;
  if (UNREADABLE.test(`${error?.code ?? ''}`)) return `database error ${error.code}`;
  const isStray = STRAY.includes(error?.name) && ENGINE.test(`${error.message}`);
  return isStray ? error.name : null;
}

const sizeOf = (value) => (stringify(value) ?? '').length;

// Smaller values in the place of one value.
function smaller(value) {
  if (typeof value === 'string') return value.length > 1 ? ['', value.slice(0, Math.floor(value.length / 2)), value.slice(Math.ceil(value.length / 2)), 'a'] : value === '' ? [] : [''];
  if (typeof value === 'number') return Object.is(value, 0) ? [] : [0, 1].filter((one) => `${one}`.length < `${value}`.length);
  if (Array.isArray(value)) return value.length > 0 ? [[], value.slice(0, Math.floor(value.length / 2)), value.slice(1), value.slice(0, -1)] : [];
  if (typeof value === 'object' && value !== null) return Object.keys(value).length > 0 ? [{}] : [];
  return [];
}

function* candidates(value) {
  yield* smaller(value);
  if (typeof value !== 'object' || value === null) return;
  const isList = Array.isArray(value);
  if (!isList) {
    for (const key of Object.keys(value)) {
      const { [key]: _, ...rest } = value;
      yield rest;
    }
  }
  for (const key of Object.keys(value)) {
    for (const item of candidates(value[key])) {
      const made = isList ? [...value] : { ...value };
      made[key] = item;
      yield made;
    }
  }
}

/** The smallest payload found for which `fails` still holds: `{ payload, steps }`. */
export async function shrink(payload, fails) {
  let [best, steps, tries] = [payload, 0, 0];
  for (let goes = true; goes && tries < MOST_STEPS;) {
    goes = false;
    for (const candidate of candidates(best)) {
      if (tries >= MOST_STEPS) break;
      if (sizeOf(candidate) >= sizeOf(best)) continue;
      tries += 1;
      if (!await fails(candidate)) continue;
      best = candidate;
      steps += 1;
      goes = true;
      break;
    }
  }
  return { payload: best, steps };
}

/** How a payload is shown. */
export const payloadShown = (payload) => (stringify(payload) ?? 'undefined').slice(0, 1_000);
export const payloadSize = sizeOf;
/** Whether there is anything to vary. */
export const isVariable = (sample) => typeof sample === 'object' && sample !== null && leavesOf(sample).length > 0;
