// Conditions of a query: an operator, a column and values that are always bound, never written
// into the statement. `parseOr` reads the text form of `.or()` by its grammar; what does not fit
// is refused.

import { Refused, column } from 'daino:internal/compat/identifiers';

const COMPARISONS = { eq: '=', neq: '<>', gt: '>', gte: '>=', lt: '<', lte: '<=', like: 'LIKE', ilike: 'ILIKE' };
const CONTAINS = { contains: '@>', cs: '@>', containedBy: '<@', cd: '<@' };
const STATES = new Map([[null, 'NULL'], [true, 'TRUE'], [false, 'FALSE']]);
const WORDS = { null: null, true: true, false: false };
const MOST_CONDITIONS = 200;
const DEEPEST = 8;

/** One condition as SQL. `bind` takes a value and gives its `$n`. */
export function condition(name, operator, value, bind) {
  const quoted = column(name);
  if (Object.hasOwn(COMPARISONS, operator)) return `${quoted} ${COMPARISONS[operator]} ${bind(value ?? null)}`;
  if (Object.hasOwn(CONTAINS, operator)) return `${quoted} ${CONTAINS[operator]} ${bind(value ?? null)}::jsonb`;
  if (operator === 'is') {
    const state = Object.hasOwn(WORDS, value) && typeof value === 'string' ? WORDS[value] : value ?? null;
    if (!STATES.has(state)) throw new Refused('is takes null, true or false');
    return `${quoted} IS ${STATES.get(state)}`;
  }
  if (operator === 'in') {
    if (!Array.isArray(value)) throw new Refused('in takes a list of values');
    return value.length === 0 ? 'FALSE' : `${quoted} IN (${value.map((item) => bind(item ?? null)).join(', ')})`;
  }
  throw new Refused(`\`${`${operator}`.slice(0, 40)}\` is not an operator here`, {
    hint: 'there are eq, neq, gt, gte, lt, lte, like, ilike, is, in, contains and containedBy',
  });
}

class Reader {
  constructor(text, bind) {
    this.text = text;
    this.at = 0;
    this.bind = bind;
    this.count = 0;
  }

  wrong(expected) {
    return new Refused(`the text of .or() has no ${expected} at position ${this.at}: ${this.text.slice(0, 120)}`, {
      hint: 'write conditions such as name.eq.Ada,age.gte.18; put a value with , ( ) or " in double quotes',
    });
  }

  take(pattern, expected) {
    pattern.lastIndex = this.at;
    const [found] = pattern.exec(this.text) ?? [];
    if (found === undefined) throw this.wrong(expected);
    this.at += found.length;
    return found;
  }

  takes(text) {
    if (!this.text.startsWith(text, this.at)) return false;
    this.at += text.length;
    return true;
  }

  list(joiner, depth) {
    if (depth > DEEPEST) throw new Refused('the text of .or() nests too deep');
    const parts = [this.item(depth)];
    while (this.takes(',')) parts.push(this.item(depth));
    return `(${parts.join(joiner)})`;
  }

  item(depth) {
    this.take(/ */y, 'condition');
    if (++this.count > MOST_CONDITIONS) throw new Refused(`.or() takes at most ${MOST_CONDITIONS} conditions`);
    for (const [word, joiner] of [['and(', ' AND '], ['or(', ' OR ']]) {
      for (const not of ['', 'not.']) {
        if (!this.takes(`${not}${word}`)) continue;
        const inner = this.list(joiner, depth + 1);
        if (!this.takes(')')) throw this.wrong('closing bracket');
        return not ? `NOT ${inner}` : inner;
      }
    }
    const name = this.take(/[A-Za-z_][A-Za-z0-9_]*/y, 'column');
    if (!this.takes('.')) throw this.wrong('operator');
    const not = this.takes('not.');
    const operator = this.take(/[a-z]+/y, 'operator');
    if (!this.takes('.')) throw this.wrong('value');
    const sql = condition(name, operator, this.value(operator), this.bind);
    return not ? `NOT (${sql})` : sql;
  }

  value(operator) {
    if (operator === 'in') {
      if (!this.takes('(')) throw this.wrong('list in brackets');
      const items = [];
      if (!this.takes(')')) {
        do items.push(this.word()); while (this.takes(','));
        if (!this.takes(')')) throw this.wrong('closing bracket');
      }
      return items;
    }
    const word = this.word();
    if (operator !== 'cs' && operator !== 'cd') return word;
    try {
      return JSON.parse(word);
    } catch {
      throw this.wrong('JSON value');
    }
  }

  word() {
    if (!this.takes('"')) return this.take(/[^,()"\\]*/y, 'value').trimEnd();
    const inside = this.take(/(?:[^"\\]|\\["\\])*/y, 'value');
    if (!this.takes('"')) throw this.wrong('closing quote');
    return inside.replace(/\\(.)/g, '$1');
  }
}

/** The conditions of `.or('a.eq.1,and(b.is.null,c.in.(1,2))')` as one in brackets. */
export function parseOr(text, bind) {
  if (typeof text !== 'string' || text.trim() === '') throw new Refused('.or() takes conditions as text, such as "a.eq.1,b.is.null"');
  if (text.length > 10_000) throw new Refused('the text of .or() is longer than 10,000 characters');
  const reader = new Reader(text, bind);
  const sql = reader.list(' OR ', 0);
  if (reader.at !== text.length) throw reader.wrong('comma');
  return sql;
}
