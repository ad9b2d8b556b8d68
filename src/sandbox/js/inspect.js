// Shows values as Node's `util.inspect` does: for `console`, assertion messages and test reports.
// Bounded: depth, entries and total length, because what is shown may be hostile.

import {
  dateText, dateTime, functionSource, getDescriptor, getPrototypeOf, hasOwn, kindOf, keysOf,
  mapEntries, regexpText, setValues, stringify,
} from 'daino:internal/primordials';

export const custom = Symbol.for('nodejs.util.inspect.custom');

const WIDTH = 72;
const MOST_ENTRIES = 100;
const MOST_TEXT = 10_000;
const MOST_TOTAL = 200_000;
const IDENTIFIER = /^[A-Za-z_$][\w$]*$/;

function quote(text) {
  const shown = text.length > MOST_TEXT ? text.slice(0, MOST_TEXT) : text;
  const more = text.length - shown.length;
  const mark = !shown.includes("'") ? "'" : !shown.includes('"') ? '"' : !shown.includes('`') ? '`' : "'";
  const inner = stringify(shown).slice(1, -1).replaceAll('\\"', '"');
  const body = mark === "'" ? inner.replaceAll("'", "\\'") : mark === '"' ? inner.replaceAll('"', '\\"') : inner;
  return mark + body + mark + (more > 0 ? `... ${more} more characters` : '');
}

function primitive(value, top) {
  switch (typeof value) {
    case 'string': return top ? value : quote(value);
    case 'number': return Object.is(value, -0) ? '-0' : `${value}`;
    case 'bigint': return `${value}n`;
    case 'symbol': return value.toString();
    default: return `${value}`;
  }
}

function className(value) {
  let at = value;
  for (let i = 0; at !== null && i < 20; i++) {
    const found = getDescriptor(at, 'constructor');
    if (found && typeof found.value === 'function' && found.value.name !== '') return found.value.name;
    at = getPrototypeOf(at);
  }
  return null;
}

function showFunction(value) {
  const source = functionSource(value);
  if (source.startsWith('class')) {
    const parent = getPrototypeOf(value);
    const base = typeof parent === 'function' && parent.name ? ` extends ${parent.name}` : '';
    return `[class ${value.name || '(anonymous)'}${base}]`;
  }
  const kind = className(value) ?? 'Function';
  return `[${kind}${value.name ? `: ${value.name}` : ' (anonymous)'}]`;
}

/** `Name: message`, whatever the error holds. */
export function errorTitle(error) {
  const text = (value) => (typeof value === 'string' ? value : '');
  let name = 'Error';
  let message = '';
  try {
    name = text(error.name) || className(error) || 'Error';
    message = text(error.message);
  } catch { /* a hostile getter */ }
  return message ? `${name}: ${message}` : name;
}

function showError(error, state, level) {
  let stack = '';
  try { stack = typeof error.stack === 'string' ? error.stack : ''; } catch { /* hostile getter */ }
  const title = errorTitle(error);
  const trace = state.stacks ? stack.trimEnd() : '';
  const text = trace === '' ? `[${title}]` : trace.startsWith(title) ? trace : `${title}\n${trace}`;
  const extra = keysOf(error).filter((key) => key !== 'stack' && key !== 'message');
  const entries = extra.map((key) => property(error, key, state, level + 1));
  if (state.stacks && hasOwn(error, 'cause') && !extra.includes('cause')) {
    entries.push(`[cause]: ${show(error.cause, state, level + 1)}`);
  }
  return entries.length === 0 ? text : `${text} ${braces('{', '}', entries, level, state)}`;
}

function property(object, key, state, level) {
  const found = getDescriptor(object, key);
  const name = typeof key === 'symbol' ? `[${key.toString()}]` : IDENTIFIER.test(key) ? key : quote(key);
  if (found && !('value' in found)) {
    const kind = found.get ? (found.set ? 'Getter/Setter' : 'Getter') : 'Setter';
    return `${name}: [${kind}]`;
  }
  return `${name}: ${show(found ? found.value : undefined, state, level)}`;
}

function braces(open, close, entries, level, state) {
  if (entries.length === 0) return `${open}${close}`;
  const length = entries.reduce((sum, entry) => sum + entry.length + 2, open.length + close.length);
  if (length <= state.width && !entries.some((entry) => entry.includes('\n'))) {
    return `${open} ${entries.join(', ')} ${close}`;
  }
  const indent = '  '.repeat(level);
  return `${open}\n${indent}  ${entries.join(`,\n${indent}  `)}\n${indent}${close}`;
}

function limited(list, each) {
  const entries = [];
  let more = 0;
  for (const item of list) {
    if (entries.length < MOST_ENTRIES) entries.push(each(item));
    else more += 1;
  }
  if (more > 0) entries.push(`... ${more} more item${more === 1 ? '' : 's'}`);
  return entries;
}

function elements(value, state, level) {
  const entries = [];
  let holes = 0;
  const flush = () => {
    if (holes > 0) entries.push(`<${holes} empty item${holes === 1 ? '' : 's'}>`);
    holes = 0;
  };
  let index = 0;
  for (; index < value.length && entries.length < MOST_ENTRIES; index++) {
    if (!hasOwn(value, index)) { holes += 1; continue; }
    flush();
    entries.push(show(value[index], state, level));
  }
  flush();
  if (index < value.length) entries.push(`... ${value.length - index} more items`);
  return entries;
}

function showObject(value, state, level) {
  const name = className(value);
  const kind = kindOf(value);
  const inner = level + 1;
  const prefix = (usual, size) => {
    const shown = name === null ? `[${usual}: null prototype]` : name;
    return size === undefined ? (shown === usual && usual === 'Object' ? '' : `${shown} `) : `${shown}(${size}) `;
  };
  let entries = [];
  let open = '{';
  let close = '}';
  let skip = () => false;
  if (kind === 'Array') {
    entries = elements(value, state, inner);
    open = `${name === 'Array' ? '' : prefix('Array', value.length)}[`;
    close = ']';
    skip = (key) => typeof key === 'string' && /^\d+$/.test(key);
  } else if (kind === 'Map') {
    entries = limited(mapEntries(value), ([k, v]) => `${show(k, state, inner)} => ${show(v, state, inner)}`);
    open = `${prefix('Map', value.size)}{`;
  } else if (kind === 'Set') {
    entries = limited(setValues(value), (item) => show(item, state, inner));
    open = `${prefix('Set', value.size)}{`;
  } else if (kind === 'ArrayBuffer') {
    entries = [`byteLength: ${value.byteLength}`];
    open = 'ArrayBuffer {';
  } else if (kind.endsWith('Array')) {
    entries = elements(value, state, inner);
    open = `${prefix(kind, value.length)}[`;
    close = ']';
    skip = (key) => typeof key === 'string' && /^\d+$/.test(key);
  } else if (kind === 'Promise') {
    entries = ['<pending or settled>'];
    open = 'Promise {';
  } else if (kind === 'WeakMap' || kind === 'WeakSet') {
    entries = ['<items unknown>'];
    open = `${kind} {`;
  } else if (['Number', 'String', 'Boolean', 'Symbol', 'BigInt'].includes(kind)) {
    return `[${kind}: ${show(value.valueOf(), state, inner)}]`;
  } else {
    open = `${prefix('Object')}{`;
  }
  const own = [];
  for (const key of keysOf(value)) {
    if (skip(key)) continue;
    if (entries.length + own.length >= MOST_ENTRIES * 2) { own.push('...'); break; }
    own.push(property(value, key, state, inner));
  }
  if (state.sorted) own.sort();
  entries.push(...own);
  return braces(open, close, entries, level, state);
}

function show(value, state, level, top = false) {
  if (value === null || (typeof value !== 'object' && typeof value !== 'function')) return primitive(value, top);
  if (state.seen.includes(value)) return '[Circular]';
  if (state.left <= 0) return '...';
  const hook = state.custom ? value[custom] : undefined;
  if (typeof hook === 'function') {
    const shown = hook.call(value, state.depth - level, { depth: state.depth - level }, inspect);
    return typeof shown === 'string' ? shown : show(shown, { ...state, custom: false }, level);
  }
  const kind = kindOf(value);
  if (kind === 'Date') return Number.isNaN(dateTime(value)) ? 'Invalid Date' : dateText(value);
  if (kind === 'RegExp') return regexpText(value);
  if (kind === 'Function' && keysOf(value).length === 0) return showFunction(value);
  if (level > state.depth) return kind === 'Array' ? '[Array]' : `[${className(value) ?? 'Object: null prototype'}]`;
  state.seen.push(value);
  try {
    const text = kind === 'Error' ? showError(value, state, level)
      : kind === 'Function' ? `${showFunction(value)} ${braces('{', '}', keysOf(value).map((k) => property(value, k, state, level + 1)), level, state)}`
        : showObject(value, state, level);
    state.left -= text.length;
    return text;
  } finally {
    state.seen.pop();
  }
}

/** Shows a value. `depth` is 2 unless told; `null` or `Infinity` shows everything; `sorted`
 * sorts keys, `stacks: false` shows errors without theirs. */
export function inspect(value, options) {
  const { depth: wanted, breakLength, sorted, stacks } = typeof options === 'object' && options !== null ? options : {};
  const depth = wanted === undefined ? 2 : wanted === null ? Infinity : Number(wanted);
  const width = breakLength === undefined ? WIDTH : Number(breakLength);
  try {
    return show(value, { seen: [], depth: Math.min(depth, 50), left: MOST_TOTAL, width, sorted: sorted === true, stacks: stacks !== false, custom: true }, 0, false);
  } catch (error) {
    return `[cannot be shown: ${errorTitle(error)}]`;
  }
}
inspect.custom = custom;
inspect.defaultOptions = { depth: 2 };

function directive(mark, value) {
  switch (mark) {
    case 's': return typeof value === 'string' ? value : typeof value === 'object' && value !== null ? inspect(value, { depth: 0 }) : primitive(value, true);
    case 'd': return typeof value === 'bigint' ? `${value}n` : typeof value === 'symbol' ? 'NaN' : primitive(Number(value), true);
    case 'i': return typeof value === 'bigint' ? `${value}n` : typeof value === 'symbol' ? 'NaN' : `${parseInt(value, 10)}`;
    case 'f': return typeof value === 'symbol' ? 'NaN' : `${parseFloat(value)}`;
    case 'j': try { return stringify(value) ?? 'undefined'; } catch { return '[Circular]'; }
    case 'o': return inspect(value, { depth: 4 });
    case 'O': return inspect(value);
    default: return '';
  }
}

/** Joins values as `console.log` does: `%s %d %i %f %j %o %O %c %%`, then the rest. */
export function format(first, ...rest) {
  let next = 0;
  let text;
  if (typeof first === 'string') {
    text = rest.length === 0 ? first : first.replace(/%([sdifjoOc%])/g, (whole, mark) => {
      if (mark === '%') return '%';
      if (next >= rest.length) return whole;
      return directive(mark, rest[next++]);
    });
  } else {
    text = arguments.length === 0 ? '' : inspect(first);
  }
  for (; next < rest.length; next++) {
    text += ` ${typeof rest[next] === 'string' ? rest[next] : inspect(rest[next])}`;
  }
  return text;
}
