// Values as snapshots show them: the form of Jest and Vitest, keys sorted, one entry a line.

import { getPrototypeOf, isEnumerable, kindOf, mapEntries, ownKeys, setValues } from 'daino:internal/primordials';

const MOST = 1_000_000;
const DEEPEST = 100;
const serializers = [];

/** Adds `{ test(value), print(value, print) }` or `{ test, serialize }`; later ones win. */
export function addSerializer(serializer) { serializers.unshift(serializer); }

function primitive(value) {
  if (typeof value === 'string') return `"${value}"`;
  if (typeof value === 'bigint') return `${value}n`;
  if (Object.is(value, -0)) return '-0';
  return String(value);
}

function nameOf(value) {
  const prototype = getPrototypeOf(value);
  return prototype === null ? '' : prototype.constructor?.name ?? '';
}

function lines(open, close, entries, indent) {
  if (entries.length === 0) return `${open}${close}`;
  const inner = `${indent}  `;
  return `${open}\n${entries.map((entry) => `${inner}${entry},\n`).join('')}${indent}${close}`;
}

function byName(a, b) {
  const [left, right] = [String(a), String(b)];
  return left < right ? -1 : left > right ? 1 : 0;
}

function properties(value, state, inner, keep = () => true) {
  return ownKeys(value).filter((key) => isEnumerable(value, key) && keep(key)).sort(byName)
    .map((key) => `${typeof key === 'symbol' ? String(key) : `"${key}"`}: ${show(value[key], state, inner)}`);
}

function showMatcher(value, state, indent) {
  const { name, args } = value.described;
  const title = name.replace(/^(not\.)?(.)/, (_, not, first) => `${not ? 'Not' : ''}${first.toUpperCase()}`);
  if (name === 'any') return `Any<${args[0].name}>`;
  if (name === 'anything') return 'Anything';
  return `${title} ${show(args[0], state, indent)}`;
}

function showObject(value, state, indent) {
  const inner = `${indent}  `;
  const kind = kindOf(value);
  const name = nameOf(value);
  const title = (usual) => (name === usual || name === '' ? '' : `${name} `);
  switch (kind) {
    case 'Date': return Number.isNaN(value.getTime()) ? 'Date { NaN }' : value.toISOString();
    case 'RegExp': return String(value);
    case 'Error': return `[${value.name}${value.message ? `: ${value.message}` : ''}]`;
    case 'Promise': case 'WeakMap': case 'WeakSet': return `${kind} {}`;
    case 'Number': case 'String': case 'Boolean': case 'Symbol': case 'BigInt': return `[${kind}: ${primitive(value.valueOf())}]`;
    case 'Map': return lines('Map {', '}', [...mapEntries(value)].map(([k, v]) => `${show(k, state, inner)} => ${show(v, state, inner)}`), indent);
    case 'Set': return lines('Set {', '}', [...setValues(value)].map((item) => show(item, state, inner)), indent);
    case 'ArrayBuffer': return lines('ArrayBuffer [', ']', [...new Uint8Array(value)].map((byte) => `${byte}`), indent);
    case 'Array': return lines(`${title('Array')}[`, ']', Array.from(value, (item) => show(item, state, inner)), indent);
    default:
      if (kind.endsWith('Array')) return lines(`${name || kind} [`, ']', Array.from(value, (item) => show(item, state, inner)), indent);
      return lines(`${title('Object')}{`, '}', properties(value, state, inner), indent);
  }
}

function show(value, state, indent) {
  if (state.left < 0) return '...';
  for (const serializer of serializers) {
    if (!serializer.test(value)) continue;
    const print = (inner) => show(inner, state, indent);
    return serializer.serialize ? serializer.serialize(value, {}, indent, 0, [], print) : serializer.print(value, print, (text) => text);
  }
  if (typeof value === 'function') return value._isMockFunction ? `[MockFunction${value.getMockName() === 'mock' ? '' : ` ${value.getMockName()}`}]` : '[Function]';
  if (typeof value !== 'object' || value === null) return primitive(value);
  if (state.seen.includes(value)) return '[Circular]';
  if (state.seen.length >= DEEPEST) return '...';
  state.seen.push(value);
  try {
    const text = value.described && typeof value.asymmetricMatch === 'function' ? showMatcher(value, state, indent)
      : typeof value.toJSON === 'function' && kindOf(value) !== 'Date' ? show(value.toJSON(), state, indent) : showObject(value, state, indent);
    state.left -= text.length;
    return text;
  } finally {
    state.seen.pop();
  }
}

/** A value as text. */
export const format = (value) => show(value, { seen: [], left: MOST }, '');
