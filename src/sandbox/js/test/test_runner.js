// `TestRunner` of `vitest`: what libraries build on, such as `@fast-check/vitest`.

import { addTest, currentSuite, currentTest } from 'daino:internal/test/runner';

const seen = new WeakMap();
const MODES = ['skip', 'only', 'todo', 'fails', 'concurrent', 'sequential'];

// A suite as Vitest shows it; the outermost one is the file.
function suiteOf(suite) {
  let shown = seen.get(suite);
  if (shown) return shown;
  shown = { type: 'suite', name: suite.name, mode: suite.mode, task: (name, options) => { addTest('run', [name, options.handler, options]); } };
  seen.set(suite, shown);
  let root = suite;
  while (root.parent) root = root.parent;
  if (suite.parent) Object.assign(shown, { suite: suiteOf(suite.parent), file: suiteOf(root) });
  else Object.assign(shown, { filepath: '', file: shown });
  Object.defineProperty(shown, 'hooks', { value: suite.hooks });
  return shown;
}

const callsOf = (hooks) => hooks.map(({ call }) => call);

function collector(collect) {
  const make = (flags) => {
    const call = (...args) => { collect.apply(flags, args); };
    call.each = (table) => (name, body, ...rest) => { for (const row of table) call(`${name}`, () => body(...(Array.isArray(row) ? row : [row])), ...rest); };
    call.for = (table) => (name, body, ...rest) => { for (const row of table) call(`${name}`, (context) => body(row, context), ...rest); };
    return call;
  };
  const made = make({});
  for (const mode of MODES) made[mode] = make({ [mode]: true });
  made.skipIf = (condition) => (condition ? made.skip : made);
  made.runIf = (condition) => (condition ? made : made.skip);
  return made;
}

export const TestRunner = {
  getCurrentSuite: () => suiteOf(currentSuite()),
  getCurrentTest() {
    const test = currentTest();
    if (!test) return undefined;
    const suite = suiteOf(test.parent);
    return { type: 'test', name: test.name, mode: test.mode, suite: suite.suite ? suite : undefined, file: suite.file, context: test.context };
  },
  getSuiteHooks({ hooks }) {
    return { beforeAll: callsOf(hooks.beforeAll), afterAll: callsOf(hooks.afterAll), beforeEach: callsOf(hooks.beforeEach), afterEach: callsOf(hooks.afterEach) };
  },
  createTaskCollector: collector,
};
