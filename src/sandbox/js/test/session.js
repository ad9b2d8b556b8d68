// How the harness runs one test file: `prepare` before the file is loaded, `run` after it.

import { run as runCollected, guard } from 'daino:internal/test/runner';
import { bracket, openNetwork } from 'daino:internal/test/mock_fetch';
import * as words from 'daino:internal/test/globals';
import { expect } from 'daino:internal/test/expect';
import { vi } from 'daino:internal/test/mock';
import { setEntry } from 'daino:internal/test/plugin';

/** Opens the mocked network and sets the global words. `entry` loads the plugin's entry module. */
export function prepare({ hosts, entry, config } = {}) {
  openNetwork(hosts);
  guard(bracket);
  setEntry(entry, config);
  for (const [name, value] of Object.entries({ ...words, expect, vi, jest: vi })) {
    Object.defineProperty(globalThis, name, { value, writable: true, configurable: true, enumerable: false });
  }
}

/** Runs the tests of the file; results in the order they ran. */
export const run = (options) => runCollected(options);
