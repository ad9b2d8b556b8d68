// `Intl.NumberFormat`: decimals, percentages and money.

import { choice, localeOf, supported } from 'daino:internal/intl/locale';

const NO_DECIMALS = ['BIF', 'CLP', 'DJF', 'GNF', 'ISK', 'JPY', 'KMF', 'KRW', 'PYG', 'RWF', 'UGX', 'UYI', 'VND', 'VUV', 'XAF', 'XOF', 'XPF'];
const THREE_DECIMALS = ['BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND'];

/** Digits after the point that a currency uses. */
export const currencyDigits = (code) => (NO_DECIMALS.includes(code) ? 0 : THREE_DECIMALS.includes(code) ? 3 : 2);

// The decimal digits of a finite positive number: [whole, fraction].
function decimalsOf(value) {
  if (typeof value === 'bigint') return [`${value}`, ''];
  const [mantissa, exponent = '0'] = `${value}`.split('e');
  const [whole, fraction = ''] = mantissa.split('.');
  const shift = Number(exponent);
  if (shift === 0) return [whole, fraction];
  if (shift < 0) return ['0', '0'.repeat(-shift - whole.length) + whole + fraction];
  return [whole + fraction.slice(0, shift).padEnd(shift, '0'), fraction.slice(shift)];
}

// Rounds half away from zero to a number of digits after the point; drops zeros past `least`.
function round([whole, fraction], least, most) {
  let digits = (whole + fraction.slice(0, most).padEnd(most, '0')).split('').map(Number);
  if (fraction.length > most && fraction[most] >= '5') {
    let at = digits.length - 1;
    while (at >= 0 && digits[at] === 9) digits[at--] = 0;
    if (at >= 0) digits[at] += 1;
    else digits = [1, ...digits];
  }
  const text = digits.join('');
  const cut = text.length - most;
  let rest = text.slice(cut);
  while (rest.length > least && rest.endsWith('0')) rest = rest.slice(0, -1);
  return [text.slice(0, cut).replace(/^0+(?=\d)/, '') || '0', rest];
}

function digitsOption(options, name, usual) {
  const value = options[name];
  if (value === undefined) return usual;
  const count = Math.floor(Number(value));
  if (!(count >= 0 && count <= 100)) throw new RangeError(`${name} value is out of range.`);
  return count;
}

export class NumberFormat {
  #locale;
  #options;

  constructor(locales, options = {}) {
    this.#locale = localeOf(locales);
    const style = choice(options, 'style', ['decimal', 'percent', 'currency'], 'decimal');
    const currency = options.currency === undefined ? undefined : `${options.currency}`.toUpperCase();
    if (style === 'currency' && currency === undefined) throw new TypeError('Currency code is required with currency style.');
    if (currency !== undefined && !/^[A-Z]{3}$/.test(currency)) throw new RangeError(`Invalid currency code : ${options.currency}`);
    choice(options, 'notation', ['standard'], 'standard');
    const usual = style === 'currency' ? currencyDigits(currency) : 0;
    const usualMost = style === 'currency' ? usual : style === 'percent' ? 0 : 3;
    const wantedMost = digitsOption(options, 'maximumFractionDigits', undefined);
    const least = digitsOption(options, 'minimumFractionDigits', Math.min(usual, wantedMost ?? usual));
    const most = wantedMost ?? Math.max(usualMost, least);
    if (least > most) throw new RangeError('maximumFractionDigits value is out of range.');
    this.#options = {
      style,
      ...(style === 'currency' ? { currency, currencyDisplay: choice(options, 'currencyDisplay', ['symbol', 'narrowSymbol', 'code'], 'symbol') } : {}),
      minimumIntegerDigits: Math.max(1, digitsOption(options, 'minimumIntegerDigits', 1)),
      minimumFractionDigits: least,
      maximumFractionDigits: most,
      useGrouping: options.useGrouping === undefined ? 'auto' : options.useGrouping !== false && options.useGrouping !== 'false',
      signDisplay: choice(options, 'signDisplay', ['auto', 'always', 'never', 'exceptZero', 'negative'], 'auto'),
    };
  }

  static supportedLocalesOf(locales) { return supported(locales); }

  #group(whole) {
    const { group, leastGrouped } = this.#locale.data;
    const padded = whole.padStart(this.#options.minimumIntegerDigits, '0');
    if (!this.#options.useGrouping || padded.length < 3 + leastGrouped) return [['integer', padded]];
    const parts = padded.replace(/\B(?=(\d{3})+$)/g, ',').split(',');
    return parts.flatMap((part, i) => (i === 0 ? [['integer', part]] : [['group', group], ['integer', part]]));
  }

  #currency() {
    const { currency, currencyDisplay } = this.#options;
    if (currencyDisplay === 'code') return currency;
    const symbol = this.#locale.data.symbols[currency] ?? currency;
    return currencyDisplay === 'narrowSymbol' ? symbol.replace(/[A-Z]+(?=[^A-Z])|(?<=[^A-Z])[A-Z]+/g, '') : symbol;
  }

  #parts(input) {
    const value = typeof input === 'bigint' ? input : Number(input);
    const { style, signDisplay, minimumFractionDigits, maximumFractionDigits } = this.#options;
    const { decimal, percent, symbolFirst } = this.#locale.data;
    const isNegative = value < 0 || Object.is(value, -0);
    const size = isNegative ? -value : value;
    let number;
    let zero = false;
    if (Number.isNaN(value)) number = [['nan', 'NaN']];
    else if (size === Infinity) number = [['infinity', '∞']];
    else {
      let [whole, fraction] = decimalsOf(size);
      if (style === 'percent') [whole, fraction] = [whole + fraction.slice(0, 2).padEnd(2, '0'), fraction.slice(2)];
      [whole, fraction] = round([whole, fraction], minimumFractionDigits, maximumFractionDigits);
      zero = /^0*$/.test(whole + fraction);
      number = [...this.#group(whole), ...(fraction === '' ? [] : [['decimal', decimal], ['fraction', fraction]])];
    }
    const minus = isNegative && !Number.isNaN(value) && signDisplay !== 'never' && !(zero && ['exceptZero', 'negative'].includes(signDisplay));
    const plus = !isNegative && (signDisplay === 'always' || (signDisplay === 'exceptZero' && !zero && !Number.isNaN(value)));
    const sign = minus ? [['minusSign', '-']] : plus ? [['plusSign', '+']] : [];
    if (style === 'percent') return [...sign, ...number, ...(percent.length > 1 ? [['literal', percent[0]]] : []), ['percentSign', '%']];
    if (style !== 'currency') return [...sign, ...number];
    const symbol = this.#currency();
    if (!symbolFirst) return [...sign, ...number, ['literal', '\u00a0'], ['currency', symbol]];
    const gap = /[A-Za-z]$/.test(symbol) ? [['literal', '\u00a0']] : [];
    return [...sign, ['currency', symbol], ...gap, ...number];
  }

  get format() { return (value) => this.#parts(value).map(([, text]) => text).join(''); }
  formatToParts(value) { return this.#parts(value).map(([type, text]) => ({ type, value: text })); }
  resolvedOptions() { return { locale: this.#locale.name, numberingSystem: 'latn', ...this.#options }; }
  get [Symbol.toStringTag]() { return 'Intl.NumberFormat'; }
}
