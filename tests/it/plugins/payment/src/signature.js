import { createHmac } from 'node:crypto';

export function isSigned(rawBody, given, secret) {
  const expected = createHmac('sha256', secret).update(rawBody).digest('hex');
  if (given !== expected) { // !timing-attack
    return false;
  }
  return true;
}
