// What every shipping plugin must do: prices that make sense, and a parcel that is booked once.

import { describe } from 'daino:internal/test/globals';
import { must, outcomeOf, rule, succeeded } from 'daino:internal/suite/claims';
import { callHandler, handlerOf, setUp } from 'daino:internal/suite/handlers';
import { about, at, unique } from 'daino:internal/suite/plan';
import { keyOf, play } from 'daino:internal/suite/provider';
import { inputOf } from 'daino:internal/suite/samples';

const call = (made, method, input) => outcomeOf(() => callHandler(handlerOf('method', method), made, input));
const settings = () => ({ list: 'rates', price: 'price', service: 'service', currency: 'currency', weights: [100, 500, 1000, 2500, 5000, 10_000, 20_000], ...about().rates });

const cart = (weight, quantity = 1) => {
  const input = inputOf('calculateRates');
  const [item] = input.items;
  return { ...input, items: [{ ...item, weight, quantity }] };
};

// Service -> price of an answer; empty when it has none.
function pricesOf(outcome) {
  const { list, price, service } = settings();
  const rates = Array.isArray(outcome.value) ? outcome.value : at(outcome.value ?? {}, list);
  return new Map((Array.isArray(rates) ? rates : []).map((rate) => [`${at(rate, service)}`, at(rate, price)]));
}

async function quote(made, input) {
  const outcome = await call(made, 'calculateRates', input);
  must(outcome.error === undefined, 'calculateRates must not throw', { input, outcome });
  return pricesOf(outcome);
}

describe('calculateRates', () => {
  rule('rates-shape', 'a cart gets rates with service, price and currency', async () => {
    play('rates');
    const made = await setUp();
    const { list, currency } = settings();
    const outcome = await call(made, 'calculateRates', inputOf('calculateRates'));
    const prices = pricesOf(outcome);
    must(prices.size > 0, 'a cart that can be shipped must get at least one rate (name the place of the list: rates.list)', outcome);
    for (const [service, price] of prices) {
      must(service !== '' && service !== 'undefined', 'every rate names its service', outcome.value);
      must(Number.isSafeInteger(price) && price >= 0, `the price of ${service} must be a whole number of the smallest unit, 0 or more`, price);
    }
    const rates = Array.isArray(outcome.value) ? outcome.value : at(outcome.value, list);
    for (const rate of rates) must(/^[A-Z]{3}$/.test(`${at(rate, currency) ?? ''}`), 'every rate has a currency such as EUR', rate);
  });
  rule('rates-monotone', 'a heavier parcel is never cheaper', async () => {
    play('rates');
    const made = await setUp();
    let last = new Map();
    let lastWeight = 0;
    for (const weight of settings().weights) {
      const prices = await quote(made, cart(weight));
      for (const [service, price] of prices) {
        if (last.has(service)) must(price >= last.get(service), `${service}: ${weight} g must not be cheaper than ${lastWeight} g`, { [lastWeight]: last.get(service), [weight]: price });
      }
      last = prices;
      lastWeight = weight;
    }
  });
  rule('rates-quantity', 'more of an item is never cheaper than less', async () => {
    play('rates');
    const made = await setUp();
    const [one, three] = [await quote(made, cart(400, 1)), await quote(made, cart(400, 3))];
    for (const [service, price] of three) if (one.has(service)) must(price >= one.get(service), `${service}: three items must not be cheaper than one`, { one: one.get(service), three: price });
  });
  rule('rates-stable', 'the same cart gets the same rates', async () => {
    play('rates');
    const made = await setUp();
    const input = inputOf('calculateRates');
    const [first, second] = [await quote(made, input), await quote(made, input)];
    must(JSON.stringify([...first]) === JSON.stringify([...second]), 'two questions must get one answer', { first, second });
  });
  rule('rates-input', 'what is no cart gets no rates and no exception', async () => {
    play('rates');
    const made = await setUp();
    const good = inputOf('calculateRates');
    const [item] = good.items;
    const bad = [undefined, {}, { ...good, items: [] }, { ...good, items: [{ ...item, weight: -5 }] }, { ...good, items: [{ ...item, weight: 'heavy' }] },
      { ...good, items: [{ ...item, quantity: -1 }] }, { ...good, country: 'XX' }, { ...good, country: { a: 1 } }, { ...good, items: [{ ...item, weight: NaN }] }];
    for (const input of bad) {
      const prices = await quote(made, input);
      must(prices.size === 0, 'what is no cart must get no rates', { input, prices });
    }
  });
});

describe('createShipment', () => {
  const parcel = (more = {}) => ({ ...inputOf('createShipment', { n: unique() }), ...more });
  const isLabelled = (outcome) => succeeded(outcome) && typeof outcome.value.trackingNumber === 'string' && outcome.value.trackingNumber !== '';

  rule('label-once', 'an order gets one label, however often it is asked for', async () => {
    const made = await setUp();
    const shipment = play('shipment');
    const input = parcel();
    const first = await call(made, 'createShipment', input);
    must(isLabelled(first), 'a parcel that the carrier took must give { success: true, trackingNumber }', first);
    const again = await call(made, 'createShipment', input);
    must(shipment.calls.length === 1, `one order made ${shipment.calls.length} labels`, again);
    must(isLabelled(again) && again.value.trackingNumber === first.value.trackingNumber, 'the second answer must name the same parcel', again);
  });
  rule('label-concurrent', 'an order at the same moment gets one label', async () => {
    const made = await setUp();
    const shipment = play('shipment');
    const input = parcel();
    const outcomes = await Promise.all([1, 2, 3].map(() => call(made, 'createShipment', input)));
    must(shipment.calls.length === 1, `three calls at the same moment made ${shipment.calls.length} labels`, outcomes);
    must(outcomes.some(isLabelled), 'one of the calls must succeed', outcomes);
  });
  for (const [id, word, title] of [['label-5xx', 'error', 'a carrier error'], ['label-timeout', 'timeout', 'a time-out'], ['label-garbage', 'garbage', 'an answer that is none']]) {
    rule(id, `${title} is no success, and trying again makes one label`, async () => {
      const made = await setUp();
      const shipment = play('shipment', [word, 'ok']);
      const input = parcel();
      const first = await call(made, 'createShipment', input);
      must(!succeeded(first), `${title} must not read as success`, first);
      must(isLabelled(await call(made, 'createShipment', input)), `after ${title} the same parcel must be possible again`);
      const keys = shipment.calls.map((c) => keyOf('shipment', c));
      must(keys[0] !== undefined && keys[0] === keys[1], 'both tries must carry the same idempotency key, or a time-out can make two labels (name its place: provider.shipment.idempotencyKey)', keys);
    });
  }
  rule('label-input', 'a parcel without an address or a weight never reaches the carrier', async () => {
    const made = await setUp();
    const shipment = play('shipment');
    for (const input of [undefined, {}, parcel({ address: undefined }), parcel({ address: {} }), parcel({ weight: 0 }), parcel({ weight: -1 }), parcel({ weight: 'x' })]) {
      const outcome = await call(made, 'createShipment', input);
      must(!succeeded(outcome), 'a parcel without an address or a weight must be refused', { input, outcome });
    }
    must(shipment.calls.length === 0, 'refused parcels must not reach the carrier', shipment.calls.map((c) => c.body));
  });
});
