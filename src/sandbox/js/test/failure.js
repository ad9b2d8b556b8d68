// What a report says of an error, and which of the author's lines it came from.

import { errorTitle, inspect } from 'daino:internal/inspect';

const PRINT = { depth: 20, breakLength: 0, stacks: false };
const INSIDE = /\((?:daino|node|commonjs):|\(native\)|\(eval_script/;

/** The lines of a stack that lie in the author's files. */
export const ownLines = (stack) => (typeof stack === 'string' ? stack : '').split('\n').filter((line) => line.trim() !== '' && !INSIDE.test(line)).join('\n');

/** `path:line:column` of the nearest line of the author's files in a stack; null when there is none. */
export function placeIn(stack) {
  const found = /\(([^()]+:\d+:\d+)\)/.exec(ownLines(stack));
  return found ? found[1] : null;
}

/** The place that called into the test engine. */
export const here = () => placeIn(new Error().stack);

function print(value) {
  return typeof value === 'string' && value.includes('\n') ? value : inspect(value, PRINT);
}

/** What a report says of an error. */
export function failureOf(error, at = null) {
  const isError = error instanceof Error;
  const failure = {
    kind: isError ? `${error.name}` : typeof error,
    message: isError ? `${error.message}` : `thrown: ${inspect(error)}`,
    stack: isError ? ownLines(error.stack) : '',
  };
  if (failure.stack === '' && at !== null) failure.stack = `    at <test> (${at})`;
  const cause = isError && error.cause instanceof Error ? error.cause : null;
  if (cause) failure.message += `\ncaused by: ${errorTitle(cause)}`;
  if (isError && Object.hasOwn(error, 'expected') && Object.hasOwn(error, 'actual') && error.expected !== error.actual) {
    failure.expected = print(error.expected);
    failure.actual = print(error.actual);
  }
  return failure;
}

/** An error of the engine's own: its stack says nothing. */
export function plainError(message, name = 'Error') {
  const error = new Error(message);
  error.name = name;
  error.stack = '';
  return error;
}
