// How the harness runs one test file.
//
// Each test is told to the harness as it starts and ends, in log lines that begin with a NUL:
// when a limit ends the file, what had run until then is not lost.

import { expect } from 'daino:internal/test/expect';
import * as words from 'daino:internal/test/globals';
import { vi } from 'daino:internal/test/mock';
import { bracket, openNetwork } from 'daino:internal/test/mock_fetch';
import { setEntry } from 'daino:internal/test/plugin';
import { failureOf, guard, run } from 'daino:internal/test/runner';
import { log } from 'daino:internal/host';
import { stringify } from 'daino:internal/primordials';

const tell = (path, result) => log('debug', `\0${stringify(result ?? { path })}`);

/**
 * Loads the file and runs its tests: `{ tests }` in the order they ran, or `{ error }` when it
 * does not load. `entry` is the plugin's entry module, `hosts` what the manifest grants.
 */
export async function runFile({ file, entry, brokenEntry, hosts, filter, timeoutMs }) {
  openNetwork(hosts);
  guard(bracket);
  setEntry(async () => {
    if (brokenEntry) throw new SyntaxError(brokenEntry);
    return import(`plugin:${entry}`);
  });
  for (const [name, value] of Object.entries({ ...words, expect, vi, jest: vi })) {
    Object.defineProperty(globalThis, name, { value, writable: true, configurable: true, enumerable: false });
  }
  try {
    await import(`plugin:${file}`);
  } catch (error) {
    return { error: failureOf(error) };
  }
  return { tests: await run({ filter, timeoutMs, tell }) };
}
