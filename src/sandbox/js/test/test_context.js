// What a test function is given: `t` of `node:test` and the context of vitest in one object.

import assert from 'node:assert';
import { expect } from 'daino:internal/test/expect';
import { tracker } from 'daino:internal/test/node_mock';
import { matchText } from 'daino:internal/test/snapshot';
import { plainError } from 'daino:internal/test/failure';
import { addTest, hookOfRunning } from 'daino:internal/test/runner';

/** Hooks and subtests of a running test live in a suite of its own. */
export function suiteOf(test, make) {
  test.suite ??= Object.assign(make(test.name, test.parent), { ready: true });
  return test.suite;
}

export function addHookTo(test, name, call, options) {
  if (!test.suite) {
    const hooks = { beforeAll: [], afterAll: [], beforeEach: [], afterEach: [] };
    test.suite = { kind: 'suite', name: test.name, parent: test.parent, mode: 'run', items: [], hooks, ready: true, broken: null, loading: null };
  }
  test.suite.hooks[name].push({ call, timeout: options?.timeout });
}

// As Node writes it: indented JSON, unless there are serializers.
function snapshot(value, { serializers = [(inner) => JSON.stringify(inner, null, 2)] } = {}) {
  const { pass, message, compared } = matchText(`\n${serializers.reduce((made, serialize) => serialize(made), value)}\n`.trim());
  if (!pass) throw Object.assign(new assert.AssertionError({ message: message(), operator: 'snapshot' }), compared);
}

export class TestContext {
  #test;
  #path;
  #signal = null;
  #mock = null;
  #planned = null;
  #counted = 0;

  constructor(test, path) {
    this.#test = test;
    this.#path = path;
    Object.defineProperty(this, 'cleanups', { value: [], enumerable: false });
  }
  get name() { return this.#test.name; }
  get fullName() { return this.#path.join(' > '); }
  get signal() { return (this.#signal ??= new globalThis.AbortController()).signal; }
  get task() { return { name: this.#test.name, fullName: this.fullName }; }
  get expect() { return expect; }
  get mock() { return (this.#mock ??= tracker()); }
  /** Puts back what the test's own `mock` put in place. */
  endMocks() { this.#mock?.reset(); }
  get assert() {
    const counting = { snapshot: (value, options) => { this.#counted += 1; snapshot(value, options); } };
    for (const [name, call] of Object.entries(assert)) {
      counting[name] = typeof call === 'function' ? (...args) => { this.#counted += 1; return call(...args); } : call;
    }
    return counting;
  }
  test = (...args) => { this.#counted += 1; return addTest('run', args); };
  it = (...args) => this.test(...args);
  plan(count) { this.#planned = count; }
  checkPlan() {
    if (this.#planned === null || this.#planned === this.#counted) return;
    throw plainError(`plan expected ${this.#planned} assertions but received ${this.#counted}`);
  }
  skip(reason) { this.#test.outcome = { status: 'skipped', reason }; }
  todo(reason) { this.#test.outcome = { status: 'todo', reason }; }
  runOnly() {}
  diagnostic(text) { globalThis.console.log(`# ${text}`); }
  // The test has begun: what goes before its subtests goes now.
  before(call) { return call(this); }
  after(call, options) { addHookTo(this.#test, 'afterAll', call, options); }
  beforeEach(call, options) { addHookTo(this.#test, 'beforeEach', call, options); }
  afterEach(call, options) { addHookTo(this.#test, 'afterEach', call, options); }
  onTestFinished(call) { hookOfRunning('onTestFinished', call); }
  onTestFailed(call) { hookOfRunning('onTestFailed', call); }
}
