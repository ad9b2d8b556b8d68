// `Intl.DateTimeFormat` with time zones. The zone data is native.

import { zoneAt } from 'daino:internal/host';
import { choice, localeOf, supported } from 'daino:internal/intl/locale';

const NUMBERS = ['numeric', '2-digit'];
const NAMES = ['narrow', 'short', 'long'];
const STYLES = ['full', 'long', 'medium', 'short'];
const two = (number) => `${number}`.padStart(2, '0');

function fieldsOf(options, defaults) {
  const fields = {
    weekday: choice(options, 'weekday', NAMES),
    year: choice(options, 'year', NUMBERS),
    month: choice(options, 'month', [...NUMBERS, ...NAMES]),
    day: choice(options, 'day', NUMBERS),
    hour: choice(options, 'hour', NUMBERS),
    minute: choice(options, 'minute', NUMBERS),
    second: choice(options, 'second', NUMBERS),
  };
  const digits = options.fractionalSecondDigits;
  if (digits !== undefined && !(digits >= 1 && digits <= 3)) throw new RangeError('fractionalSecondDigits value is out of range.');
  if (digits !== undefined) fields.fractionalSecondDigits = Math.floor(digits);
  const wants = (names) => names.some((name) => fields[name] !== undefined);
  const date = ['weekday', 'year', 'month', 'day'];
  const time = ['hour', 'minute', 'second', 'fractionalSecondDigits'];
  const missing = defaults === 'time' ? !wants(time) : defaults === 'date' ? !wants(date) : !wants(date) && !wants(time);
  if (missing && defaults !== 'time') Object.assign(fields, { year: 'numeric', month: 'numeric', day: 'numeric' });
  if (missing && defaults !== 'date' && defaults !== 'any') Object.assign(fields, { hour: 'numeric', minute: 'numeric', second: 'numeric' });
  return fields;
}

// What a style means in fields.
function styleFields(dateStyle, timeStyle, data) {
  const fields = {};
  if (dateStyle === 'short' || (dateStyle === 'medium' && data.numericMedium)) {
    const short = dateStyle === 'short' && (data.twelve || data.shortYear);
    const width = data.padded || data.styledPad ? '2-digit' : 'numeric';
    Object.assign(fields, { year: short ? '2-digit' : 'numeric', month: width, day: width });
  } else if (dateStyle) {
    Object.assign(fields, { year: 'numeric', month: dateStyle === 'medium' ? 'short' : 'long', day: 'numeric' });
    if (dateStyle === 'full') fields.weekday = 'long';
  }
  if (timeStyle) Object.assign(fields, { hour: 'numeric', minute: '2-digit' });
  if (timeStyle && timeStyle !== 'short') fields.second = '2-digit';
  return fields;
}

export class DateTimeFormat {
  #locale;
  #fields;
  #zone;
  #twelve;
  #zoneName;
  #style;

  constructor(locales, options = {}, defaults = 'any') {
    this.#locale = localeOf(locales);
    const { data } = this.#locale;
    this.#zone = options.timeZone === undefined ? 'UTC' : `${options.timeZone}`;
    const known = zoneAt(this.#zone, 0);
    if (!known) throw new RangeError(`Invalid time zone specified: ${this.#zone}`);
    this.#zone = known.name;
    const dateStyle = choice(options, 'dateStyle', STYLES);
    const timeStyle = choice(options, 'timeStyle', STYLES);
    this.#style = { dateStyle, timeStyle };
    const styled = dateStyle !== undefined || timeStyle !== undefined;
    this.#fields = styled ? styleFields(dateStyle, timeStyle, data) : fieldsOf(options, defaults);
    const cycle = choice(options, 'hourCycle', ['h11', 'h12', 'h23', 'h24']);
    this.#twelve = options.hour12 !== undefined ? Boolean(options.hour12) : cycle ? cycle === 'h12' || cycle === 'h11' : data.twelve;
    const named = timeStyle === 'full' || timeStyle === 'long' ? 'short' : undefined;
    this.#zoneName = choice(options, 'timeZoneName', ['short', 'long', 'shortOffset', 'longOffset', 'shortGeneric', 'longGeneric'], named);
  }

  static supportedLocalesOf(locales) { return supported(locales); }

  #moment(input) {
    const millis = input === undefined ? Date.now() : Number(input);
    if (!Number.isFinite(millis)) throw new RangeError('Invalid time value');
    const zone = zoneAt(this.#zone, millis);
    if (!zone) throw new RangeError('Invalid time value');
    const local = new Date(millis + zone.offset * 1000);
    return {
      year: local.getUTCFullYear(), month: local.getUTCMonth(), day: local.getUTCDate(), weekday: local.getUTCDay(),
      hour: local.getUTCHours(), minute: local.getUTCMinutes(), second: local.getUTCSeconds(), millis: local.getUTCMilliseconds(), zone,
    };
  }

  #datePart(at) {
    const { weekday, year, month, day } = this.#fields;
    const { data } = this.#locale;
    const isText = month !== undefined && !NUMBERS.includes(month);
    const pad = data.padded && !isText && day !== undefined && month !== undefined;
    const texts = {
      D: ['day', day && (day === '2-digit' || pad ? two(at.day) : `${at.day}`)],
      M: ['month', month && (isText ? (month === 'long' ? data.months : data.short)[at.month].slice(0, month === 'narrow' ? 1 : undefined) : month === '2-digit' || pad ? two(at.month + 1) : `${at.month + 1}`)],
      Y: ['year', year && (year === '2-digit' ? two(at.year % 100) : `${at.year}`)],
    };
    const long = month === 'long';
    let pattern = isText ? (year ? (long && data.longText) || data.text : (long && data.longYearless) || data.yearless) : data.numeric;
    if (!day) pattern = pattern.replace(/D[^MY]*/, '').replace(/M\s*$/, 'M').replace('M , Y', 'M Y').replace(/M D, Y/, 'M Y');
    if (!year) pattern = pattern.replace(/[^DM]*Y/, '');
    if (!month) pattern = pattern.replace(/[^DY]*M[^DY]*/, day && year ? ' ' : '').trim();
    const parts = [];
    for (const mark of pattern) {
      if (texts[mark]) { if (texts[mark][1]) parts.push(texts[mark]); } else if (parts.at(-1)?.[0] === 'literal') parts.at(-1)[1] += mark;
      else parts.push(['literal', mark]);
    }
    while (parts.at(-1)?.[0] === 'literal') parts.pop();
    if (!weekday) return parts;
    const name = (weekday === 'long' ? data.days : data.shortDays)[at.weekday].slice(0, weekday === 'narrow' ? 1 : undefined);
    if (parts.length === 0) return [['weekday', name]];
    const form = (this.#style.dateStyle && data.fullWeekday) || data.weekday;
    return [['weekday', name], ['literal', form.slice(1, -1)], ...parts];
  }

  #timePart(at) {
    const { hour, minute, second, fractionalSecondDigits: digits } = this.#fields;
    const parts = [];
    const add = (type, text) => {
      if (parts.length > 0) parts.push(['literal', type === 'fractionalSecond' ? this.#locale.data.decimal : ':']);
      parts.push([type, text]);
    };
    const shown = this.#twelve ? at.hour % 12 || 12 : at.hour;
    if (hour) add('hour', hour === '2-digit' || !this.#twelve ? two(shown) : `${shown}`);
    if (minute) add('minute', hour || second ? two(at.minute) : `${at.minute}`);
    if (second) add('second', minute ? two(at.second) : `${at.second}`);
    if (digits) add('fractionalSecond', `${at.millis}`.padStart(3, '0').slice(0, digits));
    if (hour && this.#twelve) parts.push(['literal', ' '], ['dayPeriod', at.hour < 12 ? 'AM' : 'PM']);
    else if (hour && !minute && this.#locale.data.hourSuffix) parts.push(['literal', this.#locale.data.hourSuffix]);
    return parts;
  }

  #parts(input) {
    const at = this.#moment(input);
    const [date, time] = [this.#datePart(at), this.#timePart(at)];
    const { data } = this.#locale;
    const { dateStyle, timeStyle } = this.#style;
    const join = dateStyle && timeStyle ? (dateStyle === 'long' || dateStyle === 'full' ? data.at : data.styledJoin ?? data.join) : data.join;
    const parts = date.length > 0 && time.length > 0 ? [...date, ['literal', join], ...time] : [...date, ...time];
    if (this.#zoneName) parts.push(['literal', time.length > 0 ? ' ' : ', '], ['timeZoneName', zoneLabel(at.zone)]);
    return parts;
  }

  get format() { return (date) => this.#parts(date).map(([, text]) => text).join(''); }
  formatToParts(date) { return this.#parts(date).map(([type, value]) => ({ type, value })); }
  resolvedOptions() {
    const fields = Object.fromEntries(Object.entries(this.#fields).filter(([, value]) => value !== undefined));
    return { locale: this.#locale.name, calendar: 'gregory', numberingSystem: 'latn', timeZone: this.#zone, ...fields };
  }
  get [Symbol.toStringTag]() { return 'Intl.DateTimeFormat'; }
}

function zoneLabel({ offset, abbreviation }) {
  if (abbreviation === 'UTC') return 'UTC';
  if (/^[A-Z]{3,4}$/.test(abbreviation) && offset <= -14_400 && offset >= -36_000) return abbreviation;
  const minutes = Math.abs(offset) / 60;
  const rest = minutes % 60 ? `:${two(Math.floor(minutes % 60))}` : '';
  return offset === 0 ? 'GMT' : `GMT${offset < 0 ? '-' : '+'}${Math.floor(minutes / 60)}${rest}`;
}
