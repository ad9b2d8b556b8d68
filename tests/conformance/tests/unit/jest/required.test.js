const { twice, who } = require('../../../lib/old.cjs');
const Shop = require('../../../lib/shop.cjs');

jest.mock('../../../lib/helper.cjs', () => {
  const actual = jest.requireActual('../../../lib/helper.cjs');
  return { ...actual, helper: jest.fn((value) => actual.helper(value) + 100) };
});
jest.mock('../../../lib/shop.cjs', () => jest.fn().mockImplementation(() => ({ open: () => 'mocked shop' })));

test('a factory is hoisted above require', () => { expect(twice(1)).toBe(204); expect(who()).toBe('old'); });
test('a class that is a mock', () => {
  expect(new Shop('a').open()).toBe('mocked shop');
  expect(Shop).toHaveBeenCalledWith('a');
});
test('the mock is shared', () => {
  const { helper } = require('../../../lib/helper.cjs');
  helper.mockReturnValueOnce(1);
  expect(twice(0)).toBe(2);
});
