// `node:url`: the URL standard's classes; the legacy `url.parse` is not here.

import { URL, URLSearchParams } from 'daino:internal/url';

export { URL, URLSearchParams };

export function format(address, { fragment = true, search = true, auth = true } = {}) {
  const url = new URL(`${address instanceof URL ? address.href : address}`);
  if (!fragment) url.hash = '';
  if (!search) url.search = '';
  if (!auth) { url.username = ''; url.password = ''; }
  return url.href;
}

const away = (name, instead) => () => { throw new Error(`url.${name} is not available; ${instead}`); };
export const parse = away('parse', 'use new URL(address)');
export const resolve = (from, to) => new URL(to, from).href;
export const fileURLToPath = away('fileURLToPath', 'plugins read files through ctx.files');
export const pathToFileURL = away('pathToFileURL', 'plugins read files through ctx.files');
export const domainToASCII = (domain) => URL.parse(`http://${domain}`)?.hostname ?? '';
export default { URL, URLSearchParams, domainToASCII, fileURLToPath, format, parse, pathToFileURL, resolve };
