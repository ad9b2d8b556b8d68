// `expect`.

import { AssertionError } from 'node:assert';
import { inspect } from 'daino:internal/inspect';
import { isEqual, isSubset } from 'daino:internal/compare';
import { matcherOf, matchers as asymmetric } from 'daino:internal/test/asymmetric';
import { runningName } from 'daino:internal/test/runner';
import { matchers, sentence } from 'daino:internal/test/matchers';
import { snapshotMatchers } from 'daino:internal/test/snapshot';
import { addSerializer } from 'daino:internal/test/snapshot_format';
import { clock } from 'daino:internal/primordials';
import { sleep } from 'daino:internal/test/virtual_time';

const counted = { made: 0, wanted: null, some: false, soft: [] };

function judge(verdict, { actual, inverted, note, soft }) {
  const { pass, words, compared, message } = verdict;
  if (pass !== inverted) return;
  const given = typeof message === 'function' ? message() : message;
  const text = given ?? sentence(actual, words ?? 'to pass', inverted);
  const error = new AssertionError({ message: note ? `${note}: ${text}` : text, operator: 'expect' });
  if (compared && !inverted) Object.assign(error, compared);
  else { delete error.actual; delete error.expected; }
  if (!soft) throw error;
  counted.soft.push(error);
}

const say = (error) => (error instanceof Error ? `${error.name}: ${error.message}` : inspect(error));

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
  const happened = outcome.kind === 'resolves' ? `it resolved to ${inspect(outcome.value)}` : `it rejected with ${say(outcome.value)}`;
  throw new AssertionError({ message: `expected the promise to ${wanted === 'resolves' ? 'resolve' : 'reject'}, ${happened}`, operator: 'expect' });
}

// Asks again until it holds, or time is up.
async function poll(state, name, args) {
  const { timeout = 1000, interval = 50 } = state.poll;
  const end = clock() + timeout;
  for (let passed = 0; ; passed += interval) {
    try {
      const value = await state.actual();
      return judge(await matchers[name].call(state, value, ...args), { ...state, actual: value });
    } catch (error) {
      if (passed >= timeout || clock() >= end) throw error;
    }
    await sleep(interval);
  }
}

// A rejection is looked at by `toThrow` as if it had been thrown.
const isThrow = (name, promised) => promised === 'rejects' && name.startsWith('toThrow');

class Assertion {
  #state;
  constructor(state) { this.#state = state; }
  get not() { return new Assertion({ ...this.#state, inverted: !this.#state.inverted }); }
  get resolves() { return new Assertion({ ...this.#state, promised: 'resolves' }); }
  get rejects() { return new Assertion({ ...this.#state, promised: 'rejects' }); }

  /** Has every matcher of the table as a method. */
  static add(name) {
    const method = function method(...args) {
      const state = this.#state;
      counted.made += 1;
      if (state.poll) return poll(state, name, args);
      if (!state.promised) {
        const verdict = matchers[name].call(state, state.actual, ...args);
        return typeof verdict?.then === 'function' ? verdict.then((settled) => judge(settled, state)) : judge(verdict, state);
      }
      return settle(state.actual, state.promised).then(async (actual) => {
        const rejected = isThrow(name, state.promised) && typeof actual !== 'function' && !name.includes('Snapshot');
        const verdict = await (rejected ? matchers[name](actual, args[0], true) : matchers[name].call(state, actual, ...args));
        judge(verdict, { ...state, actual });
      });
    };
    Object.defineProperty(Assertion.prototype, name, { value: method, writable: true, configurable: true });
  }
}

Object.assign(matchers, snapshotMatchers);
for (const name of Object.keys(matchers)) Assertion.add(name);

const begin = (actual, note, more) => new Assertion({ actual, note, inverted: false, promised: null, ...more });

/** States something about a value. */
export const expect = Object.assign((actual, note) => begin(actual, note), asymmetric(), {
  not: asymmetric(true),
  soft: (actual, note) => begin(actual, note, { soft: true }),
  poll: (call, options = {}) => begin(call, undefined, { poll: options }),
  assertions: (count) => { counted.wanted = count; },
  hasAssertions: () => { counted.some = true; },
  fail: (message = 'failed') => { throw new AssertionError({ message, operator: 'fail' }); },
  unreachable: (message = 'this line must not be reached') => { throw new AssertionError({ message, operator: 'fail' }); },
  getState: () => ({ currentTestName: runningName() ?? '', assertionCalls: counted.made }),
  addSnapshotSerializer: addSerializer,
  extend(more) {
    for (const [name, matcher] of Object.entries(more)) {
      const self = (isNot, promise = '') => ({
        isNot, promise, equals: (a, b) => isEqual(a, b, 'equal'), currentTestName: runningName() ?? '',
        assertionCalls: counted.made,
        utils: { stringify: inspect, printExpected: inspect, printReceived: inspect, matcherHint: (hint) => `expect(received).${hint}(expected)`, diff: () => '', subsetEquality: isSubset },
      });
      matchers[name] = function extended(actual, ...args) { return matcher.call(self(this.inverted, this.promised ?? ''), actual, ...args); };
      Assertion.add(name);
      const inside = (inverted) => (...args) => matcherOf(name, (value) => matcher.call(self(inverted), value, ...args).pass, args, inverted);
      expect[name] = inside(false);
      expect.not[name] = inside(true);
    }
  },
});


/** Starts counting assertions for a test. */
export function startCounting() { Object.assign(counted, { made: 0, wanted: null, some: false, soft: [] }); }

/** Throws when the test made fewer or more assertions than it announced. */
export function checkCount() {
  const { made, wanted, some } = counted;
  if ((wanted === null || wanted === made) && (!some || made > 0)) return;
  const message = some && made === 0 ? 'expected at least one assertion, none was made' : `expected ${wanted} assertions, ${made} were made`;
  throw new AssertionError({ message, operator: 'expect' });
}

/** Throws what `expect.soft` let pass. */
export function takeSoft() {
  const { soft } = counted;
  counted.soft = [];
  if (soft.length === 0) return;
  if (soft.length > 1) soft[0].message += `\n(and ${soft.length - 1} more: ${soft.slice(1, 6).map((error) => error.message).join('; ')})`;
  throw soft[0];
}
