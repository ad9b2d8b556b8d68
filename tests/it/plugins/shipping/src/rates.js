export async function fetchRates(ctx, zone, parcels) {
  const rates = [];
  for (const parcel of parcels) {
    const response = await ctx.fetch(`https://api.parcelo.example/rates/${encodeURIComponent(zone)}`, { // !request-in-loop
      method: 'POST',
      body: JSON.stringify(parcel),
    });
    const answer = await response.json(); // !unchecked-response
    rates.push(answer);
  }
  return rates;
}

export function merge(target, source) {
  for (const key in source) {
    if (typeof source[key] === 'object') {
      merge(target[key], source[key]);
    } else {
      target[key] = source[key]; // !prototype-pollution
    }
  }
  return target;
}
