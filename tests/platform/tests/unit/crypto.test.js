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

const bytes = (hex) => Uint8Array.from(hex.match(/../g), (pair) => parseInt(pair, 16));
const hexOf = (buffer) => Buffer.from(buffer).toString('hex');

test('AES-GCM, a known answer of NIST and round trips', async () => {
  const { subtle } = globalThis.crypto;
  const key = await subtle.importKey('raw', bytes('feffe9928665731c6d6a8f9467308308'), 'AES-GCM', false, ['encrypt', 'decrypt']);
  const algorithm = { name: 'AES-GCM', iv: bytes('cafebabefacedbaddecaf888'), additionalData: bytes('feedfacedeadbeeffeedfacedeadbeefabaddad2') };
  const data = bytes('d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39');
  const sealed = await subtle.encrypt(algorithm, key, data);
  assert.equal(hexOf(sealed), '42831ec2217774244b7221b784d0d49ce3aa212f2c02a4e035c17e2329aca12e21d514b25466931c7d8f6a5aac84aa051ba30b396a0aac973d58e0915bc94fbc3221a5db94fae95ae7121a47');
  assert.equal(hexOf(await subtle.decrypt(algorithm, key, sealed)), hexOf(data));
  await assert.rejects(subtle.decrypt({ name: 'AES-GCM', iv: algorithm.iv }, key, sealed), { name: 'OperationError' });
  const broken = new Uint8Array(sealed);
  broken[3] ^= 1;
  await assert.rejects(subtle.decrypt(algorithm, key, broken), { name: 'OperationError' });
  const made = await subtle.generateKey({ name: 'AES-GCM', length: 256 }, true, ['encrypt', 'decrypt']);
  assert.deepEqual([made.type, made.algorithm.name, made.algorithm.length], ['secret', 'AES-GCM', 256]);
  const jwk = await subtle.exportKey('jwk', made);
  assert.equal(jwk.alg, 'A256GCM');
  const again = await subtle.importKey('jwk', jwk, { name: 'AES-GCM' }, false, ['decrypt']);
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const text = await subtle.decrypt({ name: 'AES-GCM', iv }, again, await subtle.encrypt({ name: 'AES-GCM', iv }, made, Buffer.from('héllo')));
  assert.equal(Buffer.from(text).toString(), 'héllo');
  await assert.rejects(subtle.encrypt({ name: 'AES-GCM', iv }, again, data), { name: /^InvalidAccess/ });
  await assert.rejects(subtle.exportKey('raw', again), { name: /^InvalidAccess/ });
  await assert.rejects(subtle.importKey('raw', new Uint8Array(15), 'AES-GCM', true, ['encrypt']), { name: 'DataError' });
  await assert.rejects(subtle.importKey('raw', new Uint8Array(16), 'AES-GCM', true, ['sign']), { name: 'SyntaxError' });
});

test('ECDSA, RFC 6979 A.2.5, in every form of the key', async () => {
  const { subtle } = globalThis.crypto;
  const [x, y] = ['60fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6', '7903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299'];
  const signature = bytes('efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8');
  const curve = { name: 'ECDSA', namedCurve: 'P-256' };
  const url = (hex) => Buffer.from(bytes(hex)).toString('base64url');
  const forms = [
    ['raw', bytes(`04${x}${y}`)],
    ['spki', bytes(`3059301306072a8648ce3d020106082a8648ce3d03010703420004${x}${y}`)],
    ['jwk', { kty: 'EC', crv: 'P-256', x: url(x), y: url(y) }],
  ];
  for (const [form, source] of forms) {
    const key = await subtle.importKey(form, source, curve, true, ['verify']);
    assert.deepEqual([key.type, key.algorithm.namedCurve], ['public', 'P-256']);
    const verify = (sig, text) => subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, key, sig, Buffer.from(text));
    assert.equal(await verify(signature, 'sample'), true, form);
    assert.equal(await verify(signature, 'samplf'), false, form);
    assert.equal(await verify(signature.slice(1), 'sample'), false, form);
    assert.equal(hexOf(await subtle.exportKey('raw', key)), `04${x}${y}`);
  }
  await assert.rejects(subtle.importKey('raw', new Uint8Array(65), curve, true, ['verify']), { name: 'DataError' });
  await assert.rejects(subtle.importKey('spki', new Uint8Array(91), curve, true, ['verify']), { name: 'DataError' });
});
