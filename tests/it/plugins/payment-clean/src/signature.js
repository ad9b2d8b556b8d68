import { createHmac, timingSafeEqual } from 'node:crypto';

export function isSigned(rawBody, given, secret) {
  const expected = createHmac('sha256', secret).update(rawBody).digest();
  const received = Buffer.from(String(given), 'hex');
  return received.length === expected.length && timingSafeEqual(received, expected);
}
