import { describe, expect, it } from 'daino:test';
import { priceOf, rates, totalWeight } from '../../src/rates.js';
import { CURRENCY, FREE_FROM, ZONES } from '../../src/table.js';

const cart = (more = {}) => ({
  country: 'IT',
  subtotal: 1000,
  items: [{ weight: 400, quantity: 2 }],
  ...more,
});

describe('rates', () => {
  it('quotes every service, cheapest first', () => {
    const quoted = rates(cart());
    expect(quoted.map((rate) => rate.service)).toEqual(['standard', 'express']);
    expect(quoted.map((rate) => rate.price)).toEqual([513, 1035]);
    expect(quoted[0].currency).toBe(CURRENCY);
  });

  it('has whole prices that never fall with weight', () => {
    for (const service of ZONES.flatMap((zone) => zone.services)) {
      let last = 0;
      for (let weight = 0; weight <= 30000; weight += 250) {
        const price = priceOf(service, weight);
        expect(Number.isSafeInteger(price)).toBe(true);
        expect(price >= last).toBe(true);
        last = price;
      }
    }
  });

  it('ships free from the threshold on, with the cheapest service, where the zone allows it', () => {
    const price = (more) => rates(cart(more))[0].price;
    expect(price({ subtotal: FREE_FROM - 1 })).toBe(513);
    expect(price({ subtotal: FREE_FROM })).toBe(0);
    expect(rates(cart({ subtotal: FREE_FROM }))[1].price).toBe(1035);
    expect(price({ subtotal: FREE_FROM, country: 'DE' }) > 0).toBe(true);
  });

  it('quotes nothing for other countries and for parcels that are too heavy', () => {
    expect(rates(cart({ country: 'XX' }))).toEqual([]);
    expect(rates(cart({ items: [{ weight: 30001, quantity: 1 }] }))).toEqual([]);
  });

  it('refuses what is not a cart', () => {
    const bad = [
      undefined,
      {},
      cart({ items: [] }),
      cart({ items: [{ weight: -1, quantity: 1 }] }),
      cart({ items: [{ weight: 1.5, quantity: 1 }] }),
      cart({ items: [{ weight: 1, quantity: 0 }] }),
      cart({ subtotal: 9.99 }),
    ];
    for (const input of bad) expect(typeof rates(input)).toBe('string');
  });

  it('adds weights up', () => {
    expect(
      totalWeight([
        { weight: 100, quantity: 3 },
        { weight: 0, quantity: 1 },
      ]),
    ).toBe(300);
    expect(totalWeight([{ weight: Number.MAX_SAFE_INTEGER, quantity: 2 }])).toBe(null);
  });
});
