// From a parcel to prices. Integers only: every step either looks a number up or rounds once.

import { CURRENCY, FREE_FROM, FUEL_SURCHARGE, ZONES, type Service, type Zone } from './table.ts';

export interface RatesInput {
  country: string;
  subtotal: number;
  items: { weight: number; quantity: number }[];
}

export interface Rate {
  service: string;
  name: string;
  price: number;
  currency: string;
  minDays: number;
  maxDays: number;
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

export function zoneOf(country: unknown): Zone | null {
  return ZONES.find((zone) => zone.countries.includes(String(country))) ?? null;
}

/** Grams of all items together; null when they are not a parcel. */
export function totalWeight(items: unknown): number | null {
  if (!Array.isArray(items) || items.length === 0 || items.length > 1000) return null;
  let total = 0;
  for (const item of items) {
    if (!isCount(item?.weight) || !isCount(item?.quantity) || item.quantity === 0) return null;
    total += item.weight * item.quantity;
  }
  return isCount(total) ? total : null;
}

/** Price with the surcharge, rounded up to a whole unit; null when the parcel is too heavy. */
export function priceOf(service: Service, weight: number): number | null {
  const step = service.steps.find((candidate) => weight <= candidate.upTo);
  return step ? step.price + Math.ceil((step.price * FUEL_SURCHARGE) / 1000) : null;
}

export function rates(input: RatesInput): Rate[] | string {
  const weight = totalWeight(input?.items);
  if (weight === null) return 'items must have a weight in whole grams and a quantity';
  if (!isCount(input.subtotal)) return 'subtotal must be a whole number of the smallest unit';
  const zone = zoneOf(input.country);
  if (!zone) return [];
  const quoted: Rate[] = [];
  for (const service of zone.services) {
    const price = priceOf(service, weight);
    if (price === null) continue;
    const [minDays, maxDays] = service.days;
    quoted.push({ service: service.id, name: service.name, price, currency: CURRENCY, minDays, maxDays });
  }
  quoted.sort((a, b) => a.price - b.price);
  if (zone.freeShipping && input.subtotal >= FREE_FROM && quoted.length > 0) quoted[0].price = 0;
  return quoted;
}
