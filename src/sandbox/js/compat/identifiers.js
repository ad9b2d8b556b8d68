// Names of tables and columns on their way into a statement: plain ones only, and quoted.

const PLAIN = /^[A-Za-z_][A-Za-z0-9_]{0,62}$/;

/** What a builder reports instead of asking the database. */
export class Refused extends Error {
  constructor(message, { code = 'DAINO_DENIED', hint = null } = {}) {
    super(message);
    this.code = code;
    this.hint = hint;
  }
}

const shown = (value) => `\`${`${value}`.slice(0, 80)}\``;

/** A name in quotes; refuses what is no plain name. */
export function identifier(name, what) {
  if (typeof name !== 'string' || !PLAIN.test(name)) {
    throw new Refused(`${shown(name)} is not the name of a ${what}`, {
      hint: 'use letters, digits and _; joins, paths into JSON and schemas are written with ctx.db.query',
    });
  }
  return `"${name}"`;
}

export const column = (name) => identifier(name, 'column');

/** `'id, name'`, `['id']` or `'*'` as the list after SELECT or RETURNING. */
export function columnList(columns) {
  const list = Array.isArray(columns) ? columns : `${columns ?? '*'}`.split(',');
  const names = list.map((name) => `${name}`.trim());
  if (names.length === 1 && (names[0] === '*' || names[0] === '')) return '*';
  return names.map(column).join(', ');
}

/** A whole number of rows. */
export function rowNumber(value, what) {
  const number = Number(value);
  if (!Number.isSafeInteger(number) || number < 0) throw new Refused(`${what} takes whole numbers from 0, got ${shown(value)}`);
  return number;
}
