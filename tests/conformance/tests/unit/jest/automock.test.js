import { rate, table } from '../../../lib/rate.js';
import { fee } from '../../../lib/fee.js';
import { helper } from '../../../lib/helper.cjs';

jest.mock('../../../lib/rate.js');
jest.mock('../../../lib/helper.cjs');

describe('automock', () => {
  it('gives nothing', () => { expect(rate()).toBeUndefined(); expect(fee(2)).toBeNaN(); });
  it('is told', () => { rate.mockReturnValue(3); expect(fee(2)).toBe(6); });
  it('is reset', () => { rate.mockReset(); expect(rate()).toBeUndefined(); });
  it('objects', () => { expect(table.list).toEqual([]); expect(table.deep.number).toBe(5); });
  it('CommonJS', () => { helper.mockImplementation((value) => value); expect(helper(4)).toBe(4); });
});
