// The remote service of a typed plugin, played: what it answers is decided per test.
//
// `tests/conformance.json` says which request is which and what a good answer looks like; without
// it, everything the manifest grants is answered with a plausible success.

import { mockFetch } from 'daino:internal/test/mock_fetch';
import { about, at, fill, unique } from 'daino:internal/suite/plan';

const PLAUSIBLE = {
  charge: { status: 201, json: { id: 'ch_{{n}}', status: 'succeeded', amount: '{{amount}}' } },
  refund: { status: 201, json: { id: 're_{{n}}', status: 'succeeded' } },
  shipment: { status: 201, json: { id: 'sh_{{n}}', trackingNumber: 'TRACK-{{n}}', labelUrl: 'https://labels.example/{{n}}.pdf' } },
};

/** What is known of a kind of request: `charge`, `refund` or `shipment`. */
export const known = (kind) => ({ ok: PLAUSIBLE[kind], ...about().provider?.[kind] });

/** Plays one kind of request. `answers` are words: `ok`, `declined`, `error`, `timeout`, `garbage`. */
export function play(kind, answers = ['ok'], variables = {}) {
  const { request = /.*/, ok, declined = { status: 402, json: { error: 'declined' } }, capture = {} } = known(kind);
  const seen = { calls: [], captured: {} };
  mockFetch(request, async (call) => {
    const number = seen.calls.push(call);
    const json = bodyOf(call);
    for (const [name, path] of Object.entries(capture)) seen.captured[name] = at({ ...call, json }, path);
    const n = unique();
    switch (answers[Math.min(number, answers.length) - 1]) {
      case 'declined': return fill(declined, { n, ...variables });
      case 'error': return { status: 503, json: { error: 'unavailable' } };
      case 'timeout': return new TypeError('the time limit of the request has passed');
      case 'garbage': return { status: 200, text: '<html>gateway</html>' };
      default: return fill(ok, { n, amount: json?.amount ?? 0, ...variables, ...seen.captured });
    }
  });
  return seen;
}

/** The body of a recorded request: JSON, or a form. */
export function bodyOf(call) {
  try {
    return call.json;
  } catch {
    return Object.fromEntries(new URLSearchParams(call.body ?? ''));
  }
}

/** The header, or other place, that carries the idempotency key. */
export function keyOf(kind, call) {
  const { idempotencyKey } = known(kind);
  const path = idempotencyKey ?? (call.headers['idempotency-key'] !== undefined ? 'headers.idempotency-key' : null);
  return path === null ? undefined : at({ ...call, json: bodyOf(call) }, path);
}
