// `ctx`: what a handler is given. Every member asks the broker; none holds a right of its own.

import { emit, hostCall, loadModule, log } from 'daino:internal/host';
import { deepFreeze } from 'daino:internal/freeze';
import { stringify } from 'daino:internal/primordials';

const { create, freeze, assign, defineProperty } = Object;

// Loaded when a plugin first asks for them: compiling them is most of what a start costs.
const lazy = (module, name) => {
  let made;
  return () => (made ??= loadModule(module)[name]);
};
const fetch = lazy('daino:internal/fetch', 'fetch');
const files = lazy('daino:internal/files', 'files');
const format = lazy('daino:internal/inspect', 'format');
const supabase = lazy('daino:internal/compat/supabase', 'supabase');
const sequelize = lazy('daino:internal/compat/sequelize', 'sequelize');
const LAZY = [['fetch', fetch], ['files', files], ['supabase', supabase], ['sequelize', sequelize]];

// A result has `rows` and, because many drivers do, behaves as the array of rows too.
async function query(sql, params = []) {
  if (typeof sql !== 'string') throw new TypeError('db.query takes a statement as text, and its $1, $2, … as an array');
  return hostCall('db.query', { sql, params });
}

function statement(item) {
  if (typeof item === 'string') return { sql: item, params: [] };
  if (Array.isArray(item)) return { sql: item[0], params: item[1] ?? [] };
  return { sql: item?.sql, params: item?.params ?? [] };
}

async function transaction(statements) {
  if (typeof statements === 'function') throw new TypeError('db.transaction takes a list of statements, each [sql, params]; they are applied all or not at all');
  return hostCall('db.transaction', { statements: [...statements].map(statement) });
}

const db = freeze({
  query,
  transaction,
  many: async (sql, params) => (await query(sql, params)).rows,
  // `{ db }` is what some handlers call the query builder.
  from: (table) => supabase().from(table),
  one: async (sql, params) => (await query(sql, params)).rows[0] ?? null,
});

const storage = freeze({
  get: async (key) => (await hostCall('storage.get', { key })) ?? null,
  set: async (key, value) => { await hostCall('storage.set', { key, value: value ?? null }); },
  remove: async (key) => hostCall('storage.remove', { key }),
  keys: async (prefix = '') => hostCall('storage.keys', { prefix }),
});

const MOST_EVENTS = 1_000;

function makeLog(lines) {
  const write = (level) => (...args) => {
    const text = format()(...args);
    if (lines) lines.push({ level, message: text });
    log(level, text);
  };
  return freeze({ debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') });
}

function makeEvents(emitted) {
  return freeze({
    emit(name, payload) {
      if (emitted.length >= MOST_EVENTS) throw new RangeError(`at most ${MOST_EVENTS} events may be emitted in one call`);
      const event = { name: `${name}`, payload };
      emitted.push(event);
      let text = 'null';
      // What has no JSON form is told without it.
      try { text = stringify(payload ?? null) ?? 'null'; } catch { /* it stays null */ }
      emit(event.name, text);
    },
  });
}

/** Makes a `ctx`. `lines` and `emitted` take what is logged and emitted, for tests to look at. */
export function makeContext({ config = {}, secrets = {}, store = {}, lines = null, emitted = [] }) {
  const ctx = assign(create(null), {
    db, storage,
    log: makeLog(lines),
    events: makeEvents(emitted),
    config: deepFreeze(config),
    secrets: freeze(assign(create(null), secrets)),
    store: deepFreeze(store),
  });
  for (const [name, get] of LAZY) defineProperty(ctx, name, { get, enumerable: true });
  return freeze(ctx);
}
