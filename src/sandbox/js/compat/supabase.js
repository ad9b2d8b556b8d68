// `ctx.supabase`: the query builder that plugins of DainoStore know, on top of the plugin's own
// database connection. It reaches exactly what `ctx.db` reaches: the same grants, the same limits.
//
// A failure of the database never throws: it is the `error` of the answer.

import { hostCall } from 'daino:internal/host';
import { Refused, column, columnList, identifier, rowNumber } from 'daino:internal/compat/identifiers';
import { condition, parseOr } from 'daino:internal/compat/filters';
import { Binds, countRows, deleteRows, insertRows, selectRows, tooMany, updateRows } from 'daino:internal/compat/statements';

const { defineProperty, freeze } = Object;
const STATUS = { 200: 'OK', 201: 'Created', 204: 'No Content', 400: 'Bad Request', 403: 'Forbidden', 404: 'Not Found', 406: 'Not Acceptable', 409: 'Conflict', 429: 'Too Many Requests' };
const FAILED = { 42501: 403, DAINO_DENIED: 403, DAINO_LIMIT: 429, '42P01': 404, 23505: 409, 23503: 409, PGRST116: 406 };

function answer(data, count, status) {
  return { data, error: null, count, status, statusText: STATUS[status] };
}

function failure(error) {
  const { code = '', message, detail = null, hint = null } = error;
  const status = FAILED[code] ?? 400;
  return { data: null, error: { message, code, details: detail, hint }, count: null, status, statusText: STATUS[status] };
}

const notOne = (found) => failure({
  code: 'PGRST116',
  message: 'JSON object requested, multiple (or no) rows returned',
  detail: `The result contains ${found} rows`,
});

const ask = (sql, params) => hostCall('db.query', { sql, params });

class Query {
  #table;
  #action = 'select';
  #rows = null;
  #options = {};
  #columns = null;
  #count = null;
  #head = false;
  // Each filter binds its values anew for every statement: counting makes one of its own.
  #filters = [];
  #order = [];
  #limit = null;
  #offset = null;
  // Whether more than one row is an error: then a change is undone.
  #one = false;
  #wrong = null;

  constructor(table) {
    this.#note(() => { this.#table = identifier(table, 'table'); });
  }

  // A mistake of the caller is the answer's error, like a mistake the database finds.
  #note(step) {
    try {
      step();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.#wrong ??= error;
    }
    return this;
  }

  #filter(make) {
    this.#note(() => { make(() => '$1'); });
    this.#filters.push(make);
    return this;
  }

  #change(action, rows, options = {}) {
    if (this.#action !== 'select') throw new TypeError(`a query is one of insert, update, upsert and delete: this one is ${this.#action} already`);
    [this.#action, this.#rows, this.#options] = [action, rows, options ?? {}];
    this.#count = this.#options.count ?? null;
    this.#columns = null;
    return this;
  }

  select(columns = '*', { count = null, head = false } = {}) {
    return this.#note(() => {
      this.#columns = columnList(columns);
      this.#count = count ?? this.#count;
      this.#head = Boolean(head);
    });
  }

  insert(rows, options) { return this.#change('insert', rows, options); }
  upsert(rows, options) { return this.#change('upsert', rows, options); }
  update(changes, options) { return this.#change('update', changes, options); }
  delete(options) { return this.#change('delete', null, options); }

  not(name, operator, value) { return this.#filter((bind) => `NOT (${condition(name, operator, value, bind)})`); }
  or(text) { return this.#filter((bind) => parseOr(text, bind)); }
  where(values) {
    for (const name of Object.keys(values ?? {})) this.eq(name, values[name]);
    return this;
  }

  order(name, { ascending = true, nullsFirst = undefined } = {}) {
    return this.#note(() => {
      const nulls = nullsFirst === undefined ? '' : ` NULLS ${nullsFirst ? 'FIRST' : 'LAST'}`;
      this.#order.push(`${column(name)} ${ascending ? 'ASC' : 'DESC'}${nulls}`);
    });
  }

  limit(count) { return this.#note(() => { this.#limit = rowNumber(count, 'limit'); }); }

  range(from, to) {
    return this.#note(() => {
      const [first, last] = [rowNumber(from, 'range'), rowNumber(to, 'range')];
      if (last < first) throw new Refused('range takes the first and the last row');
      [this.#offset, this.#limit] = [first, last - first + 1];
    });
  }

  #parts(binds) {
    return {
      table: this.#table,
      columns: this.#columns,
      filters: this.#filters.map((make) => make(binds.add)),
      order: this.#order,
      limit: this.#limit,
      offset: this.#offset,
      one: this.#one,
    };
  }

  async #selected() {
    const counted = this.#count !== null;
    let count = null;
    if (counted) {
      const binds = new Binds();
      const { rows } = await ask(countRows(this.#parts(binds)), binds.values);
      count = Number(rows[0].count);
    }
    if (this.#head) return answer(null, count, 200);
    const binds = new Binds();
    const { rows } = await ask(selectRows({ ...this.#parts(binds), columns: this.#columns ?? '*' }), binds.values);
    return answer(rows.map(({ row }) => row), count, 200);
  }

  #statement(binds) {
    if (this.#action === 'insert' || this.#action === 'upsert') {
      return insertRows(this.#parts(binds), this.#rows, this.#action === 'upsert' ? this.#options : null, binds);
    }
    return this.#action === 'update' ? updateRows(this.#parts(binds), this.#rows, binds) : deleteRows(this.#parts(binds));
  }

  async #changed() {
    const binds = new Binds();
    const result = await ask(this.#statement(binds), binds.values);
    const count = this.#count === null ? null : result.rowCount;
    const made = this.#action === 'insert' || this.#action === 'upsert';
    // Nothing was changed, then; only `single` minds.
    if (this.#one && result.rows.length === 0) return answer([], count, 200);
    if (this.#columns === null || this.#head) return answer(null, count, made ? 201 : 204);
    return answer(result.rows.map(({ row }) => row), count, made ? 201 : 200);
  }

  async #run() {
    if (this.#wrong) return failure(this.#wrong);
    try {
      return await (this.#action === 'select' ? this.#selected() : this.#changed());
    } catch (error) {
      if (error instanceof TypeError || error instanceof RangeError) throw error;
      const found = this.#one ? tooMany(error) : null;
      return found === null ? failure(error) : notOne(found);
    }
  }

  #atMostOne() {
    if (this.#action === 'select') this.#limit ??= 2;
    else this.#one = true;
    return this.#run();
  }

  async single() {
    const result = await this.#atMostOne();
    if (result.error || result.data === null) return result;
    return result.data.length === 1 ? { ...result, data: result.data[0] } : notOne(result.data.length);
  }

  async maybeSingle() {
    const result = await this.#atMostOne();
    if (result.error || result.data === null) return result;
    return result.data.length > 1 ? notOne(result.data.length) : { ...result, data: result.data[0] ?? null };
  }

  async execute() {
    const { data, error, count } = await this.#run();
    return { data, error, count };
  }

  /** The first row itself, or null; the one place where a failure throws. */
  async first() {
    if (this.#action === 'select') this.limit(1);
    const { data, error } = await this.#run();
    if (error) throw Object.assign(new Error(error.message), error);
    return data?.[0] ?? null;
  }

  then(resolve, reject) { return this.#run().then(resolve, reject); }

  static {
    const comparisons = ['eq', 'neq', 'gt', 'gte', 'lt', 'lte', 'like', 'ilike', 'in', 'is', 'contains', 'containedBy'];
    for (const operator of comparisons) {
      const value = function filter(name, wanted) { return this.#filter((bind) => condition(name, operator, wanted, bind)); };
      defineProperty(this.prototype, operator, { value, writable: true, configurable: true });
    }
    const absent = ['match', 'filter', 'overlaps', 'textSearch', 'csv', 'throwOnError', 'returns', 'abortSignal', 'rangeGt', 'rangeGte', 'rangeLt', 'rangeLte', 'rangeAdjacent', 'explain', 'geojson'];
    for (const name of absent) {
      const value = () => { throw new TypeError(`.${name}() is not there in DainoStore's query builder; write the statement with ctx.db.query`); };
      defineProperty(this.prototype, name, { value, writable: true, configurable: true });
    }
  }
}

export const supabase = freeze({
  from: (table) => new Query(table),
  rpc: async (name) => failure({
    code: 'DAINO_DENIED',
    message: `functions of the database cannot be called: \`${`${name}`.slice(0, 80)}\``,
    hint: 'write the statement with ctx.db.query',
  }),
  raw: () => { throw new TypeError('raw() is not there; write the statement with ctx.db.query(sql, values)'); },
});
