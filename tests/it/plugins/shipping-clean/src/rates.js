const UNSAFE = new Set(['__proto__', 'constructor', 'prototype']);

export async function fetchRates(ctx, zone, parcels) {
  const response = await ctx.fetch(`https://api.parcelo.example/rates/${encodeURIComponent(zone)}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${ctx.secrets.PARCELO_KEY}`, 'content-type': 'application/json' },
    body: JSON.stringify({ parcels }),
    signal: AbortSignal.timeout(3000),
  });
  if (!response.ok) {
    throw new Error(`the carrier answered ${response.status}`);
  }
  return response.json();
}

export function merge(target, source) {
  for (const key of Object.keys(source)) {
    if (UNSAFE.has(key)) {
      continue;
    }
    target[key] = source[key];
  }
  return target;
}
