const API = 'https://api.paywell.example';

export async function charge(ctx, body, idempotencyKey) {
  const response = await ctx.fetch(`${API}/v1/charges`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${ctx.secrets.PAYWELL_API_KEY}`,
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
