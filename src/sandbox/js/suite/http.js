// `req` and `res` of a route, as a shop gives them.

const lower = (headers) => Object.fromEntries(Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]));

/** A request. `body` is what was parsed, `rawBody` the text as it came. */
export function makeRequest({ method = 'GET', path = '/', params = {}, query = {}, headers = {}, body, rawBody, user, ip = '203.0.113.7' } = {}) {
  const known = lower(headers);
  const text = rawBody ?? (body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body));
  return {
    method, path, url: path, originalUrl: path, params, query, headers: known, body: body ?? {}, rawBody: text, ip, user,
    get: (name) => known[`${name}`.toLowerCase()],
    header: (name) => known[`${name}`.toLowerCase()],
  };
}

/** A response that remembers what it was told. `sent` is set once. */
export function makeResponse() {
  const state = { status: 200, headers: {}, body: undefined, sent: false };
  const send = (body) => {
    if (state.sent) throw new Error('the response was sent already');
    Object.assign(state, { body, sent: true });
    return res;
  };
  const set = (name, value) => {
    const all = typeof name === 'object' && name !== null ? name : { [name]: value };
    for (const [key, item] of Object.entries(all)) state.headers[key.toLowerCase()] = `${item}`;
    return res;
  };
  const res = {
    status(code) { state.status = code; return res; },
    sendStatus(code) { state.status = code; return send(`${code}`); },
    json(body) { if (!state.headers['content-type']) set('content-type', 'application/json; charset=utf-8'); return send(body); },
    send(body) {
      if (typeof body === 'object' && body !== null) return res.json(body);
      if (!state.headers['content-type']) set('content-type', 'text/html; charset=utf-8');
      return send(body);
    },
    end(body) { return send(body); },
    redirect(first, second) { state.status = second === undefined ? 302 : first; set('location', second ?? first); return send(undefined); },
    set, header: set, setHeader: set,
    type(value) { return set('content-type', value.includes('/') ? value : value === 'html' ? 'text/html' : value === 'json' ? 'application/json' : `text/${value}`); },
    get: (name) => state.headers[`${name}`.toLowerCase()],
    get headersSent() { return state.sent; },
    get statusCode() { return state.status; },
    set statusCode(code) { state.status = code; },
  };
  return { res, state };
}
