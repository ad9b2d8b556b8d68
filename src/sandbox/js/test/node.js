// `node:test`.

import assert from 'node:assert';
import { addHook } from 'daino:internal/test/runner';
import { describe, it, suite, test as plain } from 'daino:internal/test/globals';
import { mock } from 'daino:internal/test/node_mock';

export { describe, it, mock, suite };
export const before = (call, options) => addHook('beforeAll', call, options);
export const after = (call, options) => addHook('afterAll', call, options);
export const beforeEach = (call, options) => addHook('beforeEach', call, options);
export const afterEach = (call, options) => addHook('afterEach', call, options);
export const { only, skip, todo } = plain;

export const test = Object.assign(plain, { after, afterEach, before, beforeEach, describe, it, mock, suite, test: plain, assert });
export default test;
