import { afterEach, describe, expect, it, vi } from 'vitest';
import name, { rate, table } from '../../../lib/rate.js';
import { fee, look, nameOfRate, now, renamed } from '../../../lib/fee.js';
import { Clock, kind } from '../../../lib/clock.js';
import * as all from '../../../lib/index.js';
import gone from 'a-package-that-is-not-there';
import { bad } from '../../../lib/bad.js';

const hoisted = vi.hoisted(() => {
  return {
    rate: vi.fn(() => 2),
    made: 0,
  };
});
const { second } = vi.hoisted(() => ({ second: 'two' }));

vi.mock('../../../lib/rate.js', async (importOriginal) => {
  hoisted.made += 1;
  const actual = await importOriginal();
  return { ...actual, default: 'mocked rate', rate: hoisted.rate };
});
vi.mock(import('../../../lib/clock.js'));
vi.mock('a-package-that-is-not-there', () => ({ default: second }));
vi.mock('../../../lib/bad.js', () => ({ bad: 'never ran' }));

describe('vi.mock', () => {
  afterEach(() => { hoisted.rate.mockClear(); });
  it('is seen by the module under test', () => {
    expect(fee(10)).toBe(20);
    expect(hoisted.rate).toHaveBeenCalledTimes(1);
  });
  it('is the same in the test itself', () => { expect(rate).toBe(hoisted.rate); });
  it('is seen through a re-export', () => { expect(renamed).toBe(hoisted.rate); expect(all.rate).toBe(hoisted.rate); });
  it('keeps what the original gives', () => { expect(look('a')).toBe('real a'); expect(table.list).toEqual([1, 2]); });
  it('has a default of its own', () => { expect(name).toBe('mocked rate'); expect(nameOfRate()).toBe('mocked rate'); });
  it('makes it once', () => { expect(hoisted.made).toBe(1); });
  it('takes what is in __mocks__', () => { expect(now()).toBe(42); expect(new Clock().now()).toBe(42); expect(kind).toBe('from __mocks__'); });
  it('stands for a package that is not there', () => { expect(gone).toBe('two'); });
  it('keeps the original from running', () => { expect(bad).toBe('never ran'); });
  it('can be told something else', () => {
    hoisted.rate.mockReturnValueOnce(7);
    expect(fee(1)).toBe(7);
    expect(fee(1)).toBe(2);
  });
  it('gives the original when asked', async () => {
    const actual = await vi.importActual('../../../lib/rate.js');
    expect(actual.rate()).toBe(0.5);
    expect(actual.default).toBe('rate');
    const clock = await vi.importActual('../../../lib/clock.js');
    expect(new clock.Clock().now()).toBe(100);
  });
  it('is typed by vi.mocked', () => { expect(vi.mocked(rate)).toBe(rate); });
  it('says which name is missing', () => { expect(() => all.clock.nothing).not.toThrow(); });
  it('fails for a name that the factory does not give', async () => {
    const module = await import('a-package-that-is-not-there');
    expect(() => module.nothing).toThrow();
  });
  it('tells that this line fails', () => { expect(fee(1)).toBe(3); });
});
