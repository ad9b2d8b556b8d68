// `daino:test`, and what `vitest` and `@jest/globals` are here.

import { expect } from 'daino:internal/test/expect';
import { jest, vi } from 'daino:internal/test/mock';

const anything = new Proxy(() => {}, { get: () => anything, apply: () => anything });

export {
  afterAll, afterEach, beforeAll, beforeEach, describe, fdescribe, fit, it, onTestFailed, onTestFinished,
  gen, suite, test, xdescribe, xit, xtest,
} from 'daino:internal/test/globals';
export { expect, jest, vi };
export const vitest = vi;
/** Types are `tsc`'s to check. */
export const assertType = () => {};
export const expectTypeOf = () => anything;
export { createContext, loadPlugin } from 'daino:internal/test/plugin';
export { TestRunner } from 'daino:internal/test/test_runner';
export { mockFetch } from 'daino:internal/test/mock_fetch';
