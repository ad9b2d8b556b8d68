// `Headers`: names are case-insensitive, values are checked so that none smuggles a line.

import { custom } from 'daino:internal/inspect';

const NAME = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const BAD_VALUE = /[\0\r\n]|[^\0-\xff]/;

function nameOf(name) {
  const text = `${name}`;
  if (!NAME.test(text)) throw new TypeError(`\`${text}\` is not a header name`);
  return text.toLowerCase();
}

function valueOf(name, value) {
  const text = `${value}`.replace(/^[\t\r\n ]+|[\t\r\n ]+$/g, '');
  if (BAD_VALUE.test(text)) throw new TypeError(`the value of the header \`${name}\` has characters that are not allowed`);
  return text;
}

export class Headers {
  #map = new Map();

  constructor(init = undefined) {
    if (init === undefined || init === null) return;
    if (typeof init !== 'object') throw new TypeError('headers must be an object, a list of pairs or Headers');
    const pairs = typeof init[Symbol.iterator] === 'function' ? init : Object.entries(init);
    for (const pair of pairs) {
      const [name, value, ...more] = [...pair];
      if (value === undefined || more.length > 0) throw new TypeError('each header must be a [name, value] pair');
      this.append(name, value);
    }
  }

  append(name, value) {
    const key = nameOf(name);
    const text = valueOf(key, value);
    const old = this.#map.get(key);
    this.#map.set(key, old === undefined ? [text] : [...old, text]);
  }
  set(name, value) {
    const key = nameOf(name);
    this.#map.set(key, [valueOf(key, value)]);
  }
  delete(name) { this.#map.delete(nameOf(name)); }
  has(name) { return this.#map.has(nameOf(name)); }
  get(name) { return this.#map.get(nameOf(name))?.join(', ') ?? null; }
  getSetCookie() { return [...(this.#map.get('set-cookie') ?? [])]; }

  forEach(callback, self) {
    for (const [name, value] of this) callback.call(self, value, name, this);
  }

  * entries() {
    for (const name of [...this.#map.keys()].sort()) {
      if (name === 'set-cookie') for (const value of this.#map.get(name)) yield [name, value];
      else yield [name, this.#map.get(name).join(', ')];
    }
  }
  * keys() { for (const [name] of this.entries()) yield name; }
  * values() { for (const [, value] of this.entries()) yield value; }
  [Symbol.iterator]() { return this.entries(); }
  get [Symbol.toStringTag]() { return 'Headers'; }
  [custom](_, __, inspect) { return `Headers ${inspect(Object.fromEntries(this.entries()))}`; }
}
