// Freezing a JSON value all the way down.

const { freeze, isFrozen, values } = Object;

/** Freezes a value and everything in it. */
export function deepFreeze(value) {
  if (typeof value !== 'object' || value === null || isFrozen(value)) return value;
  freeze(value);
  for (const inner of values(value)) deepFreeze(inner);
  return value;
}
