import test from 'node:test';
import assert from 'node:assert/strict';

// Spaces differ between versions of the locale data; their place does not.
const spaced = (text) => text.replace(/[\u00a0\u202f\u2009]/g, ' ');
const MONEY = {
  'en-US': ['-€1,234,567.89', '-$1,234,567.89', '-¥1,234,568', '1,234.5', '26%'],
  'en-GB': ['-€1,234,567.89', '-US$1,234,567.89', '-JP¥1,234,568', '1,234.5', '26%'],
  'de-DE': ['-1.234.567,89 €', '-1.234.567,89 $', '-1.234.568 ¥', '1.234,5', '26 %'],
  'fr-FR': ['-1 234 567,89 €', '-1 234 567,89 $US', '-1 234 568 JPY', '1 234,5', '26 %'],
  'es-ES': ['-1.234.567,89 €', '-1.234.567,89 US$', '-1.234.568 JPY', '1234,5', '26 %'],
};

test('numbers and money', () => {
  for (const [locale, answers] of Object.entries(MONEY)) {
    const money = ['EUR', 'USD', 'JPY'].map((currency) => new Intl.NumberFormat(locale, { style: 'currency', currency }).format(-1234567.891));
    const shown = [...money, (1234.5).toLocaleString(locale), new Intl.NumberFormat(locale, { style: 'percent' }).format(0.256)];
    assert.deepEqual(shown.map(spaced), answers, locale);
  }
  assert.equal(new Intl.NumberFormat('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(1.005), '1.01');
  assert.equal(new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD', maximumFractionDigits: 0 }).format(12.5), '$13');
  assert.equal(spaced(new Intl.NumberFormat('en-US', { style: 'currency', currency: 'CHF' }).format(5)), 'CHF 5.00');
  assert.equal((1e21).toLocaleString('en-US'), '1,000,000,000,000,000,000,000');
  assert.equal((123456789012345678n).toLocaleString('en-US'), '123,456,789,012,345,678');
  assert.throws(() => new Intl.NumberFormat('en', { style: 'currency' }), TypeError);
});

const STYLES = [
  [{ dateStyle: 'short' }, '7/3/24', '03/07/2024', '03.07.24', '03/07/2024', '3/7/24'],
  [{ dateStyle: 'medium' }, 'Jul 3, 2024', '3 Jul 2024', '03.07.2024', '3 juil. 2024', '3 jul 2024'],
  [{ dateStyle: 'full' }, 'Wednesday, July 3, 2024', 'Wednesday, 3 July 2024', 'Mittwoch, 3. Juli 2024', 'mercredi 3 juillet 2024', 'miércoles, 3 de julio de 2024'],
  [{ dateStyle: 'medium', timeStyle: 'short' }, 'Jul 3, 2024, 11:46 AM', '3 Jul 2024, 11:46', '03.07.2024, 11:46', '3 juil. 2024, 11:46', '3 jul 2024, 11:46'],
  [{ timeStyle: 'medium' }, '11:46:40 AM', '11:46:40', '11:46:40', '11:46:40', '11:46:40'],
  [{}, '7/3/2024', '03/07/2024', '3.7.2024', '03/07/2024', '3/7/2024'],
  [{ year: 'numeric', month: 'long', day: 'numeric' }, 'July 3, 2024', '3 July 2024', '3. Juli 2024', '3 juillet 2024', '3 de julio de 2024'],
  [{ weekday: 'long', month: 'long', day: 'numeric' }, 'Wednesday, July 3', 'Wednesday 3 July', 'Mittwoch, 3. Juli', 'mercredi 3 juillet', 'miércoles, 3 de julio'],
  [{ month: 'short', year: 'numeric' }, 'Jul 2024', 'Jul 2024', 'Juli 2024', 'juil. 2024', 'jul 2024'],
  [{ year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' }, '07/03/2024, 11:46 AM', '03/07/2024, 11:46', '03.07.2024, 11:46', '03/07/2024 11:46', '03/07/2024, 11:46'],
  [{ hour: 'numeric' }, '11 AM', '11', '11 Uhr', '11 h', '11'],
];

test('dates in a time zone', () => {
  const date = new Date(Date.UTC(2024, 6, 3, 9, 46, 40));
  for (const [options, ...answers] of STYLES) {
    for (const [index, locale] of Object.keys(MONEY).entries()) {
      const shown = new Intl.DateTimeFormat(locale, { ...options, timeZone: 'Europe/Berlin' }).format(date);
      assert.equal(spaced(shown), answers[index], `${locale} ${JSON.stringify(options)}`);
    }
  }
  assert.equal(spaced(date.toLocaleTimeString('en-US', { timeZone: 'America/New_York' })), '5:46:40 AM');
  assert.equal(date.toLocaleDateString('en-CA', { timeZone: 'UTC', year: 'numeric' }), '2024');
  assert.equal(spaced(date.toLocaleString('en-US', { timeZone: 'America/New_York', timeZoneName: 'short' })), '7/3/2024, 5:46:40 AM EDT');
  assert.throws(() => date.toLocaleString('en-US', { timeZone: 'Mars/Base' }), RangeError);
  const parts = new Intl.DateTimeFormat('en-US', { timeZone: 'Asia/Tokyo', hour: 'numeric', hour12: false }).formatToParts(date);
  assert.equal(parts.find((part) => part.type === 'hour').value, '18');
});
