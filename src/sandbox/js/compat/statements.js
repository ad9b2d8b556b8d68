// Statements of the query builder. Rows come as one JSON column, so that values have the types the
// builder's users know: numbers are numbers, not text.

import { Refused, column, columnList } from 'daino:internal/compat/identifiers';

const MOST_VALUES = 30_000;

/** Values of one statement; `add` gives the place of a value. */
export class Binds {
  values = [];
  add = (value) => {
    if (this.values.length >= MOST_VALUES) throw new Refused(`one statement takes at most ${MOST_VALUES} values`);
    this.values.push(value);
    return `$${this.values.length}`;
  };
}

const where = (filters) => (filters.length === 0 ? '' : ` WHERE ${filters.join(' AND ')}`);

export function selectRows({ table, columns, filters, order, limit, offset }) {
  const sorted = order.length === 0 ? '' : ` ORDER BY ${order.join(', ')}`;
  const bounded = `${limit === null ? '' : ` LIMIT ${limit}`}${offset === null ? '' : ` OFFSET ${offset}`}`;
  const inner = `SELECT ${columns} FROM ${table}${where(filters)}${sorted}${bounded}`;
  return `SELECT to_jsonb(q) AS "row" FROM (${inner}) AS q`;
}

export const countRows = ({ table, filters }) => `SELECT count(*) AS "count" FROM ${table}${where(filters)}`;

// A change that gives its rows back does so through a common table expression. One that must change
// one row at most ends in an error of the database when it changes more, which undoes all of it; the
// error says how many.
function returning(change, { columns, one }) {
  if (columns === null && !one) return change;
  const changed = `WITH q AS (${change} RETURNING ${columns ?? '1 AS "one"'})`;
  if (!one) return `${changed} SELECT to_jsonb(q) AS "row" FROM q`;
  return `${changed}, n AS (SELECT count(*) AS "n" FROM q) SELECT to_jsonb(q) AS "row", CASE WHEN n."n" > 1 THEN ('${TOO_MANY}' || n."n")::int END AS "one" FROM q, n`;
}

const TOO_MANY = 'rows instead of one: ';

/** How many rows a change was about that had to be about one, from the error it ended in. */
export function tooMany({ code, message }) {
  const found = code === '22P02' ? /"rows instead of one: (\d+)"/.exec(message) : null;
  return found === null ? null : Number(found[1]);
}

function rowsOf(rows, what) {
  const list = Array.isArray(rows) ? rows : [rows];
  if (list.length === 0) throw new Refused(`${what} takes at least one row`);
  for (const row of list) {
    if (typeof row !== 'object' || row === null || Array.isArray(row)) throw new Refused(`${what} takes an object, or a list of objects`);
  }
  return list;
}

const given = (row) => Object.keys(row).filter((name) => row[name] !== undefined);

export function insertRows({ table, ...answer }, rows, conflict, binds) {
  const list = rowsOf(rows, conflict === null ? 'insert' : 'upsert');
  const names = [...new Set(list.flatMap(given))];
  const into = names.map(column);
  const values = names.length === 0
    ? ' DEFAULT VALUES'
    : ` (${into.join(', ')}) VALUES ${list.map((row) => `(${names.map((name) => (row[name] === undefined ? 'DEFAULT' : binds.add(row[name]))).join(', ')})`).join(', ')}`;
  if (names.length === 0 && list.length > 1) throw new Refused('insert takes rows with at least one column');
  return returning(`INSERT INTO ${table}${values}${conflict === null ? '' : onConflict(names, conflict)}`, answer);
}

function onConflict(names, { onConflict: target = 'id', ignoreDuplicates = false }) {
  const keys = columnList(target);
  if (keys === '*') throw new Refused('onConflict names the columns of a unique index');
  const unique = new Set(keys.split(', '));
  const changed = names.map(column).filter((name) => !unique.has(name));
  if (ignoreDuplicates || changed.length === 0) return ` ON CONFLICT (${keys}) DO NOTHING`;
  return ` ON CONFLICT (${keys}) DO UPDATE SET ${changed.map((name) => `${name} = EXCLUDED.${name}`).join(', ')}`;
}

function requireFilter(filters, what) {
  if (filters.length > 0) return;
  throw new Refused(`${what} without a filter would reach every row`, { code: '21000', hint: 'say which rows, for example .eq(\'id\', id)' });
}

export function updateRows({ table, filters, ...answer }, changes, binds) {
  requireFilter(filters, 'update');
  const [row] = rowsOf(changes, 'update');
  const names = given(row);
  if (Array.isArray(changes) || names.length === 0) throw new Refused('update takes an object with at least one column');
  const set = names.map((name) => `${column(name)} = ${binds.add(row[name])}`).join(', ');
  return returning(`UPDATE ${table} SET ${set}${where(filters)}`, answer);
}

export function deleteRows({ table, filters, ...answer }) {
  requireFilter(filters, 'delete');
  return returning(`DELETE FROM ${table}${where(filters)}`, answer);
}
