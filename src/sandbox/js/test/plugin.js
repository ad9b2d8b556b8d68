// The plugin under test and its `ctx`.

import { makeContext } from 'daino:internal/context';

const entry = { load: null };

export function setEntry(load) { entry.load = load; }

const isClass = (value) => typeof value === 'function' && /^class\b/.test(Function.prototype.toString.call(value));

/** The plugin: its class constructed with `config`, its default object, or its exports. */
export async function loadPlugin({ config = {}, ctx = undefined } = {}) {
  if (!entry.load) throw new Error('loadPlugin is only available while tests run');
  const module = await entry.load();
  const main = module.default ?? module;
  return isClass(main) ? new main(config, ctx ?? createContext({ config })) : main;
}

/** The `ctx` a shop would give, on the test's own database and mocked network. */
export function createContext({ config = {}, secrets = {}, store = {} } = {}) {
  const lines = [];
  const emitted = [];
  return makeContext({ config, secrets, store, lines, emitted });
}
