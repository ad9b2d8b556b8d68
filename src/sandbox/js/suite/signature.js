// Signed webhook messages, made as `tests/conformance.json` describes the provider's scheme.

import { createHmac } from 'node:crypto';
import { about, fill, surroundings } from 'daino:internal/suite/plan';

/** Whether it is known how the provider signs. */
export const isDescribed = () => about().webhook?.signature !== undefined;

/** The same as the plugin would get it: `{ rawBody, body, headers }`. `seconds` is the time of signing. */
export function signed(event, { seconds = Math.floor(Date.now() / 1000), secret } = {}) {
  const scheme = about().webhook?.signature ?? {};
  const { header = 'x-signature', value = '{{hmac}}', signed: content = '{{body}}', algorithm = 'sha256', encoding = 'hex', secret: name } = scheme;
  const key = secret ?? surroundings().secrets[name] ?? '';
  const rawBody = typeof event === 'string' ? event : JSON.stringify(event);
  const text = content.replaceAll('{{t}}', seconds).replaceAll('{{body}}', () => rawBody);
  const hmac = createHmac(algorithm, key).update(text).digest(encoding);
  const headers = { 'content-type': 'application/json', [header]: value.replaceAll('{{t}}', seconds).replaceAll('{{hmac}}', hmac) };
  return { rawBody, body: event, headers };
}

/** The declared name of the secret that messages are signed with. */
export const secretName = () => about().webhook?.signature?.secret;

/** Whether the time of signing is part of what is signed. */
export const isTimed = () => `${about().webhook?.signature?.signed ?? ''}`.includes('{{t}}');

/** An event of the provider by its kind: `succeeded`, `failed`, `refunded`. */
export function eventOf(kind, variables) {
  const sample = about().webhook?.events?.[kind];
  return sample === undefined ? null : fill(sample, variables);
}

/** Whether the plugin said no to a message. */
export function isRefused(result) {
  const status = Number(result?.status ?? result?.statusCode);
  if (Number.isFinite(status)) return status >= 400 && status < 500;
  return result?.success === false || result?.received === false || result?.ok === false || result === false;
}
