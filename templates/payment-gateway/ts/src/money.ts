// Amounts are integers in the smallest unit of their currency. No floating point ever holds money.

const DECIMALS: Record<string, number> = {
  BHD: 3,
  BIF: 0,
  CLP: 0,
  DJF: 0,
  GNF: 0,
  IQD: 3,
  ISK: 0,
  JOD: 3,
  JPY: 0,
  KMF: 0,
  KRW: 0,
  KWD: 3,
  LYD: 3,
  OMR: 3,
  PYG: 0,
  RWF: 0,
  TND: 3,
  UGX: 0,
  VND: 0,
  VUV: 0,
  XAF: 0,
  XOF: 0,
  XPF: 0,
};

export function isAmount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) > 0;
}

export function isCurrency(value: unknown): value is string {
  return typeof value === 'string' && /^[A-Z]{3}$/.test(value);
}

/** Reads a decimal such as `'19.99'`, digit by digit. Returns null for anything else. */
export function toMinorUnits(value: unknown, currency: string): number | null {
  const decimals = DECIMALS[currency] ?? 2;
  const match = /^(\d{1,12})(?:\.(\d{1,6}))?$/.exec(String(value));
  if (!match) return null;
  const fraction = (match[2] ?? '').padEnd(decimals, '0');
  if (/[1-9]/.test(fraction.slice(decimals))) return null;
  const amount = Number(match[1] + fraction.slice(0, decimals));
  return isAmount(amount) ? amount : null;
}
