import { describe, expect, it } from 'daino:test';
import { isSigned, sign, TOLERANCE_SECONDS } from '../../src/signature.ts';

const secret = 'whsec_test';
const now = 1_760_000_000;

describe('webhook signature', () => {
  it('accepts what was signed with the secret', () => {
    expect(isSigned('{"a":1}', sign('{"a":1}', now, secret), secret, now)).toBe(true);
  });

  it('refuses another body, another secret and another time', () => {
    const header = sign('{"a":1}', now, secret);
    expect(isSigned('{"a":2}', header, secret, now)).toBe(false);
    expect(isSigned('{"a":1}', header, 'other', now)).toBe(false);
    expect(isSigned('{"a":1}', header.replace(`t=${now}`, `t=${now + 1}`), secret, now)).toBe(false);
  });

  it('refuses messages outside the tolerance', () => {
    const header = sign('x', now, secret);
    expect(isSigned('x', header, secret, now + TOLERANCE_SECONDS)).toBe(true);
    expect(isSigned('x', header, secret, now + TOLERANCE_SECONDS + 1)).toBe(false);
    expect(isSigned('x', header, secret, now - TOLERANCE_SECONDS - 1)).toBe(false);
  });

  it('refuses headers of any other form', () => {
    for (const header of [undefined, null, '', 'v1=00', `t=${now},v1=`, `t=${now},v1=zz`, 42, {}]) {
      expect(isSigned('x', header, secret, now)).toBe(false);
    }
  });
});
