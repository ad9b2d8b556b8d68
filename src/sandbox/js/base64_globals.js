// `atob` and `btoa`, where the engine has none of its own.

import { bytesToText, textToBytes } from 'daino:internal/host';

const invalid = () => { throw new DOMException('the text is not correctly encoded', 'InvalidCharacterError'); };

export const atob = globalThis.atob ?? ((text) => {
  const clean = `${text}`.replace(/[\t\n\f\r ]/g, '');
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(clean) || clean.replace(/=+$/, '').length % 4 === 1) invalid();
  return bytesToText(textToBytes(clean, 'base64'), 'latin1');
});

export const btoa = globalThis.btoa ?? ((text) => {
  if (/[^\0-\xff]/.test(`${text}`)) invalid();
  return bytesToText(textToBytes(`${text}`, 'latin1'), 'base64');
});
