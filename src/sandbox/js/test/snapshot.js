// Snapshots: what is known of the file's, what its tests compare with, and what changes.
//
// `mode` says what may be written: `new` what is not there yet, `all` what differs too, `none`
// nothing. The harness writes; nothing of it happens in here.

import { isSubset } from 'daino:internal/compare';
import { placeIn } from 'daino:internal/test/failure';
import { format } from 'daino:internal/test/snapshot_format';

const state = { known: new Map(), entries: new Map(), used: new Set(), counts: new Map(), inline: [], mode: 'none', added: 0, updated: 0, path: null };

/** Begins a file. `entries` are its known snapshots, name to text. */
export function openSnapshots(entries, mode) {
  state.known = new Map(Object.entries(entries ?? {}));
  state.entries = new Map(state.known);
  state.mode = mode ?? 'none';
}

/** Begins a test: its snapshots are numbered from 1. */
export function enterTest(path) {
  state.path = path.join(' > ');
  for (const name of [...state.counts.keys()]) if (name === state.path || name.startsWith(`${state.path}: `)) state.counts.delete(name);
}

/** Goes back to a test after one of its subtests. */
export function resumeTest(path) { state.path = path === null ? null : path.join(' > '); }

/** What the harness is to write and report. `whole`: every test ran, so what was not used is obsolete. */
export function closeSnapshots(whole) {
  const obsolete = whole ? [...state.known.keys()].filter((name) => !state.used.has(name)) : [];
  if (state.mode === 'all') for (const name of obsolete) state.entries.delete(name);
  const { added, updated, inline } = state;
  return { entries: Object.fromEntries(state.entries), added, updated, obsolete, removed: state.mode === 'all' ? obsolete.length : 0, inline, checked: state.used.size };
}

function merged(actual, properties) {
  if (typeof properties !== 'object' || properties === null || typeof properties.asymmetricMatch === 'function') return properties;
  const made = Array.isArray(actual) ? [...actual] : { ...actual };
  for (const key of Object.keys(properties)) made[key] = merged(actual?.[key], properties[key]);
  return made;
}

function readArgs(actual, args, isText) {
  const properties = typeof args[0] === 'object' && args[0] !== null ? args[0] : undefined;
  const text = args.find(isText);
  if (properties !== undefined && !isSubset(actual, properties)) return { misses: properties };
  return { text, shown: format(properties === undefined ? actual : merged(actual, properties)) };
}

const differs = (name, expected, actual) => ({ pass: false, message: () => `the snapshot \`${name}\` is not what it was; when the new value is right: daino-pdk test --update-snapshots`, compared: { expected, actual } });
const misses = (expected, actual) => ({ pass: false, message: () => 'the value does not have the properties that the snapshot leaves open', compared: { expected, actual } });
const unwritten = (name) => ({ pass: false, message: () => `the snapshot \`${name}\` is not there, and none is written here; write it on your machine: daino-pdk test --update-snapshots` });

/** `toMatchSnapshot(properties?, hint?)`. */
export function matchSnapshot(actual, ...args) {
  if (state.path === null) throw new TypeError('a snapshot is compared in a test');
  const { text: hint, shown, misses: missed } = readArgs(actual, args, (arg) => typeof arg === 'string');
  if (missed) return misses(missed, actual);
  return compare(shown, hint);
}

/** A text that is a snapshot as it stands. */
export function matchText(shown) {
  if (state.path === null) throw new TypeError('a snapshot is compared in a test');
  return compare(shown);
}

function compare(shown, hint) {
  const title = hint ? `${state.path}: ${hint}` : state.path;
  const count = (state.counts.get(title) ?? 0) + 1;
  state.counts.set(title, count);
  const name = `${title} ${count}`;
  state.used.add(name);
  const known = state.known.get(name);
  if (known === shown) return { pass: true };
  if (known === undefined ? state.mode === 'none' : state.mode !== 'all') return known === undefined ? unwritten(name) : differs(name, known, shown);
  if (known === undefined) state.added += 1;
  else state.updated += 1;
  state.entries.set(name, shown);
  return { pass: true };
}

// A template over several lines is indented as its place in the file; that is not part of it.
function unindented(text) {
  const found = /^[^\S\n]*\n([^\S\n]*)/.exec(text);
  if (!found) return text;
  const lines = text.split('\n').slice(1);
  if (lines.at(-1)?.trim() === '') lines.pop();
  return lines.map((line) => (line.startsWith(found[1]) ? line.slice(found[1].length) : line)).join('\n');
}

/** `toMatchInlineSnapshot(properties?, text?)`. */
export function matchInlineSnapshot(actual, ...args) {
  const { text, shown, misses: missed } = readArgs(actual, args, (arg) => typeof arg === 'string');
  if (missed) return misses(missed, actual);
  state.used.add(`(inline ${state.used.size})`);
  const known = text === undefined ? undefined : unindented(text);
  if (known === shown) return { pass: true };
  const isNew = known === undefined || known === '';
  if (isNew ? state.mode === 'none' : state.mode !== 'all') return isNew ? unwritten('(inline)') : differs('(inline)', known, shown);
  if (isNew) state.added += 1;
  else state.updated += 1;
  state.inline.push({ at: placeIn(new Error().stack), text: shown });
  return { pass: true };
}

function thrownBy(actual) {
  if (typeof actual !== 'function') return actual;
  try {
    actual();
  } catch (error) {
    return error;
  }
  throw new TypeError('the function did not throw');
}

export const snapshotMatchers = {
  toMatchSnapshot: matchSnapshot,
  toMatchInlineSnapshot: matchInlineSnapshot,
  toThrowErrorMatchingSnapshot: (actual, ...args) => matchSnapshot(thrownBy(actual), ...args),
  toThrowErrorMatchingInlineSnapshot: (actual, ...args) => matchInlineSnapshot(thrownBy(actual), ...args),
  toMatchFileSnapshot: () => { throw new TypeError('toMatchFileSnapshot is not available; use toMatchSnapshot'); },
};
