// What a suite without code works from: the manifest's part, and what the plugin's author wrote
// about it in `tests/conformance.json`.

import { parse } from 'daino:internal/primordials';
import { plainError } from 'daino:internal/test/failure';

const holder = { plan: null, about: null };

/** Sets what the harness says. */
export function setPlan(plan) { holder.plan = plan; }
export const plan = () => holder.plan;

function edits(a, b) {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) next[j] = Math.min(next[j - 1] + 1, row[j] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
    row = next;
  }
  return row[b.length];
}

/** Refuses a key that is not known, and names the nearest. */
export function requireKeys(object, known, where) {
  if (typeof object !== 'object' || object === null || Array.isArray(object)) throw plainError(`${where} must be an object`, 'FormatError');
  for (const key of Object.keys(object)) {
    if (known.includes(key)) continue;
    const near = [...known].sort((a, b) => edits(key, a) - edits(key, b))[0];
    throw plainError(`${where} has no \`${key}\`; did you mean \`${near}\`? It knows ${known.join(', ')}`, 'FormatError');
  }
}

export function readJson(text, where) {
  try {
    return parse(text);
  } catch (error) {
    throw plainError(`${where} is not JSON: ${error.message}`, 'FormatError');
  }
}

const KEYS = ['$schema', 'config', 'secrets', 'store', 'methods', 'provider', 'webhook', 'rates', 'report', 'hooks', 'routes', 'skip'];

/** `tests/conformance.json`, or nothing of it. */
export function about() {
  if (holder.about) return holder.about;
  const text = holder.plan.about;
  const read = text === null || text === undefined ? {} : readJson(text, 'tests/conformance.json');
  requireKeys(read, KEYS, 'tests/conformance.json');
  holder.about = read;
  return read;
}

let count = 0;
/** A number that no other call has had. */
export const unique = () => ++count;

/**
 * Fills `{{name}}` in texts of a value. A text that is nothing but a placeholder becomes the value
 * itself, so numbers stay numbers. Known everywhere: `n` (unique), `now`, `seconds`, `today`, `uuid`.
 */
export function fill(value, variables = {}) {
  if (typeof value === 'string') {
    const known = (name) => {
      if (Object.hasOwn(variables, name)) return variables[name];
      switch (name) {
        case 'n': return unique();
        case 'now': return new Date().toISOString();
        case 'today': return new Date().toISOString().slice(0, 10);
        case 'seconds': return Math.floor(Date.now() / 1000);
        case 'uuid': return globalThis.crypto.randomUUID();
        default: throw plainError(`nothing is known for the placeholder \`{{${name}}}\``, 'FormatError');
      }
    };
    const whole = /^\{\{(\w+)\}\}$/.exec(value);
    if (whole) return known(whole[1]);
    return value.replace(/\{\{(\w+)\}\}/g, (_, name) => `${known(name)}`);
  }
  if (Array.isArray(value)) return value.map((item) => fill(item, variables));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, fill(item, variables)]));
  }
  return value;
}

/** The value at a path such as `json.items.0.id`. */
export const at = (value, path) => `${path}`.split('.').reduce((found, key) => found?.[key], value);

// Settings that satisfy the manifest's own schema as far as defaults and examples go.
function sampleConfig(schema) {
  const properties = schema?.properties ?? {};
  const made = {};
  for (const [key, property] of Object.entries(properties)) {
    if (property?.default !== undefined) made[key] = property.default;
    else if (Array.isArray(property?.enum)) made[key] = property.enum[0];
    else if (Array.isArray(property?.examples)) made[key] = property.examples[0];
  }
  return made;
}

/** What `createContext` is given: settings, a secret for every declared name, a shop. */
export function surroundings(more = {}) {
  const { config, secrets, store } = about();
  const named = Object.fromEntries((holder.plan.secrets ?? []).map((name) => [name, `secret-of-${name.toLowerCase()}-5f2c9a`]));
  return {
    config: { ...sampleConfig(holder.plan.configSchema), ...config, ...more.config },
    secrets: { ...named, ...secrets, ...more.secrets },
    store: { id: 'store-1', name: 'Test shop', currency: 'EUR', timezone: 'UTC', ...store, ...more.store },
  };
}
