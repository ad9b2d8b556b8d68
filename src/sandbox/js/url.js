// `URL` and `URLSearchParams`. Parsing is native; the query list is kept here.

import { bytesToText, urlParse, urlSet, utf8Decode } from 'daino:internal/host';
import { custom } from 'daino:internal/inspect';
import { encodeUtf8 } from 'daino:internal/encoding';
import { wellFormed } from 'daino:internal/primordials';

const KEEP = /[A-Za-z0-9*\-._]/;

function encodeComponent(text) {
  const bytes = encodeUtf8(text);
  let out = '';
  for (let i = 0; i < bytes.length; i++) {
    const character = String.fromCharCode(bytes[i]);
    out += KEEP.test(character) ? character : character === ' ' ? '+' : `%${bytesToText(bytes.subarray(i, i + 1), 'hex').toUpperCase()}`;
  }
  return out;
}

function decodeComponent(text) {
  const bytes = encodeUtf8(text.replaceAll('+', ' '));
  const out = [];
  for (let i = 0; i < bytes.length; i++) {
    const pair = bytes[i] === 0x25 && i + 2 < bytes.length ? String.fromCharCode(bytes[i + 1], bytes[i + 2]) : '';
    if (/^[0-9A-Fa-f]{2}$/.test(pair)) {
      out.push(parseInt(pair, 16));
      i += 2;
    } else out.push(bytes[i]);
  }
  return utf8Decode(new Uint8Array(out), false);
}

function parseQuery(text) {
  return text.split('&').filter((part) => part !== '').map((part) => {
    const at = part.indexOf('=');
    const [name, value] = at < 0 ? [part, ''] : [part.slice(0, at), part.slice(at + 1)];
    return [decodeComponent(name), decodeComponent(value)];
  });
}

let listen;

export class URLSearchParams {
  #list = [];
  #changed = () => {};

  static {
    listen = (params, text, changed) => {
      params.#list = parseQuery(text);
      if (changed) params.#changed = changed;
    };
  }

  constructor(init = '') {
    if (typeof init === 'object' && init !== null && typeof init[Symbol.iterator] === 'function') {
      for (const pair of init) {
        const [name, value, ...more] = [...pair];
        if (value === undefined || more.length > 0) throw new TypeError('each query pair must be an iterable [name, value]');
        this.#list.push([wellFormed(`${name}`), wellFormed(`${value}`)]);
      }
    } else if (typeof init === 'object' && init !== null) {
      for (const name of Object.keys(init)) this.#list.push([wellFormed(name), wellFormed(`${init[name]}`)]);
    } else {
      this.#list = parseQuery(`${init}`.replace(/^\?/, ''));
    }
  }

  get size() { return this.#list.length; }

  append(name, value) {
    this.#list.push([wellFormed(`${name}`), wellFormed(`${value}`)]);
    this.#changed();
  }

  delete(name, value) {
    this.#list = this.#list.filter(([n, v]) => n !== `${name}` || (value !== undefined && v !== `${value}`));
    this.#changed();
  }

  get(name) { return this.#list.find(([n]) => n === `${name}`)?.[1] ?? null; }

  getAll(name) { return this.#list.filter(([n]) => n === `${name}`).map(([, v]) => v); }

  has(name, value) { return this.#list.some(([n, v]) => n === `${name}` && (value === undefined || v === `${value}`)); }

  set(name, value) {
    const at = this.#list.findIndex(([n]) => n === `${name}`);
    if (at < 0) this.#list.push([wellFormed(`${name}`), wellFormed(`${value}`)]);
    else {
      this.#list = this.#list.filter(([n], i) => n !== `${name}` || i === at);
      this.#list[at] = [wellFormed(`${name}`), wellFormed(`${value}`)];
    }
    this.#changed();
  }

  sort() {
    this.#list.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    this.#changed();
  }

  forEach(callback, self) {
    for (const [name, value] of this.#list) callback.call(self, value, name, this);
  }

  * entries() { for (const [name, value] of this.#list) yield [name, value]; }
  * keys() { for (const [name] of this.#list) yield name; }
  * values() { for (const [, value] of this.#list) yield value; }
  [Symbol.iterator]() { return this.entries(); }

  toString() { return this.#list.map(([n, v]) => `${encodeComponent(n)}=${encodeComponent(v)}`).join('&'); }

  get [Symbol.toStringTag]() { return 'URLSearchParams'; }
  [custom](_, __, inspect) {
    const shown = this.#list.map(([n, v]) => `${inspect(n)} => ${inspect(v)}`).join(', ');
    return `URLSearchParams {${shown ? ` ${shown} ` : ''}}`;
  }
}

const PARTS = ['href', 'origin', 'protocol', 'username', 'password', 'host', 'hostname', 'port', 'pathname', 'search', 'hash'];

export class URL {
  #parts;
  #query;

  constructor(address, base) {
    const parts = urlParse(wellFormed(`${address}`), base === undefined ? undefined : wellFormed(`${base}`));
    if (!parts) {
      const error = new TypeError('Invalid URL');
      error.code = 'ERR_INVALID_URL';
      error.input = `${address}`;
      throw error;
    }
    this.#parts = parts;
  }

  static canParse(address, base) { return URL.parse(address, base) !== null; }

  static parse(address, base) {
    try { return new URL(address, base); } catch { return null; }
  }

  #set(part, value) {
    const parts = urlSet(this.#parts[0], part, wellFormed(`${value}`));
    if (parts) this.#parts = parts;
    if (part === 'search' && this.#query) listen(this.#query, this.search.slice(1));
  }

  get href() { return this.#parts[0]; }
  set href(value) {
    const parts = urlParse(wellFormed(`${value}`), undefined);
    if (!parts) throw new TypeError('Invalid URL');
    this.#parts = parts;
    if (this.#query) listen(this.#query, this.search.slice(1));
  }

  get origin() { return this.#parts[1]; }

  get searchParams() {
    if (!this.#query) {
      this.#query = new URLSearchParams();
      listen(this.#query, this.search.slice(1), () => {
        const parts = urlSet(this.#parts[0], 'search', this.#query.toString());
        if (parts) this.#parts = parts;
      });
    }
    return this.#query;
  }

  toString() { return this.#parts[0]; }
  toJSON() { return this.#parts[0]; }
  get [Symbol.toStringTag]() { return 'URL'; }
  [custom](_, __, inspect) {
    const shown = PARTS.map((part) => `  ${part}: ${inspect(this[part])}`).join(',\n');
    return `URL {\n${shown},\n  searchParams: ${inspect(this.searchParams)}\n}`;
  }

  static {
    for (const [index, part] of PARTS.entries()) {
      if (index < 2) continue;
      Object.defineProperty(this.prototype, part, {
        configurable: true,
        enumerable: true,
        get() { return this.#parts[index]; },
        set(value) { this.#set(part, value); },
      });
    }
  }
}
