// Calls what a shop can call: methods, hooks, routes and jobs, as the manifest names them.

import { createContext, loadPlugin } from 'daino:internal/test/plugin';
import { plainError } from 'daino:internal/test/failure';
import { exchange } from 'daino:internal/route';
import { bytesToText, utf8Encode } from 'daino:internal/host';
import { plan, surroundings } from 'daino:internal/suite/plan';

/** The plugin and a `ctx` of its own. */
export async function setUp(more) {
  const given = surroundings(more);
  const ctx = createContext(given);
  return { ctx, plugin: await loadPlugin({ config: given.config, ctx }) };
}

/** The handler of the manifest that a fixture or a test names. */
export function handlerOf(kind, name) {
  const found = plan().handlers.find((handler) => handler.kind === kind && (kind === 'route' ? `${handler.method} ${handler.name}` === name || handler.name === name : handler.name === name));
  if (found) return found;
  if (kind === 'method') return { kind, name, target: name, isFile: false };
  const known = plan().handlers.filter((handler) => handler.kind === kind).map((handler) => (kind === 'route' ? `${handler.method} ${handler.name}` : handler.name));
  throw plainError(`the manifest has no ${kind} \`${name}\`${known.length > 0 ? `; it has ${known.join(', ')}` : ''}`, 'FormatError');
}

async function functionOf(handler, plugin) {
  if (handler.isFile) {
    const module = await import(`plugin:${handler.target}`);
    if (typeof module.default !== 'function') throw plainError(`\`${handler.target}\` has no function as its default export`, 'TypeError');
    return module.default;
  }
  if (typeof plugin[handler.target] !== 'function') throw plainError(`the plugin has no method \`${handler.target}\``, 'TypeError');
  return plugin[handler.target].bind(plugin);
}

const lower = (headers) => Object.fromEntries(Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]));

// What a route is given, as the shop makes it. A raw body comes as bytes.
function requestOf(handler, input) {
  const { params = {}, query = {}, headers, body = {}, rawBody, ip = '203.0.113.7' } = input ?? {};
  const rawBase64 = typeof rawBody === 'string' ? bytesToText(utf8Encode(rawBody), 'base64') : null;
  return { method: handler.method, params, query, headers: lower(headers), body, rawBase64, ip };
}

/** Calls a handler. For a route `input` is `{ body, rawBody, query, params, headers }` and the answer `{ status, body }`. */
export async function callHandler(handler, { plugin, ctx }, input, context) {
  const call = await functionOf(handler, plugin);
  if (handler.kind !== 'route') return context === undefined ? call(input, ctx) : call(input, context, ctx);
  const { req, res, answer } = exchange(requestOf(handler, input));
  await call(req, res, ctx);
  return answer();
}
