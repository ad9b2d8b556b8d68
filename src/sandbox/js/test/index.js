// `daino:test`, and what `vitest` and `@jest/globals` are here.

import { expect } from 'daino:internal/test/expect';
import { vi } from 'daino:internal/test/mock';

export {
  afterAll, afterEach, beforeAll, beforeEach, describe, it, suite, test,
} from 'daino:internal/test/globals';
export { expect, vi };
export { vi as jest };
export { createContext, loadPlugin } from 'daino:internal/test/plugin';
export { mockFetch } from 'daino:internal/test/mock_fetch';
