// The provider's webhook signature: `t=<unix seconds>,v1=<hex>`, an HMAC-SHA256 of
// `<t>.<raw body>`. The time is part of what is signed, so an old message cannot be sent again.

import { Buffer } from 'node:buffer';
import { createHmac, timingSafeEqual } from 'node:crypto';

/** How far the provider's clock may be from ours, in seconds. */
export const TOLERANCE_SECONDS = 300;

export function sign(rawBody, seconds, secret) {
  const digest = createHmac('sha256', secret).update(`${seconds}.${rawBody}`).digest('hex');
  return `t=${seconds},v1=${digest}`;
}

export function isSigned(rawBody, header, secret, now) {
  const match = /^t=(\d{1,12}),v1=([0-9a-f]{64})$/.exec(String(header ?? ''));
  if (!match) return false;
  const [, time, signature] = match;
  if (Math.abs(now - Number(time)) > TOLERANCE_SECONDS) return false;
  const expected = createHmac('sha256', secret).update(`${time}.${rawBody}`).digest('hex');
  return timingSafeEqual(Buffer.from(expected, 'hex'), Buffer.from(signature, 'hex'));
}
