// `req` and `res` of a route, as DainoStore gives them: no more and no less.

import { textToBytes } from 'daino:internal/host';
import { Buffer } from 'daino:internal/buffer';
import { parse, stringify } from 'daino:internal/primordials';

const { assign, create, defineProperty, freeze } = Object;
const NOTHING_SENT = '{"success":true,"message":"Controller executed successfully"}';
const ABSENT = ['send', 'end', 'set', 'header', 'setHeader', 'redirect', 'type', 'cookie', 'clearCookie', 'sendStatus', 'sendFile', 'render', 'write'];

function bufferOf(base64) {
  const bytes = textToBytes(base64, 'base64');
  return new Buffer(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** The request, as `req`. Session headers were taken out before it came here. */
function requestOf({ method, params, query, headers, ip, body, rawBase64 }) {
  const raw = rawBase64 === null ? undefined : bufferOf(rawBase64);
  return {
    method, ip,
    params: assign({}, params),
    query: assign({}, query),
    headers: assign({}, headers),
    // A webhook's body comes as it was signed: as bytes.
    body: raw ?? body,
    rawBody: raw,
    user: undefined,
  };
}

/** `{ req, res, answer }`: what the handler is given, and what it sent. */
export function exchange(request) {
  const sent = { status: 200, text: null };
  const res = create(null);
  res.status = (code) => {
    if (!Number.isInteger(code) || code < 100 || code > 599) throw new RangeError(`res.status takes a number from 100 to 599, got ${code}`);
    if (sent.text === null) sent.status = code;
    return res;
  };
  res.json = (value) => {
    // The first answer is the answer.
    if (sent.text === null) sent.text = stringify(value) ?? 'null';
    return res;
  };
  defineProperty(res, 'headersSent', { get: () => sent.text !== null, enumerable: true });
  for (const name of ABSENT) {
    res[name] = () => { throw new TypeError(`res.${name} is not there in DainoStore; use res.status(code).json(value)`); };
  }
  return {
    req: requestOf(request),
    res: freeze(res),
    answer: () => ({ status: sent.status, body: parse(sent.text ?? NOTHING_SENT) }),
  };
}
