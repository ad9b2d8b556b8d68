// `it.prop` without a library.

import { expect, gen, it } from 'daino:test';

const seen = new Set();
it.prop([gen.integer({ min: 1, max: 6 })])('stays in its bounds', (n) => { seen.add(n); expect(n).toBeGreaterThan(0); expect(n).toBeLessThan(7); });
it('saw all of them', () => expect([...seen].sort()).toEqual([1, 2, 3, 4, 5, 6]));
it.prop({ text: gen.string(), list: gen.array(gen.nat(9)) })('by name', ({ text, list }) => typeof text === 'string' && list.every((n) => n <= 9));
it.prop([gen.boolean(), gen.date(), gen.bigInt(), gen.json(), gen.number(), gen.option(gen.string()), gen.dictionary(gen.string(), gen.integer())])(
  'all kinds', (flag, date, big, json, number, maybe, table) => {
    expect(flag).toBeTypeOf('boolean');
    expect(date).toBeInstanceOf(Date);
    expect(big).toBeTypeOf('bigint');
    expect(JSON.parse(JSON.stringify(json))).toEqual(json);
    expect(Number.isFinite(number)).toBe(true);
    expect(maybe === null || typeof maybe === 'string').toBe(true);
    expect(Object.values(table).every(Number.isInteger)).toBe(true);
  },
);
it.prop([gen.integer()], { runs: 10 })('waits for promises', async (n) => { await null; expect(n).toBe(n); });
it.prop([gen.integer().filter((n) => n % 2 === 0)])('filters', (n) => n % 2 === 0);
it.prop([gen.tuple(gen.nat(5), gen.constant('x')).map(([n, x]) => x.repeat(n))])('maps', (text) => text.length <= 5);
it.prop([gen.nat(4).chain((n) => gen.array(gen.constant(n), { minLength: n, maxLength: n }))])('chains', (list) => list.every((n) => n === list.length));
it.fails.prop([gen.integer()])('fails', (n) => n < 1000);
