// The plugin under test and its `ctx`.

import { makeContext } from 'daino:internal/context';
import { noteSecrets } from 'daino:internal/test/http_recording';
import { functionSource, parse, stringify } from 'daino:internal/primordials';

const entry = { load: null, secrets: {} };

/** Sets how the entry module is loaded; the harness does. */
export function setEntry(load) { entry.load = load; }

/** Sets secrets that are used in place of those a test gives. */
export function setSecrets(secrets) { entry.secrets = secrets; }

const isClass = (value) => typeof value === 'function' && functionSource(value).startsWith('class');
const copy = (value) => parse(stringify(value));

/** The plugin: its class constructed with `config`, its default object, or its exports. */
export async function loadPlugin({ config = {}, ctx = undefined } = {}) {
  if (!entry.load) throw new Error('loadPlugin is only available while tests run');
  const module = await entry.load();
  const main = module.default ?? module;
  return isClass(main) ? new main(copy(config), ctx ?? createContext({ config })) : main;
}

/** The `ctx` a shop would give, on the test's own database and mocked network. */
export function createContext({ config = {}, secrets = {}, store = {} } = {}) {
  const lines = [];
  const emitted = [];
  const kept = { ...copy(secrets), ...entry.secrets };
  noteSecrets(kept);
  const ctx = makeContext({ config: copy(config), secrets: kept, store: copy(store), lines, emitted });
  return Object.freeze({
    ...ctx,
    log: Object.freeze({ ...ctx.log, lines }),
    events: Object.freeze({ ...ctx.events, emitted }),
  });
}
