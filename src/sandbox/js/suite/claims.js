// What the conformance suites say again and again, in words that tell the author what to change.

import { inspect } from 'daino:internal/inspect';
import { plainError } from 'daino:internal/test/failure';
import { it } from 'daino:internal/test/globals';
import { about } from 'daino:internal/suite/plan';

/** Fails with a claim about what must hold, and what was seen. */
export function must(holds, claim, seen) {
  if (holds) return;
  const shown = seen === undefined ? '' : `; seen: ${inspect(seen, { depth: 4, stacks: false }).slice(0, 600)}`;
  throw plainError(`${claim}${shown}`, 'ConformanceError');
}

/** A call that may throw: `{ value }` or `{ error }`. */
export async function outcomeOf(work) {
  try {
    return { value: await work() };
  } catch (error) {
    return { error };
  }
}

/** Whether an outcome says that it worked. */
export const succeeded = (outcome) => outcome.error === undefined && outcome.value?.success === true;

/** A rule of the suite. An author leaves one out by its id, with a reason: `"skip": { "id": "why" }`. */
export function rule(id, title, body) {
  const skipped = about().skip ?? {};
  if (typeof skipped !== 'object' || Array.isArray(skipped)) throw plainError('`skip` maps ids of rules to reasons', 'FormatError');
  const reason = skipped[id];
  if (reason !== undefined && (typeof reason !== 'string' || reason.trim().length < 10)) throw plainError(`\`skip.${id}\` needs a reason of at least 10 characters`, 'FormatError');
  if (reason !== undefined) it.skip(`${id}: ${title} (left out: ${reason})`, body);
  else it(`${id}: ${title}`, body);
}
