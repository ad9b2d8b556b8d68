// How the harness runs one test file.
//
// Each test is told to the harness as it starts and ends, in log lines that begin with a NUL:
// when a limit ends the file, what had run until then is not lost. What the file prints is bounded
// here already, so that those lines always have room.

import { expect } from 'daino:internal/test/expect';
import * as words from 'daino:internal/test/globals';
import { jest, tellSeed, vi } from 'daino:internal/test/mock';
import { bracket, openNetwork } from 'daino:internal/test/mock_fetch';
import { closeRecording, openRecording } from 'daino:internal/test/http_recording';
import { setEntry, setSecrets } from 'daino:internal/test/plugin';
import { placeIn, failureOf } from 'daino:internal/test/failure';
import { generator, install as installRandom } from 'daino:internal/test/random';
import { guard, run, runningName } from 'daino:internal/test/runner';
import { closeSnapshots, openSnapshots } from 'daino:internal/test/snapshot';
import { install as installTime, leftOver } from 'daino:internal/test/virtual_time';
import { takeMeasures } from 'daino:internal/suite/measures';
import { setPlan } from 'daino:internal/suite/plan';
import { loadModule, log as nativeLog, setLog } from 'daino:internal/host';
import { stringify } from 'daino:internal/primordials';

const MOST_OUTPUT = 512 * 1024;
const MOST_LINES = 5_000;
const MOST_LEAKS = 50;
const LONGEST_TOLD = 4_000;

// The line about a test that is being told.
const telling = { line: null };

// Bounds the output; gives the function that says how much was dropped.
function boundOutput() {
  const written = { bytes: 0, lines: 0, dropped: 0 };
  setLog((level, text, write) => {
    if (text === telling.line) return write(level, text);
    written.lines += 1;
    if (written.bytes + text.length > MOST_OUTPUT || written.lines > MOST_LINES) {
      written.dropped += text.length + 1;
      return;
    }
    written.bytes += text.length + 1;
    write(level, text.startsWith('\0') ? ` ${text.slice(1)}` : text);
  });
  return () => {
    setLog(null);
    if (written.dropped > 0) nativeLog('warn', `${written.dropped} more characters of output were dropped`);
  };
}

// The arrays that code with counters in it adds to: of whole numbers, which the engine adds fastest.
function countersOf(lengths) {
  const arrays = {};
  for (const [name, length] of Object.entries(lengths)) {
    arrays[name] = new Array(length).fill(0);
    Object.defineProperty(globalThis, name, { value: arrays[name], enumerable: false });
  }
  return arrays;
}

function leaks() {
  return leftOver().slice(0, MOST_LEAKS).map(({ kind, stack, owner }) => ({ kind, at: placeIn(stack), test: owner }));
}

/**
 * Loads the file and runs its tests: `{ tests, leaks, snapshots }`, or `{ error }` when it does not
 * load. `entry` is the plugin's entry module, `hosts` what the manifest grants; `now` and `seed`
 * decide the clock and all randomness.
 */
export async function runFile({ file, entry, brokenEntry, late, hosts, filter, timeoutMs, now, seed, shuffle, bail, forbidOnly, snapshots, plan, counters, http }) {
  // The end of a test is told with the start of the next one: half as many messages.
  let held = '';
  const told = () => {
    if (held === '') return;
    telling.line = held;
    held = '';
    nativeLog('debug', telling.line);
    telling.line = null;
  };
  const tell = (path, result) => {
    const line = `\0${stringify({ path, ...result })}`;
    if (held.length + line.length > LONGEST_TOLD) told();
    held += line;
    if (result.status === undefined) told();
  };
  const closeOutput = boundOutput();
  // A generated suite looks at what the plugin makes of a provider; it maps what it wants to see.
  const isStrict = plan === null || plan === undefined || typeof plan.fixture === 'string';
  openNetwork({ granted: hosts, open: http?.open, isStrict, nameOf: runningName });
  openRecording(http?.recording);
  setSecrets(http?.secrets ?? {});
  guard(bracket);
  if (now !== null && now !== undefined) installTime(now, runningName);
  if (seed !== null && seed !== undefined) installRandom(seed);
  tellSeed(seed ?? 0);
  setPlan(plan);
  const coverage = countersOf(counters ?? {});
  openSnapshots(snapshots?.entries, snapshots?.mode);
  const modules = late ? loadModule('daino:internal/test/modules') : null;
  modules?.begin();
  const load = (path) => (modules ? modules.importFile(path) : import(`plugin:${path}`));
  setEntry(async () => {
    if (brokenEntry) throw new SyntaxError(brokenEntry);
    return load(entry);
  });
  for (const [name, value] of Object.entries({ ...words, expect, vi, jest })) {
    Object.defineProperty(globalThis, name, { value, writable: true, configurable: true, enumerable: false });
  }
  try {
    await load(file);
  } catch (error) {
    closeOutput();
    return { error: failureOf(error) };
  }
  const order = shuffle === null || shuffle === undefined ? null : generator(shuffle);
  const { tests, notRun } = await run({ filter, timeoutMs, bail, forbidOnly, order, tell, told });
  told();
  const isWhole = filter === '' && notRun === 0 && tests.every((test) => test.status !== 'skipped');
  closeOutput();
  const { measures, notes } = takeMeasures();
  if (notes.length > 0 && tests.length > 0) tests[0].note = notes.join('\n');
  const counts = Object.fromEntries(Object.entries(coverage).map(([name, array]) => [name, [...array]]));
  return { tests, notRun, http: closeRecording(tests), measures, coverage: counts, leaks: leaks(), snapshots: closeSnapshots(isWhole) };
}
