// `expect`.

import { AssertionError } from 'node:assert';
import { inspect } from 'daino:internal/inspect';
import { isEqual } from 'daino:internal/compare';
import { matchers as asymmetric } from 'daino:internal/test/asymmetric';
import { matchers, sentence } from 'daino:internal/test/matchers';

const counted = { made: 0, wanted: null, some: false };

function judge({ pass, words, compared, message }, actual, inverted, note) {
  if (pass !== inverted) return;
  const text = message ? message() : sentence(actual, words, inverted);
  const error = new AssertionError({ message: note ? `${note}: ${text}` : text, operator: 'expect' });
  if (compared && !inverted) Object.assign(error, compared);
  else { delete error.actual; delete error.expected; }
  throw error;
}

async function settle(actual, wanted) {
  const promise = typeof actual === 'function' ? actual() : actual;
  if (typeof promise?.then !== 'function') throw new TypeError(`the value must be a promise, got ${inspect(actual)}`);
  let outcome;
  try {
    outcome = { kind: 'resolves', value: await promise };
  } catch (error) {
    outcome = { kind: 'rejects', value: error };
  }
  if (outcome.kind === wanted) return outcome.value;
  const happened = outcome.kind === 'resolves' ? `it resolved to ${inspect(outcome.value)}` : `it rejected with ${inspect(outcome.value)}`;
  throw new AssertionError({ message: `expected the promise to ${wanted === 'resolves' ? 'resolve' : 'reject'}, ${happened}`, operator: 'expect' });
}

function chain(actual, note, inverted, promised) {
  const made = {};
  for (const [name, matcher] of Object.entries(matchers)) {
    made[name] = (...args) => {
      counted.made += 1;
      if (!promised) return judge(matcher(actual, ...args), actual, inverted, note);
      return settle(actual, promised).then((value) => {
        const isThrow = promised === 'rejects' && name.startsWith('toThrow');
        const rejected = isThrow && typeof value !== 'function';
        judge(rejected ? matcher(value, args[0], true) : matcher(value, ...args), value, inverted, note);
      });
    };
  }
  const getters = inverted ? {} : { not: () => chain(actual, note, true, promised) };
  if (!promised) {
    getters.resolves = () => chain(actual, note, inverted, 'resolves');
    getters.rejects = () => chain(actual, note, inverted, 'rejects');
  }
  for (const [name, get] of Object.entries(getters)) Object.defineProperty(made, name, { get });
  return made;
}

/** States something about a value. */
export const expect = Object.assign((actual, note) => chain(actual, note, false, null), asymmetric(), {
  not: asymmetric(true),
  assertions: (count) => { counted.wanted = count; },
  hasAssertions: () => { counted.some = true; },
  fail: (message = 'failed') => { throw new AssertionError({ message, operator: 'fail' }); },
  unreachable: (message = 'this line must not be reached') => { throw new AssertionError({ message, operator: 'fail' }); },
  extend(more) {
    const self = { equals: (a, b) => isEqual(a, b, 'equal'), utils: { stringify: inspect, printExpected: inspect, printReceived: inspect } };
    for (const [name, matcher] of Object.entries(more)) {
      matchers[name] = (actual, ...args) => matcher.call(self, actual, ...args);
    }
  },
});

/** Starts counting assertions for a test. */
export function startCounting() { Object.assign(counted, { made: 0, wanted: null, some: false }); }

/** Throws when the test made fewer or more assertions than it announced. */
export function checkCount() {
  const { made, wanted, some } = counted;
  if ((wanted === null || wanted === made) && (!some || made > 0)) return;
  const message = some && made === 0 ? 'expected at least one assertion, none was made' : `expected ${wanted} assertions, ${made} were made`;
  throw new AssertionError({ message, operator: 'expect' });
}
