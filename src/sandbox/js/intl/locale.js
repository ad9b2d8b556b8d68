// What the platform knows of languages: English (US and British), German, French and Spanish.
// Another language falls back to US English, as `supportedLocalesOf` says.

const english = {
  months: ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'],
  short: ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'],
  days: ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'],
  shortDays: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'],
  decimal: '.', group: ',', leastGrouped: 1, percent: '%', symbolFirst: true,
  symbols: { EUR: '€', USD: '$', GBP: '£', JPY: '¥', CNY: 'CN¥', INR: '₹', KRW: '₩', BRL: 'R$', CAD: 'CA$', AUD: 'A$', MXN: 'MX$', NZD: 'NZ$', HKD: 'HK$', ILS: '₪', VND: '₫', TWD: 'NT$' },
  at: ' at ', join: ', ', hourSuffix: '',
};

// Patterns: D day, M month (number or name), Y year; `text` is with a named month.
const LOCALES = {
  'en-US': { ...english, twelve: true, numeric: 'M/D/Y', text: 'M D, Y', weekday: 'W, T', yearless: 'M D', padded: false, dateStyles: { short: 'n/n/2', medium: 'short', long: 'long' } },
  'en-GB': { ...english, short: english.short.with(8, 'Sept'), twelve: false, symbols: { ...english.symbols, USD: 'US$', JPY: 'JP¥' }, numeric: 'D/M/Y', text: 'D M Y', weekday: 'W T', fullWeekday: 'W, T', yearless: 'D M', padded: true },
  'de-DE': {
    months: ['Januar', 'Februar', 'März', 'April', 'Mai', 'Juni', 'Juli', 'August', 'September', 'Oktober', 'November', 'Dezember'],
    short: ['Jan.', 'Feb.', 'März', 'Apr.', 'Mai', 'Juni', 'Juli', 'Aug.', 'Sept.', 'Okt.', 'Nov.', 'Dez.'],
    days: ['Sonntag', 'Montag', 'Dienstag', 'Mittwoch', 'Donnerstag', 'Freitag', 'Samstag'],
    shortDays: ['So', 'Mo', 'Di', 'Mi', 'Do', 'Fr', 'Sa'],
    decimal: ',', group: '.', leastGrouped: 1, percent: '\u00a0%', symbolFirst: false,
    symbols: { ...english.symbols, AUD: 'AU$', BRL: 'R$' },
    twelve: false, numeric: 'D.M.Y', text: 'D. M Y', weekday: 'W, T', yearless: 'D. M', padded: false, numericMedium: true, shortYear: true, styledPad: true,
    at: ' um ', join: ', ', hourSuffix: ' Uhr',
  },
  'fr-FR': {
    months: ['janvier', 'février', 'mars', 'avril', 'mai', 'juin', 'juillet', 'août', 'septembre', 'octobre', 'novembre', 'décembre'],
    short: ['janv.', 'févr.', 'mars', 'avr.', 'mai', 'juin', 'juil.', 'août', 'sept.', 'oct.', 'nov.', 'déc.'],
    days: ['dimanche', 'lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi'],
    shortDays: ['dim.', 'lun.', 'mar.', 'mer.', 'jeu.', 'ven.', 'sam.'],
    decimal: ',', group: '\u202f', leastGrouped: 1, percent: '\u202f%', symbolFirst: false,
    symbols: { ...english.symbols, USD: '$US', GBP: '£GB', JPY: 'JPY', CAD: '$CA', AUD: '$AU' },
    twelve: false, numeric: 'D/M/Y', text: 'D M Y', weekday: 'W T', yearless: 'D M', padded: true,
    at: ' à ', join: ' ', styledJoin: ', ', hourSuffix: ' h',
  },
  'es-ES': {
    months: ['enero', 'febrero', 'marzo', 'abril', 'mayo', 'junio', 'julio', 'agosto', 'septiembre', 'octubre', 'noviembre', 'diciembre'],
    short: ['ene', 'feb', 'mar', 'abr', 'may', 'jun', 'jul', 'ago', 'sept', 'oct', 'nov', 'dic'],
    days: ['domingo', 'lunes', 'martes', 'miércoles', 'jueves', 'viernes', 'sábado'],
    shortDays: ['dom', 'lun', 'mar', 'mié', 'jue', 'vie', 'sáb'],
    decimal: ',', group: '.', leastGrouped: 2, percent: '\u00a0%', symbolFirst: false,
    symbols: { ...english.symbols, USD: 'US$', GBP: 'GBP', JPY: 'JPY', CAD: 'CAD', AUD: 'AUD' },
    twelve: false, numeric: 'D/M/Y', text: 'D M Y', longText: 'D de M de Y', weekday: 'W, T', yearless: 'D M', longYearless: 'D de M', padded: false, shortYear: true,
    at: ' a las ', join: ', ', hourSuffix: '',
  },
};
const BY_LANGUAGE = { en: 'en-US', de: 'de-DE', fr: 'fr-FR', es: 'es-ES' };
const BRITISH = ['en-GB', 'en-IE', 'en-AU', 'en-NZ', 'en-IN', 'en-ZA'];

function known(tag) {
  const text = `${tag}`;
  if (!/^[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*$/.test(text)) throw new RangeError(`Incorrect locale information provided: ${text}`);
  if (LOCALES[text]) return text;
  if (BRITISH.includes(text)) return 'en-GB';
  return BY_LANGUAGE[text.split('-')[0].toLowerCase()];
}

const list = (locales) => (locales === undefined ? [] : typeof locales === 'string' ? [locales] : [...locales]);

/** The name and the data of the first known locale. */
export function localeOf(locales) {
  for (const tag of list(locales)) {
    const name = known(tag);
    if (name) return { name: `${tag}`, data: LOCALES[name] };
  }
  return { name: 'en-US', data: LOCALES['en-US'] };
}

export const supported = (locales) => list(locales).filter((tag) => known(tag) !== undefined);

/** One of a list of values; a RangeError for anything else. */
export function choice(options, name, values, usual) {
  const value = options?.[name];
  if (value === undefined) return usual;
  if (!values.includes(`${value}`)) throw new RangeError(`Value ${value} out of range for Intl option ${name}; it takes ${values.join(', ')}`);
  return `${value}`;
}
