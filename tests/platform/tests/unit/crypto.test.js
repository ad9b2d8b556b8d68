import test from 'node:test';
import assert from 'node:assert/strict';
import { createHash, createHmac, randomBytes, randomInt, randomUUID, timingSafeEqual } from 'node:crypto';

const HASHES = {
  sha1: 'a9993e364706816aba3e25717850c26c9cd0d89d',
  sha256: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  sha384: 'cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7',
  sha512: 'ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f',
};

test('hashes', () => {
  for (const [name, answer] of Object.entries(HASHES)) {
    assert.equal(createHash(name).update('a').update(Buffer.from('bc')).digest('hex'), answer);
  }
  const hash = createHash('sha256').update('a');
  hash.digest();
  assert.throws(() => hash.digest());
});

test('HMAC, RFC 4231 case 2', () => {
  const answer = '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843';
  assert.equal(createHmac('sha256', 'Jefe').update('what do ya want for nothing?').digest('hex'), answer);
  const code = createHmac('sha256', Buffer.from('Jefe')).update('what do ya want for nothing?').digest();
  assert.ok(timingSafeEqual(code, Buffer.from(answer, 'hex')));
  assert.throws(() => timingSafeEqual(code, Buffer.from('short')), RangeError);
});

test('Web Crypto', async () => {
  const encoder = new TextEncoder();
  const digest = await crypto.subtle.digest('SHA-256', encoder.encode('abc'));
  assert.equal(Buffer.from(digest).toString('hex'), HASHES.sha256);
  const key = await crypto.subtle.importKey('raw', encoder.encode('Jefe'), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign', 'verify']);
  const code = await crypto.subtle.sign('HMAC', key, encoder.encode('what do ya want for nothing?'));
  assert.equal(Buffer.from(code).toString('hex').slice(0, 8), '5bdcc146');
  assert.equal(await crypto.subtle.verify('HMAC', key, code, encoder.encode('other')), false);
  await assert.rejects(crypto.subtle.exportKey('raw', key));
});

test('random values', () => {
  assert.match(randomUUID(), /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.equal(randomBytes(70_000).length, 70_000);
  assert.notDeepEqual(randomBytes(16), randomBytes(16));
  for (let i = 0; i < 100; i++) assert.ok([5, 6].includes(randomInt(5, 7)));
  assert.ok(crypto.getRandomValues(new Uint32Array(4)).some((n) => n !== 0));
});
