// Random numbers that a seed decides: `Math.random`, `crypto` and the order of a shuffle.

import { setRandomBytes } from 'daino:internal/host';

/** A generator of numbers from 0 up to 1 (mulberry32). */
export function generator(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const run = { seed: 1 };

/** A seed of its own for a name; the same in each run with the same seed. */
export function seedOf(name) {
  let hash = run.seed ^ 0x811c9dc5;
  for (let at = 0; at < name.length; at++) hash = Math.imul(hash ^ name.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}

/** Makes all randomness of the file come from the seed. */
export function install(seed) {
  run.seed = seed;
  const number = generator(seed);
  const byte = generator(seed ^ 0x5bd1e995);
  Object.defineProperty(Math, 'random', { value: number, writable: true, configurable: true, enumerable: false });
  setRandomBytes((count) => Uint8Array.from({ length: count }, () => Math.floor(byte() * 256)));
}

/** The list in an order that the seed decides. */
export function shuffled(list, number) {
  const mixed = [...list];
  for (let at = mixed.length - 1; at > 0; at--) {
    const other = Math.floor(number() * (at + 1));
    [mixed[at], mixed[other]] = [mixed[other], mixed[at]];
  }
  return mixed;
}
