// `Request`, `Response` and `fetch`. The broker does the call and decides whether it may happen;
// the test API can put another transport in its place.

import { bytesToText, hostCall, textToBytes, utf8Decode } from 'daino:internal/host';
import { bytesOf, encodeUtf8 } from 'daino:internal/encoding';
import { Headers } from 'daino:internal/headers';
import { AbortSignal } from 'daino:internal/event_target';
import { URL, URLSearchParams } from 'daino:internal/url';
import { parse } from 'daino:internal/primordials';

export { Headers };

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH'];
const NO_BODY = [101, 204, 205, 304];

// A body as bytes, with the content type it implies.
function readBody(body) {
  if (body === undefined || body === null) return { bytes: null, type: null };
  if (typeof body === 'string') return { bytes: encodeUtf8(body), type: 'text/plain;charset=UTF-8' };
  if (body instanceof URLSearchParams) {
    return { bytes: encodeUtf8(body.toString()), type: 'application/x-www-form-urlencoded;charset=UTF-8' };
  }
  const bytes = bytesOf(body);
  if (bytes) return { bytes: bytes.slice(), type: null };
  return { bytes: encodeUtf8(`${body}`), type: 'text/plain;charset=UTF-8' };
}

class Body {
  #bytes = null;
  #used = false;

  _take(body, headers) {
    const { bytes, type } = readBody(body);
    this.#bytes = bytes;
    if (type !== null && !headers.has('content-type')) headers.set('content-type', type);
  }

  get bodyUsed() { return this.#used; }
  get body() { return null; }

  async #consume() {
    if (this.#used) throw new TypeError('the body was read already; use clone() to read it twice');
    this.#used = this.#bytes !== null;
    return this.#bytes ?? new Uint8Array(0);
  }

  _copy() {
    if (this.#used) throw new TypeError('the body was read already');
    return this.#bytes;
  }

  async bytes() { return (await this.#consume()).slice(); }
  async arrayBuffer() { return (await this.#consume()).slice().buffer; }
  async text() {
    const text = utf8Decode(await this.#consume(), false);
    return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  }
  async json() { return parse(await this.text()); }

  static {
    for (const name of ['_take', '_copy']) Object.defineProperty(this.prototype, name, { enumerable: false });
  }
}

export class Request extends Body {
  constructor(input, init = {}) {
    super();
    const from = input instanceof Request ? input : null;
    const url = new URL(from ? from.url : `${input}`);
    if (url.username || url.password) throw new TypeError(`the address \`${url.origin}\` must not hold a user name or password; send an Authorization header`);
    url.hash = '';
    const method = `${init.method ?? from?.method ?? 'GET'}`;
    this.method = METHODS.includes(method.toUpperCase()) ? method.toUpperCase() : method;
    this.url = url.href;
    this.headers = new Headers(init.headers ?? from?.headers);
    this.redirect = init.redirect ?? from?.redirect ?? 'follow';
    this.signal = init.signal ?? from?.signal ?? new AbortSignal();
    const body = init.body ?? from?._copy();
    if (body !== undefined && body !== null && (this.method === 'GET' || this.method === 'HEAD')) {
      throw new TypeError('a request with method GET or HEAD cannot have a body');
    }
    this._take(body, this.headers);
  }

  clone() { return new Request(this); }
  get [Symbol.toStringTag]() { return 'Request'; }
}

let describe;

export class Response extends Body {
  #url = '';
  #redirected = false;
  #type = 'default';

  static {
    describe = (response, { url = '', redirected = false, type = 'default' }) => {
      response.#url = url;
      response.#redirected = redirected;
      response.#type = type;
      return response;
    };
  }

  constructor(body = null, { status = 200, statusText = '', headers = undefined } = {}) {
    super();
    if (!Number.isInteger(status) || status < 200 || status > 599) throw new RangeError('status must be from 200 to 599');
    if (body !== null && body !== undefined && NO_BODY.includes(status)) throw new TypeError(`a response with status ${status} cannot have a body`);
    this.status = status;
    this.statusText = `${statusText}`;
    this.headers = new Headers(headers);
    this._take(body, this.headers);
  }

  get ok() { return this.status >= 200 && this.status <= 299; }
  get url() { return this.#url; }
  get redirected() { return this.#redirected; }
  get type() { return this.#type; }

  clone() {
    const copy = new Response(this._copy(), this);
    return describe(copy, { url: this.#url, redirected: this.#redirected, type: this.#type });
  }

  static json(data, init = {}) {
    const headers = new Headers(init.headers);
    if (!headers.has('content-type')) headers.set('content-type', 'application/json');
    return new Response(JSON.stringify(data), { ...init, headers });
  }
  static error() {
    const response = describe(new Response(), { type: 'error' });
    response.status = 0;
    return response;
  }
  static redirect(url, status = 302) {
    return new Response(null, { status, headers: { location: new URL(url).href } });
  }
  get [Symbol.toStringTag]() { return 'Response'; }
}

/** Makes a response of what the broker, or a mock, answered. */
export function responseOf({ status, statusText, headers, bytes, url, redirected }) {
  const hasBody = bytes && bytes.length > 0 && !NO_BODY.includes(status);
  const response = new Response(hasBody ? bytes : null, { status, statusText: statusText ?? '', headers });
  return describe(response, { url, redirected: redirected ?? false, type: 'basic' });
}

/** Sends a request by the broker, which asks the manifest. */
export async function overBroker(request) {
  const bytes = request._copy();
  const answer = await hostCall('fetch', {
    method: request.method,
    url: request.url,
    headers: Object.fromEntries(request.headers.entries()),
    bodyBase64: bytes === null ? null : bytesToText(bytes, 'base64'),
    redirect: request.redirect,
  });
  const redirected = answer.url !== undefined && answer.url !== request.url;
  const body = answer.bodyBase64 ? textToBytes(answer.bodyBase64, 'base64') : null;
  return responseOf({ ...answer, url: answer.url ?? request.url, bytes: body, redirected });
}

let transport = overBroker;

/** Puts another transport in place of the broker; only the test API does. */
export function setTransport(send) { transport = send; }

/** Sends a request. Rejects with a TypeError that holds the broker's reason. */
export async function fetch(input, init) {
  const request = new Request(input, init);
  request.signal.throwIfAborted();
  const aborted = new Promise((_, reject) => {
    request.signal.addEventListener('abort', () => reject(request.signal.reason), { once: true });
  });
  const sent = transport(request).catch((error) => {
    const failure = new TypeError(`fetch failed: ${error?.message ?? error}`, { cause: error });
    if (error?.code !== undefined) failure.code = error.code;
    throw failure;
  });
  return Promise.race([sent, aborted]);
}
