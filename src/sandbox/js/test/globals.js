// The words test files use: `describe`, `it`, the hooks, and their `.skip/.only/.todo/.each`.

import { format } from 'daino:internal/inspect';
import { loadModule } from 'daino:internal/host';
import { seedOf } from 'daino:internal/test/random';
import { addHook, addSuite, addTest, hookOfRunning } from 'daino:internal/test/runner';

// Fills `%s`, `%#` and `$name.path` of a title from one row of a table.
function title(text, row, index) {
  const values = Array.isArray(row) ? [...row] : [row];
  const filled = text.replace(/%([sdifjoOp#%])/g, (whole, mark) => {
    if (mark === '%') return '%';
    if (mark === '#') return `${index}`;
    if (values.length === 0) return whole;
    const value = values.shift();
    // Lists and others with words of their own are shown in them, as Vitest does.
    if (mark === 's' && typeof value?.toString === 'function' && typeof value === 'object' && value.toString !== Object.prototype.toString) return `${value}`;
    return format(mark === 'p' ? '%o' : whole, value);
  });
  if (typeof row !== 'object' || row === null || Array.isArray(row)) return filled;
  return filled.replace(/\$([A-Za-z_]\w*(?:\.\w+)*)/g, (_, path) => {
    const value = path.split('.').reduce((at, key) => at?.[key], row);
    return format('%O', value);
  });
}

function tableOf(strings, values) {
  const heads = strings[0].trim().split('|').map((head) => head.trim()).filter(Boolean);
  const rows = [];
  for (let i = 0; i < values.length; i += heads.length) {
    rows.push(Object.fromEntries(heads.map((head, j) => [head, values[i + j]])));
  }
  return rows;
}

// vitest: `test.extend({ name: async ({}, use) => { await use(value); } })`.
function extended(base, fixtures) {
  const using = (body) => async (context) => {
    const names = Object.keys(fixtures);
    const open = async (at, values) => {
      if (at === names.length) return body({ ...values, task: context.task, expect: context.expect, skip: () => context.skip() });
      const fixture = fixtures[names[at]];
      if (typeof fixture !== 'function') return open(at + 1, { ...values, [names[at]]: fixture });
      let inner;
      await fixture(values, async (value) => { inner = await open(at + 1, { ...values, [names[at]]: value }); });
      return inner;
    };
    return open(0, {});
  };
  const wrap = (call) => (name, body, ...rest) => call(name, typeof body === 'function' ? using(body) : body, ...rest);
  return Object.assign(wrap(base), { skip: wrap(base.skip), only: wrap(base.only), fails: wrap(base.fails), todo: base.todo, extend: (more) => extended(base, { ...fixtures, ...more }) });
}

function word(add) {
  const make = (mode) => {
    const call = (...args) => add(mode, args);
    call.each = (table, ...values) => (name, body, ...rest) => {
      const rows = Array.isArray(table) && table.raw ? tableOf(table, values) : [...table];
      rows.forEach((row, index) => {
        const args = Array.isArray(row) ? row : [row];
        add(mode, [title(`${name}`, row, index), body && (() => body(...args)), ...rest]);
      });
    };
    call.for = (table) => (name, body, ...rest) => [...table].forEach((row, index) => add(mode, [title(`${name}`, row, index), (t) => body(row, t), ...rest]));
    return call;
  };
  const made = make('run');
  const modes = ['skip', 'only', 'todo', 'fails'];
  for (const mode of modes) made[mode] = make(mode);
  for (const mode of modes) for (const word of ['concurrent', 'sequential']) made[mode][word] = made[mode];
  made.failing = made.fails;
  made.extend = (fixtures) => extended(made, fixtures);
  made.skipIf = (condition) => (condition ? made.skip : made);
  made.runIf = (condition) => (condition ? made : made.skip);
  made.concurrent = made;
  made.sequential = made;
  return made;
}

// `it.prop`: what it takes is loaded when a file has such a test.
const property = () => loadModule('daino:internal/test/property');
const withProp = (call) => {
  call.prop = (gens, options = {}) => (name, body, ...rest) => {
    const seed = options.seed ?? seedOf(`${name}`);
    return call(name, () => property().holds(gens, body, { ...options, seed }), ...rest);
  };
};

/** Makes the inputs of `it.prop`: `gen.integer()`, `gen.string()`, … */
export const gen = new Proxy({}, { get: (_, name) => property().gen[name], ownKeys: () => Reflect.ownKeys(property().gen) });

export const describe = word(addSuite);
export const it = word(addTest);
for (const call of [it, it.skip, it.only, it.fails]) withProp(call);
export const test = it;
export const suite = describe;
export const beforeAll = (call, timeout) => addHook('beforeAll', call, timeout);
export const afterAll = (call, timeout) => addHook('afterAll', call, timeout);
export const beforeEach = (call, timeout) => addHook('beforeEach', call, timeout);
export const afterEach = (call, timeout) => addHook('afterEach', call, timeout);
export const onTestFinished = (call) => hookOfRunning('onTestFinished', call);
export const onTestFailed = (call) => hookOfRunning('onTestFailed', call);
export const xit = it.skip;
export const xtest = it.skip;
export const xdescribe = describe.skip;
export const fit = it.only;
export const fdescribe = describe.only;
