// `node:querystring`.

export const escape = (text) => encodeURIComponent(`${text}`.toWellFormed()).replace(/%(?:27|28|29|2A|21)/g, (c) => decodeURIComponent(c));

export function unescape(text) {
  try { return decodeURIComponent(text); } catch { return text; }
}

const scalar = (value) => (['string', 'number', 'bigint', 'boolean'].includes(typeof value) ? `${value}` : '');

export function stringify(object, separator = '&', equals = '=', options = {}) {
  if (typeof object !== 'object' || object === null) return '';
  const encode = options?.encodeURIComponent ?? escape;
  return Object.keys(object).flatMap((key) => {
    const values = Array.isArray(object[key]) ? object[key] : [object[key]];
    return values.map((value) => `${encode(key)}${equals}${encode(scalar(value))}`);
  }).join(separator);
}

export function parse(text, separator = '&', equals = '=', options = {}) {
  const result = Object.create(null);
  const decode = options?.decodeURIComponent ?? unescape;
  const most = options?.maxKeys ?? 1000;
  let parts = `${text ?? ''}`.split(separator).filter((part) => part !== '');
  if (most > 0) parts = parts.slice(0, most);
  for (const part of parts) {
    const at = part.indexOf(equals);
    const [rawName, rawValue] = at < 0 ? [part, ''] : [part.slice(0, at), part.slice(at + equals.length)];
    const name = decode(rawName.replaceAll('+', ' '));
    const value = decode(rawValue.replaceAll('+', ' '));
    if (!(name in result)) result[name] = value;
    else if (Array.isArray(result[name])) result[name].push(value);
    else result[name] = [result[name], value];
  }
  return result;
}

export const encode = stringify;
export const decode = parse;
export default { decode, encode, escape, parse, stringify, unescape };
