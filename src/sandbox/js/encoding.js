// `TextEncoder` and `TextDecoder` (UTF-8 and latin1), and bytes as the platform takes them.

import { bytesToText, utf8Decode, utf8Encode } from 'daino:internal/host';
import { isView, wellFormed } from 'daino:internal/primordials';

/** Text as UTF-8; lone surrogates become U+FFFD, as the standard says. */
export const encodeUtf8 = (text) => utf8Encode(wellFormed(`${text}`));

/** A plain `Uint8Array` over the bytes of a buffer or view; `undefined` for anything else. */
export function bytesOf(source) {
  if (source instanceof ArrayBuffer) return new Uint8Array(source);
  if (isView(source)) return new Uint8Array(source.buffer, source.byteOffset, source.byteLength);
  return undefined;
}

/** Bytes of text, a buffer or a view; a TypeError naming `what` for anything else. */
export function dataBytes(data, what = 'data') {
  const bytes = typeof data === 'string' ? encodeUtf8(data) : bytesOf(data);
  if (bytes === undefined) throw new TypeError(`${what} must be a string, Buffer, TypedArray or ArrayBuffer`);
  return bytes;
}

export class TextEncoder {
  get encoding() { return 'utf-8'; }

  encode(text = '') { return encodeUtf8(text); }

  encodeInto(text, target) {
    let read = 0;
    let written = 0;
    for (const character of `${text}`) {
      const bytes = encodeUtf8(character);
      if (written + bytes.length > target.length) break;
      target.set(bytes, written);
      written += bytes.length;
      read += character.length;
    }
    return { read, written };
  }
}

// Bytes at the end that begin a character without ending it.
function unfinished(bytes) {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back];
    if ((byte & 0xc0) === 0x80) continue;
    const needed = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
    return needed > back ? back : 0;
  }
  return 0;
}

export class TextDecoder {
  #encoding;
  #fatal;
  #ignoreBom;
  #rest = new Uint8Array(0);
  #started = false;

  constructor(label = 'utf-8', { fatal = false, ignoreBOM = false } = {}) {
    const name = `${label}`.trim().toLowerCase();
    if (['utf-8', 'utf8', 'unicode-1-1-utf-8'].includes(name)) this.#encoding = 'utf-8';
    else if (['latin1', 'iso-8859-1', 'ascii', 'us-ascii'].includes(name)) this.#encoding = 'windows-1252';
    else throw new RangeError(`the encoding \`${label}\` is not available; use utf-8`);
    this.#fatal = Boolean(fatal);
    this.#ignoreBom = Boolean(ignoreBOM);
  }

  get encoding() { return this.#encoding; }
  get fatal() { return this.#fatal; }
  get ignoreBOM() { return this.#ignoreBom; }

  decode(source, { stream = false } = {}) {
    let bytes = source === undefined ? new Uint8Array(0) : bytesOf(source);
    if (bytes === undefined) throw new TypeError('decode takes an ArrayBuffer or a view of one');
    if (this.#encoding !== 'utf-8') return bytesToText(bytes, 'latin1');
    if (this.#rest.length > 0) {
      const joined = new Uint8Array(this.#rest.length + bytes.length);
      joined.set(this.#rest);
      joined.set(bytes, this.#rest.length);
      bytes = joined;
    }
    const keep = stream ? unfinished(bytes) : 0;
    this.#rest = bytes.slice(bytes.length - keep);
    const text = utf8Decode(bytes.subarray(0, bytes.length - keep), this.#fatal);
    if (text === undefined || text === null) throw new TypeError('the bytes are not valid UTF-8');
    const first = !this.#started && text.length > 0;
    this.#started = stream && (this.#started || text.length > 0);
    return first && !this.#ignoreBom && text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  }
}
