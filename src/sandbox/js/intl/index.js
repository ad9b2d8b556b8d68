// `Intl`, and the `toLocale…String` methods that speak it. The engine has none of its own.

import { DateTimeFormat } from 'daino:internal/intl/date';
import { choice, localeOf, supported } from 'daino:internal/intl/locale';
import { NumberFormat } from 'daino:internal/intl/number';
import { dateTime } from 'daino:internal/primordials';

class PluralRules {
  #locale;
  #ordinal;
  constructor(locales, options = {}) {
    this.#locale = localeOf(locales);
    this.#ordinal = choice(options, 'type', ['cardinal', 'ordinal'], 'cardinal') === 'ordinal';
  }
  static supportedLocalesOf(locales) { return supported(locales); }
  select(value) {
    const number = Math.abs(Number(value));
    const english = this.#locale.name.startsWith('en');
    if (this.#ordinal) {
      if (!english) return this.#locale.name.startsWith('fr') && number === 1 ? 'one' : 'other';
      const [one, ten] = [number % 10, number % 100];
      return one === 1 && ten !== 11 ? 'one' : one === 2 && ten !== 12 ? 'two' : one === 3 && ten !== 13 ? 'few' : 'other';
    }
    if (this.#locale.name.startsWith('fr')) return number < 2 ? 'one' : 'other';
    return number === 1 ? 'one' : 'other';
  }
}

// `Intl.NumberFormat(…)` works without `new`, too.
const callable = (type) => new Proxy(type, { apply: (target, _, args) => new target(...args) });

class Collator {
  constructor() { this.compare = (a, b) => (`${a}` < `${b}` ? -1 : `${a}` > `${b}` ? 1 : 0); }
}

export const Intl = {
  Collator: callable(Collator),
  DateTimeFormat: callable(DateTimeFormat),
  NumberFormat: callable(NumberFormat),
  PluralRules,
  getCanonicalLocales: (locales) => (locales === undefined ? [] : [].concat(locales).map((tag) => { localeOf(tag); return `${tag}`; })),
};
Object.defineProperty(Intl, Symbol.toStringTag, { value: 'Intl' });

/** Sets `Intl` and the methods that use it. */
export function install() {
  const set = (target, name, value) => Object.defineProperty(target, name, { value, writable: true, configurable: true });
  // A method, as the language's own are: with this name and no length, and no constructor.
  const method = (target, name, call) => {
    const { [name]: value } = { [name](...args) { return Reflect.apply(call, this, args); } };
    set(target, name, value);
  };
  set(globalThis, 'Intl', Intl);
  const dates = (defaults) => function toLocale(locales, options) {
    const millis = dateTime(this);
    return Number.isNaN(millis) ? 'Invalid Date' : new DateTimeFormat(locales, options ?? {}, defaults).format(millis);
  };
  method(Date.prototype, 'toLocaleString', dates('all'));
  method(Date.prototype, 'toLocaleDateString', dates('date'));
  method(Date.prototype, 'toLocaleTimeString', dates('time'));
  for (const type of [Number, BigInt]) {
    method(type.prototype, 'toLocaleString', function toLocaleString(locales, options) {
      return new NumberFormat(locales, options).format(this.valueOf());
    });
  }
}
