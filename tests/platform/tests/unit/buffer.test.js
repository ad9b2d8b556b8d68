// The same answers are expected of Node: `node --test tests/platform/tests/unit`.
import test from 'node:test';
import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';

test('encodings', () => {
  const text = 'h€llo ü';
  for (const encoding of ['utf8', 'utf16le', 'base64', 'base64url', 'hex']) {
    const bytes = Buffer.from(text);
    const round = Buffer.from(bytes.toString(encoding), encoding);
    assert.deepEqual(round, encoding === 'utf16le' ? Buffer.from(bytes.toString('utf16le'), 'utf16le') : bytes, encoding);
  }
  assert.equal(Buffer.from('h€llo').toString('base64'), 'aOKCrGxsbw==');
  assert.equal(Buffer.from([0xfb, 0xff]).toString('base64url'), '-_8');
  assert.equal(Buffer.from('-_8', 'base64').toString('hex'), 'fbff');
  assert.equal(Buffer.from('é', 'latin1').toString('hex'), 'e9');
  assert.equal(Buffer.from('0aFFzz', 'hex').toString('hex'), '0aff');
  assert.equal(Buffer.from('ab', 'utf16le').toString('hex'), '61006200');
  assert.equal(Buffer.byteLength('€'), 3);
  assert.throws(() => Buffer.from('a', 'nope'), TypeError);
});

test('views share their bytes', () => {
  const bytes = Buffer.from('abcdef');
  const part = bytes.subarray(1, 3);
  assert.ok(Buffer.isBuffer(part));
  part[0] = 0x58;
  assert.equal(bytes.toString(), 'aXcdef');
  assert.equal(bytes.slice(-2).toString(), 'ef');
  assert.equal(Buffer.from(bytes).equals(bytes), true);
  assert.equal(Buffer.compare(Buffer.from('a'), Buffer.from('b')), -1);
  assert.equal(Buffer.concat([Buffer.from('a'), Buffer.from('bc')], 2).toString(), 'ab');
});

test('numbers', () => {
  const bytes = Buffer.alloc(16);
  bytes.writeUInt32BE(0xdeadbeef, 0);
  bytes.writeInt16LE(-2, 4);
  bytes.writeDoubleBE(1.5, 8);
  assert.equal(bytes.toString('hex'), 'deadbeeffeff00003ff8000000000000');
  assert.equal(bytes.readUInt32LE(0), 0xefbeadde);
  assert.equal(bytes.readUintBE?.(0, 3) ?? bytes.readUIntBE(0, 3), 0xdeadbe);
  assert.equal(bytes.readBigUInt64BE(0), 0xdeadbeeffeff0000n);
  assert.throws(() => bytes.readUInt32BE(14), RangeError);
  assert.throws(() => bytes.writeUInt8(256, 0), RangeError);
});

test('search and fill', () => {
  const bytes = Buffer.from('hello hello');
  assert.equal(bytes.indexOf('hello', 1), 6);
  assert.equal(bytes.includes(Buffer.from('lo h')), true);
  assert.equal(bytes.indexOf(0x68, -5), 6);
  assert.equal(Buffer.alloc(5, 'ab').toString(), 'ababa');
  assert.equal(JSON.stringify(Buffer.from('a')), '{"type":"Buffer","data":[97]}');
});

test('text encoder and decoder', () => {
  assert.deepEqual([...new TextEncoder().encode('\ud800€')], [0xef, 0xbf, 0xbd, 0xe2, 0x82, 0xac]);
  assert.equal(new TextDecoder().decode(new Uint8Array([0xef, 0xbb, 0xbf, 0x61, 0xff])), 'a\ufffd');
  const decoder = new TextDecoder();
  assert.equal(decoder.decode(new Uint8Array([0xe2, 0x82]), { stream: true }) + decoder.decode(new Uint8Array([0xac])), '€');
  assert.throws(() => new TextDecoder('utf-8', { fatal: true }).decode(new Uint8Array([0xff])), TypeError);
  assert.equal(atob('aGk='), 'hi');
  assert.equal(btoa('hi'), 'aGk=');
});
