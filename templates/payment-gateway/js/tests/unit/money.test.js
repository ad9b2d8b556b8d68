import { describe, expect, it } from 'daino:test';
import { isAmount, toMinorUnits } from '../../src/money.js';

describe('money', () => {
  it('reads decimals digit by digit', () => {
    expect(toMinorUnits('19.99', 'EUR')).toBe(1999);
    expect(toMinorUnits('0.29', 'EUR')).toBe(29);
    expect(toMinorUnits('1.1', 'USD')).toBe(110);
    expect(toMinorUnits('500', 'JPY')).toBe(500);
    expect(toMinorUnits('1.234', 'KWD')).toBe(1234);
    expect(toMinorUnits('19.9900', 'EUR')).toBe(1999);
  });

  it('refuses what the currency cannot hold, and everything else', () => {
    for (const [value, currency] of [
      ['19.999', 'EUR'],
      ['0.5', 'JPY'],
      ['0', 'EUR'],
      ['-1', 'EUR'],
      ['1e3', 'EUR'],
      ['', 'EUR'],
      [undefined, 'EUR'],
    ]) {
      expect(toMinorUnits(value, currency)).toBe(null);
    }
  });

  it('knows amounts', () => {
    expect(isAmount(1)).toBe(true);
    for (const value of [0, -1, 1.5, NaN, Infinity, '1', null, 2 ** 53]) expect(isAmount(value)).toBe(false);
  });
});
