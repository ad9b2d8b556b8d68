// What attackers send: each attack changes one input, and carries a mark that is found again where
// it must not be.

/** The mark: no plugin has it by itself. */
export const MARK = 'dq7zk';

const deep = (levels) => { let made = {}; for (let i = 0; i < levels; i++) made = { a: made }; return made; };

/** Texts put in the place of every text. `looks` says where they do harm. */
export const TEXTS = [
  { name: 'SQL', value: `x${MARK}' OR '1'='1' --`, looks: ['sql'] },
  { name: 'SQL with a second statement', value: `${MARK}'; DROP TABLE stores; --`, looks: ['sql'] },
  { name: 'HTML', value: `<img src=x onerror=alert('${MARK}')>`, looks: ['html'] },
  { name: 'a script', value: `"><script>alert('${MARK}')</script>`, looks: ['html'] },
  { name: 'a path', value: `../../${MARK}/../../etc/passwd`, looks: ['path'] },
  { name: 'an encoded path', value: `..%2f..%2f${MARK}%2fetc%2fpasswd`, looks: ['path'] },
  { name: 'an address inside', value: `http://169.254.169.254/latest/meta-data/${MARK}`, looks: ['host'] },
  { name: 'an address of the attacker', value: `https://attacker.example/${MARK}`, looks: ['host'] },
  { name: 'header lines', value: `${MARK}\r\nX-Injected: 1`, looks: ['header'] },
  { name: 'a template', value: `{{constructor.constructor('return 1')()}}\${${MARK}}`, looks: [] },
  { name: 'control characters', value: `${MARK}\u0000\u001b[2J\u202e`, looks: [] },
  { name: 'a long text', value: MARK + 'x'.repeat(1_000_000), looks: [] },
];

/** Values of another type put in every place. */
export const VALUES = [
  ['null', null], ['a number', 1e308], ['a negative number', -1], ['NaN', NaN], ['a boolean', true], ['a list', [1, [2]]], ['an object', { toString: null, valueOf: null }],
  ['a text', 'text'], ['an empty text', ''], ['a deep object', deep(100)],
];

/** Whole inputs. */
export const WHOLES = [
  ['nothing', undefined], ['null', null], ['a text', 'text'], ['a number', 7], ['a list', []], ['an empty object', {}],
  ['a prototype', JSON.parse(`{"__proto__":{"polluted${MARK}":true},"constructor":{"prototype":{"polluted${MARK}":true}}}`)],
  ['many keys', Object.fromEntries(Array.from({ length: 20_000 }, (_, i) => [`key${i}`, i]))],
  ['a long list', { items: Array.from({ length: 50_000 }, (_, i) => i) }],
];

/** Paths of all leaves of a value. */
export function leavesOf(value, path = []) {
  if (typeof value !== 'object' || value === null) return [path];
  const keys = Object.keys(value);
  return keys.length === 0 ? [path] : keys.flatMap((key) => leavesOf(value[key], [...path, key]));
}

/** The value with another one at a path. */
export function withLeaf(value, path, leaf) {
  if (path.length === 0) return leaf;
  const [key, ...rest] = path;
  const made = Array.isArray(value) ? [...value] : { ...value };
  made[key] = withLeaf(value?.[key], rest, leaf);
  return made;
}

/** The value with a prototype trick at its top, as a JSON parser would give it. */
export function withPrototype(value) {
  const text = JSON.stringify(value ?? {});
  const trick = `"__proto__":{"polluted${MARK}":true},"constructor":{"prototype":{"polluted${MARK}":true}}`;
  return JSON.parse(text.startsWith('{') && text !== '{}' ? `{${trick},${text.slice(1)}` : `{${trick}}`);
}
