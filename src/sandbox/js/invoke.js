// Calls into the plugin: finds what the broker named, calls it, turns the value into JSON.
//
// Everything used after plugin code has run was taken before it: the answer of a call is made by
// the engine's own JSON and promises, whatever the plugin put in their place.

import { loadModule, settings } from 'daino:native';
import { makeContext } from 'daino:internal/context';
import { functionSource, getDescriptor, getPrototypeOf, hasOwn, isArray, ownKeys, parse, stringify, wellFormed } from 'daino:internal/primordials';

// What the plugin is: known when it arrives, and the same from then on.
const given = {};

/** Takes the plugin that has arrived. */
export function begin() { assign(given, parse(settings())); }

const { apply, construct } = Reflect;
const { assign, prototype: objectPrototype } = Object;
const { InternalError } = globalThis;
const { prototype: functionPrototype } = Function;
const startsWith = Function.prototype.call.bind(String.prototype.startsWith);
const codeAt = Function.prototype.call.bind(String.prototype.charCodeAt);

const contextOf = () => makeContext({ config: parse(stringify(given.config ?? {})), secrets: given.secrets, store: given.store });

// A failure with a kind travels as an object of this class; nothing else can make one.
class Refusal {
  constructor(kind, data) { this.kind = kind; this.data = data; }
}

// Words of the platform as JSON text, without a list or a method that plugin code may have changed:
// what cannot be told would be taken for full memory.
function quoted(text) {
  const sound = wellFormed(text);
  let out = '"';
  for (let i = 0; i < sound.length; i++) {
    const c = sound[i];
    const code = codeAt(sound, i);
    if (code < 32) out += `\\u00${code < 16 ? '0' : '1'}${'0123456789abcdef'[code % 16]}`;
    else out += c === '"' || c === '\\' ? `\\${c}` : c;
  }
  return `${out}"`;
}

function encoded(value) {
  if (typeof value === 'string') return quoted(value);
  let out = '';
  if (isArray(value)) {
    for (let i = 0; i < value.length; i++) out += `${i === 0 ? '' : ','}${quoted(value[i])}`;
    return `[${out}]`;
  }
  for (const key in value) if (hasOwn(value, key)) out += `${out === '' ? '' : ','}${quoted(key)}:${quoted(value[key])}`;
  return `{${out}}`;
}

/** What a rejected call tells the worker: `[kind, data]`, or null when the plugin threw. */
export function refusalOf(error) {
  return error instanceof Refusal ? `[${quoted(error.kind)},${encoded(error.data)}]` : null;
}

const isClass = (value) => typeof value === 'function' && startsWith(functionSource(value), 'class');

async function load(module) {
  try {
    return await import(`plugin:${module}`);
  } catch (error) {
    throw new Refusal('load', describe(error));
  }
}

let loaded = null;

// The plugin as one object whose properties are its methods.
async function plugin() {
  if (loaded !== null) return loaded.value;
  const exports = await load(given.entry);
  let main = exports.default ?? exports;
  try {
    if (isClass(main)) main = construct(main, [parse(stringify(given.config ?? {})), contextOf()]);
  } catch (error) {
    throw new Refusal('load', describe(error));
  }
  if ((typeof main !== 'object' && typeof main !== 'function') || main === null) {
    throw new Refusal('load', { name: 'TypeError', message: 'the default export is neither a class nor an object', stack: '' });
  }
  loaded = { value: main, exports };
  return main;
}

// Names a caller may use: own and inherited, but nothing of the language's own objects.
function names(object, most = 50) {
  const found = [];
  for (let at = object; at && at !== objectPrototype && at !== functionPrototype; at = getPrototypeOf(at)) {
    const keys = ownKeys(at);
    for (let i = 0; i < keys.length && found.length < most; i++) {
      const key = keys[i];
      if (typeof key !== 'string' || key === 'constructor') continue;
      const { value } = getDescriptor(at, key) ?? {};
      if (typeof value === 'function') found.push(key);
    }
  }
  return found;
}

function methodOf(object, name) {
  if (name === 'constructor') return null;
  for (let at = object; at && at !== objectPrototype && at !== functionPrototype; at = getPrototypeOf(at)) {
    if (hasOwn(at, name)) {
      const method = object[name];
      return typeof method === 'function' ? method : null;
    }
  }
  return null;
}

async function callMethod(name, args, optional) {
  const object = await plugin();
  let method = methodOf(object, name);
  let self = object;
  if (method === null && loaded.exports !== object) {
    method = typeof loaded.exports[name] === 'function' ? loaded.exports[name] : null;
    self = undefined;
  }
  if (method === null) {
    if (optional) return undefined;
    throw new Refusal('no-such-method', names(object));
  }
  return apply(method, self, [...args, contextOf()]);
}

// Every method that a caller may use, as `callMethod` finds them.
async function offered() {
  const object = await plugin();
  const found = names(object, 1000);
  if (loaded.exports !== object) {
    const more = names({ ...loaded.exports }, 1000);
    for (let i = 0; i < more.length; i++) {
      if (more[i] !== 'default') found.push(more[i]);
    }
  }
  return found;
}

async function callExport(module, name, args, withContext) {
  const exports = await load(module);
  const direct = exports[name];
  const found = typeof direct === 'function' ? direct : exports.default?.[name];
  if (typeof found !== 'function') throw new Refusal('no-such-method', names({ ...exports }));
  return apply(found, undefined, withContext ? [...args, contextOf()] : args);
}

async function callRoute(handler, request) {
  const { exchange } = loadModule('daino:internal/route');
  const { req, res, answer } = exchange(request);
  await (given.files.includes(handler) ? callExport(handler, 'default', [req, res], true) : callMethod(handler, [req, res], false));
  return answer();
}

async function find(target, args) {
  if (target === 'Names') return offered();
  if (target.Method !== undefined) return callMethod(target.Method, args, false);
  if (target.Lifecycle !== undefined) return callMethod(target.Lifecycle, args, true);
  if (target.Export !== undefined) return callExport(target.Export.module, target.Export.name, args, !startsWith(target.Export.module, 'daino:'));
  if (target.Route !== undefined) return callRoute(target.Route.handler, args[0]);
  const { handler } = target.Hook;
  return given.files.includes(handler) ? callExport(handler, 'default', args, true) : callMethod(handler, args, false);
}

/** Calls and gives the value as JSON. */
export async function invoke(request) {
  const { target, args } = parse(request);
  const value = await find(target, args);
  let text;
  try {
    text = stringify(value);
  } catch (error) {
    // Full memory is not the value's fault: the worker knows what it means.
    if (error instanceof InternalError && error.message === 'out of memory') throw error;
    throw new Refusal('not-json', describe(error).message);
  }
  return text ?? 'null';
}

const LONGEST = 8_000;
const cut = (text) => (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);

/** A thrown value in words; never throws. */
export function describe(error) {
  const words = { name: 'Error', message: '', stack: '' };
  try {
    if (typeof error !== 'object' || error === null) {
      words.name = error === null ? 'null' : typeof error;
      words.message = cut(typeof error === 'string' ? error : error === null ? 'null was thrown; code that runs out of memory can end like this too' : `${String(error)} was thrown`);
      return words;
    }
    const { name, message, stack, code } = error;
    words.name = typeof name === 'string' ? cut(name) : 'Object';
    words.message = typeof message === 'string' ? cut(message) : cut(stringify(error) ?? '');
    words.stack = typeof stack === 'string' ? cut(stack) : '';
    if (typeof code === 'string') words.code = cut(code);
  } catch { /* what could be read was read */ }
  return words;
}

/** The same as JSON text, for the worker. */
export const describeText = (error) => encoded(describe(error));
