import { afterEach, beforeEach, describe, expect, it, jest, test } from '@jest/globals';
import name, { rate } from '../../../lib/rate.js';
import { fee, look, nameOfRate, now } from '../../../lib/fee.js';
import { Clock, kind } from '../../../lib/clock.js';
import { bad } from '../../../lib/bad.js';
import old from '../../../lib/old.cjs';
import gone from 'a-package-that-is-not-there';

const mockRate = jest.fn();

jest.mock('../../../lib/rate.js', () => ({
  __esModule: true,
  ...jest.requireActual('../../../lib/rate.js'),
  default: 'mocked rate',
  rate: jest.fn(() => 2),
}));
jest.mock('../../../lib/clock.js');
jest.mock('../../../lib/bad.js', () => ({ bad: 'never ran' }));
jest.mock('a-package-that-is-not-there', () => 'virtual', { virtual: true });
jest.mock('../../../lib/helper.cjs', () => ({ helper: jest.fn(() => 10) }));

describe('jest.mock', () => {
  beforeEach(() => { rate.mockClear(); });
  it('is seen by the module under test', () => { expect(fee(10)).toBe(20); expect(rate).toHaveBeenCalledTimes(1); });
  it('keeps what the original gives', () => { expect(look('a')).toBe('real a'); });
  it('has a default of its own', () => { expect(name).toBe('mocked rate'); expect(nameOfRate()).toBe('mocked rate'); });
  it('takes what is in __mocks__', () => { expect(now()).toBe(42); expect(new Clock().now()).toBe(42); expect(kind).toBe('from __mocks__'); });
  it('keeps the original from running', () => { expect(bad).toBe('never ran'); });
  it('a virtual module', () => { expect(gone).toBe('virtual'); });
  it('CommonJS', () => { expect(old.twice(1)).toBe(20); });
  it('requireActual', () => {
    expect(jest.requireActual('../../../lib/rate.js').rate()).toBe(0.5);
    expect(jest.requireActual('../../../lib/helper.cjs').helper(1)).toBe(2);
  });
  it('requireMock', () => { expect(jest.isMockFunction(jest.requireMock('../../../lib/helper.cjs').helper)).toBe(true); });
  it('jest.mocked', () => { expect(jest.mocked(rate)).toBe(rate); });
  it('can be told', () => { rate.mockReturnValueOnce(7); expect(fee(1)).toBe(7); expect(fee(1)).toBe(2); });
  it('fails here', () => { expect(fee(1)).toBe(99); });
});

describe('modules anew', () => {
  afterEach(() => { jest.resetModules(); jest.dontMock('../../../lib/state.js'); });
  it('resetModules', () => {
    const one = require('../../../lib/state.js');
    one.bump();
    expect(require('../../../lib/state.js')).toBe(one);
    jest.resetModules();
    const two = require('../../../lib/state.js');
    expect(two).not.toBe(one);
    expect(two.state.value).toBe(0);
  });
  it('doMock', () => {
    jest.doMock('../../../lib/state.js', () => ({ bump: () => 'mocked' }));
    expect(require('../../../lib/state.js').bump()).toBe('mocked');
    jest.dontMock('../../../lib/state.js');
    jest.resetModules();
    expect(require('../../../lib/state.js').bump()).toBe(1);
  });
  it('isolateModules', () => {
    let one;
    let two;
    jest.isolateModules(() => { one = require('../../../lib/state.js'); });
    jest.isolateModules(() => { two = require('../../../lib/state.js'); });
    expect(one).not.toBe(two);
  });
  it('isolateModulesAsync', async () => {
    let one;
    await jest.isolateModulesAsync(async () => { one = await import('../../../lib/state.js'); });
    expect(one.state.value).toBe(0);
  });
  it('setMock', () => {
    jest.setMock('../../../lib/state.js', { bump: () => 'set' });
    expect(require('../../../lib/state.js').bump()).toBe('set');
  });
  it('import() sees doMock', async () => {
    jest.doMock('../../../lib/state.js', () => ({ __esModule: true, bump: () => 'imported' }));
    const { bump } = await import('../../../lib/state.js');
    expect(bump()).toBe('imported');
  });
  it('a factory that throws', () => {
    jest.doMock('../../../lib/state.js', () => { throw new Error('no factory'); });
    expect(() => require('../../../lib/state.js')).toThrow('no factory');
  });
});

describe('createMockFromModule', () => {
  it('functions, objects, lists', () => {
    const mocked = jest.createMockFromModule('../../../lib/old.cjs');
    expect(jest.isMockFunction(mocked.twice)).toBe(true);
    expect(mocked.twice(1)).toBeUndefined();
    const rates = jest.createMockFromModule('../../../lib/rate.js');
    expect(rates.table.list).toEqual([]);
    expect(rates.table.deep.number).toBe(5);
    expect(rates.table.get()).toBeUndefined();
  });
  it('classes', () => {
    const Shop = jest.createMockFromModule('../../../lib/shop.cjs');
    const shop = new Shop('a');
    expect(shop.open()).toBeUndefined();
    expect(Shop).toHaveBeenCalledWith('a');
    expect(Shop.find()).toBeUndefined();
    expect(shop).toBeInstanceOf(Shop);
  });
});

test('a mock that is made at the top', () => { mockRate.mockReturnValue(5); expect(mockRate()).toBe(5); });
