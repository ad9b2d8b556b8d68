import test from 'node:test';
import assert from 'node:assert/strict';

test('URL', () => {
  const url = new URL('../b?x=1#f', 'https://u:p@EXAMPLE.com:443/a/c/d');
  assert.equal(url.href, 'https://u:p@example.com/a/b?x=1#f');
  assert.equal(url.host, 'example.com');
  url.searchParams.append('y', 'ü &');
  assert.equal(url.search, '?x=1&y=%C3%BC+%26');
  url.port = '8443';
  url.hash = '';
  assert.equal(`${url}`, 'https://u:p@example.com:8443/a/b?x=1&y=%C3%BC+%26');
  assert.throws(() => new URL('nowhere'), { name: 'TypeError', code: 'ERR_INVALID_URL' });
  assert.equal(JSON.stringify({ url: new URL('https://a.example') }), '{"url":"https://a.example/"}');
  assert.equal(new URL('https://münchen.example/ä').href, 'https://xn--mnchen-3ya.example/%C3%A4');
});

test('URLSearchParams', () => {
  const query = new URLSearchParams('?a=1&b=2&a=3');
  assert.deepEqual(query.getAll('a'), ['1', '3']);
  query.set('a', '9');
  query.delete('b');
  query.append('c', '~*\'()-._ ');
  assert.equal(query.toString(), 'a=9&c=%7E*%27%28%29-._+');
  assert.deepEqual([...new URLSearchParams({ x: '1', y: '2' })], [['x', '1'], ['y', '2']]);
  assert.equal(new URLSearchParams([['k', 'v']]).has('k'), true);
});

test('Headers', () => {
  const headers = new Headers({ 'X-A': '1' });
  headers.append('x-a', '2');
  assert.equal(headers.get('X-a'), '1, 2');
  assert.throws(() => headers.set('a', 'b\r\nc: d'), TypeError);
  assert.deepEqual([...new Headers([['b', '1'], ['a', '2']])], [['a', '2'], ['b', '1']]);
});

test('Request and Response', async () => {
  const request = new Request('https://a.example/x', { method: 'post', body: new URLSearchParams({ a: '1 2' }) });
  assert.equal(request.method, 'POST');
  assert.match(request.headers.get('content-type'), /^application\/x-www-form-urlencoded/);
  assert.equal(await request.text(), 'a=1+2');
  const response = Response.json({ a: 1 }, { status: 201 });
  assert.equal(response.ok, true);
  assert.deepEqual(await response.clone().json(), { a: 1 });
  assert.deepEqual(await response.json(), { a: 1 });
  await assert.rejects(response.text(), TypeError);
  assert.throws(() => new Request('https://a.example', { body: 'x' }), TypeError);
  assert.throws(() => new Response('x', { status: 204 }), TypeError);
});

test('AbortController', async () => {
  const controller = new AbortController();
  let heard = 0;
  controller.signal.addEventListener('abort', () => { heard += 1; });
  controller.abort();
  controller.abort();
  assert.equal(heard, 1);
  assert.equal(controller.signal.reason.name, 'AbortError');
  assert.throws(() => controller.signal.throwIfAborted());
  const signal = AbortSignal.any([AbortSignal.timeout(5), new AbortController().signal]);
  // The timer behind a signal does not keep Node alive; this one does.
  const alive = setTimeout(() => {}, 60_000);
  await new Promise((resolve) => { signal.addEventListener('abort', resolve); });
  clearTimeout(alive);
  assert.equal(signal.reason.name, 'TimeoutError');
});

test('structuredClone', () => {
  const value = { at: new Date(0), map: new Map([[1, { b: [2] }]]), set: new Set(['x']), bytes: new Uint8Array([1, 2]) };
  value.self = value;
  const copy = structuredClone(value);
  assert.notEqual(copy, value);
  assert.equal(copy.self, copy);
  assert.deepEqual(copy.map, value.map);
  assert.deepEqual(copy.at, value.at);
  assert.throws(() => structuredClone({ f() {} }), { name: 'DataCloneError' });
});

test('timers', async () => {
  const seen = [];
  setTimeout(() => seen.push('late'), 20);
  setTimeout((x) => seen.push(x), 1, 'early');
  const gone = setTimeout(() => seen.push('never'), 1);
  clearTimeout(gone);
  queueMicrotask(() => seen.push('micro'));
  await new Promise((resolve) => { setTimeout(resolve, 40); });
  assert.deepEqual(seen, ['micro', 'early', 'late']);
});
