// `ctx.sequelize`: the one call of Sequelize that plugins of DainoStore use, `query`, with its
// shapes, on top of the plugin's own database connection.

import { hostCall } from 'daino:internal/host';

const { assign, freeze } = Object;

export const QueryTypes = freeze({ SELECT: 'SELECT', INSERT: 'INSERT', UPDATE: 'UPDATE', DELETE: 'DELETE', RAW: 'RAW' });

const NAMES = { 23505: 'SequelizeUniqueConstraintError', 23503: 'SequelizeForeignKeyConstraintError' };

function failed(cause, sql) {
  const error = new Error(cause.message, { cause });
  error.name = NAMES[cause.code] ?? 'SequelizeDatabaseError';
  return assign(error, { code: cause.code, original: cause, parent: cause, sql });
}

function valuesOf({ bind = [], replacements, transaction }) {
  if (replacements !== undefined) throw new TypeError('sequelize.query takes `bind`, not `replacements`: write $1, $2, … and give the values as an array');
  if (transaction !== undefined) throw new TypeError('sequelize.query takes no transaction; use ctx.db.transaction([[sql, values], …])');
  if (!Array.isArray(bind)) throw new TypeError('`bind` is an array of the values for $1, $2, …');
  return bind.map((value) => value ?? null);
}

/** Runs a statement: rows of a SELECT, else `[rows, rowCount]`; without a type `[rows, result]`. */
async function query(statement, options = {}) {
  const sql = typeof statement === 'string' ? statement : statement?.query;
  if (typeof sql !== 'string') throw new TypeError('sequelize.query takes a statement as text');
  const given = typeof statement === 'string' ? options : { bind: statement.bind ?? statement.values, ...options };
  const { type, plain = false } = given ?? {};
  if (type !== undefined && QueryTypes[type] === undefined) throw new TypeError(`sequelize.query knows the types ${Object.keys(QueryTypes).join(', ')}`);
  let result;
  try {
    result = await hostCall('db.query', { sql, params: valuesOf(given ?? {}) });
  } catch (error) {
    if (error instanceof TypeError || error instanceof RangeError) throw error;
    throw failed(error, sql);
  }
  const { rows, rowCount } = result;
  if (plain) return rows[0] ?? null;
  if (type === 'SELECT' || type === 'DELETE') return rows;
  if (type === 'INSERT' || type === 'UPDATE') return [rows, rowCount];
  return [rows, { rows, rowCount }];
}

const absent = (name) => () => {
  throw new TypeError(`sequelize.${name} is not there in a plugin; use sequelize.query, or ctx.db`);
};

export const sequelize = freeze({
  query,
  QueryTypes,
  transaction: absent('transaction'),
  define: absent('define'),
  model: absent('model'),
  sync: absent('sync'),
  authenticate: absent('authenticate'),
});
