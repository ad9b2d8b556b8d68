// `node:path`, the POSIX half; plugins have no working directory, so `resolve` starts at `/`.

export const sep = '/';
export const delimiter = ':';

const text = (value) => {
  if (typeof value !== 'string') throw new TypeError(`The "path" argument must be of type string. Received type ${typeof value}`);
  return value;
};

export function normalize(path) {
  if (text(path) === '') return '.';
  const absolute = path.startsWith('/');
  const parts = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else if (!absolute) parts.push('..');
  }
  const joined = (absolute ? '/' : '') + parts.join('/');
  if (joined === '') return path.endsWith('/') && path !== '' ? './' : '.';
  return path.endsWith('/') && !joined.endsWith('/') ? `${joined}/` : joined;
}

export const isAbsolute = (path) => text(path).startsWith('/');
export const join = (...parts) => normalize(parts.map(text).filter((part) => part !== '').join('/') || '.');

export function resolve(...parts) {
  let path = '';
  for (const part of parts.map(text).reverse()) {
    if (part === '') continue;
    path = path === '' ? part : `${part}/${path}`;
    if (part.startsWith('/')) break;
  }
  const full = normalize(path.startsWith('/') ? path : `/${path}`);
  return full.length > 1 && full.endsWith('/') ? full.slice(0, -1) : full;
}

export function dirname(path) {
  const clean = text(path).replace(/\/+$/, '');
  if (clean === '') return path.startsWith('/') ? '/' : '.';
  const at = clean.lastIndexOf('/');
  return at < 0 ? '.' : at === 0 ? '/' : clean.slice(0, at).replace(/(?<=.)\/+$/, '');
}

export function basename(path, suffix = '') {
  const last = text(path).replace(/\/+$/, '').split('/').at(-1);
  return suffix !== '' && last !== suffix && last.endsWith(suffix) ? last.slice(0, -suffix.length) : last;
}

export function extname(path) {
  const name = basename(path);
  const at = name.lastIndexOf('.');
  return at <= 0 || name === '..' ? '' : name.slice(at);
}

export function relative(from, to) {
  const [left, right] = [resolve(from), resolve(to)].map((path) => path.split('/').filter(Boolean));
  let common = 0;
  while (common < left.length && left[common] === right[common]) common += 1;
  return [...left.slice(common).map(() => '..'), ...right.slice(common)].join('/');
}

export function parse(path) {
  const base = basename(path);
  const ext = extname(path);
  const root = path.startsWith('/') ? '/' : '';
  const dir = path.includes('/') ? dirname(path) : '';
  return { root, dir, base, ext, name: ext ? base.slice(0, -ext.length) : base };
}

export function format({ dir, root = '', base, name = '', ext = '' }) {
  const file = base ?? `${name}${ext && !ext.startsWith('.') ? '.' : ''}${ext}`;
  return dir ? (dir === root ? `${dir}${file}` : `${dir}/${file}`) : `${root}${file}`;
}

const path = { basename, delimiter, dirname, extname, format, isAbsolute, join, normalize, parse, relative, resolve, sep };
path.posix = path;
export const posix = path;
export default path;
