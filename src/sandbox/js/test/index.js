// `daino:test`, and what `vitest` and `@jest/globals` are here.

import { expect } from 'daino:internal/test/expect';
import { jest, vi } from 'daino:internal/test/mock';

export {
  afterAll, afterEach, beforeAll, beforeEach, describe, fdescribe, fit, it, onTestFailed, onTestFinished,
  suite, test, xdescribe, xit, xtest,
} from 'daino:internal/test/globals';
export { expect, jest, vi };
export { createContext, loadPlugin } from 'daino:internal/test/plugin';
export { mockFetch } from 'daino:internal/test/mock_fetch';
