// `ctx.files`: folders of the shop's file root that `permissions.filesystem` grants. Paths begin
// at the root. A file is written whole or not at all; folders on the way are made.

import { bytesToText, hostCall, textToBytes } from 'daino:internal/host';
import { Buffer } from 'daino:internal/buffer';
import { bytesOf, encodeUtf8 } from 'daino:internal/encoding';

const { freeze } = Object;

function text(path) {
  if (typeof path !== 'string') throw new TypeError('a path is text, such as "uploads/analytics/report.csv"');
  return path;
}

function content(data) {
  const bytes = typeof data === 'string' ? encodeUtf8(data) : bytesOf(data);
  if (!bytes) throw new TypeError('the content of a file is text, an ArrayBuffer or a view of one');
  return bytesToText(bytes, 'base64');
}

async function read(path, { offset = 0, length = null } = {}) {
  const { base64 } = await hostCall('files.read', { path: text(path), offset, length });
  const bytes = textToBytes(base64, 'base64');
  return new Buffer(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

async function stat(path) {
  const about = await hostCall('files.stat', { path: text(path) });
  if (about === null) return null;
  return { kind: about.kind, size: about.size, modified: new Date(about.modifiedSeconds * 1000).toISOString() };
}

export const files = freeze({
  /** A file as a `Buffer`; `{ offset, length }` takes a part of it. */
  read,
  /** A file as UTF-8 text. */
  readText: async (path) => (await read(path)).toString('utf8'),
  /** Puts a file in place. */
  write: async (path, data) => { await hostCall('files.write', { path: text(path), base64: content(data) }); },
  /** Writes at the end of a file; makes it when it is absent. */
  append: async (path, data) => { await hostCall('files.append', { path: text(path), base64: content(data) }); },
  /** `{ name, kind, size }` of each name in a folder, sorted. `kind` is file, directory or other. */
  list: async (path) => hostCall('files.list', { path: text(path) }),
  /** Removes a file or an empty folder; whether it was there. */
  remove: async (path) => hostCall('files.remove', { path: text(path) }),
  /** `{ kind, size, modified }`, or null when there is nothing. */
  stat,
});
