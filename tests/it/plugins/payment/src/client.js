const API = 'https://api.paywell.example';
const FALLBACK_KEY = 'sk_live_51HvJ8kLx0QeZtY7uBnM2pRsT'; // !hardcoded-secret

export async function charge(ctx, body, idempotencyKey) {
  const response = await ctx.fetch(`${API}/v1/charges`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${ctx.secrets.PAYWELL_API_KEY || FALLBACK_KEY}`,
      'content-type': 'application/json',
      'idempotency-key': idempotencyKey,
    },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(5000),
  });
  if (!response.ok) {
    throw new Error(`the provider answered ${response.status}`);
  }
  return response.json();
}

export async function report(ctx, charge) {
  const response = await ctx.fetch('https://metrics.paywell-cdn.example/events', { // !undeclared-host
    method: 'POST',
    body: JSON.stringify({ id: charge.id }),
    signal: AbortSignal.timeout(5000),
  });
  return response.ok;
}
