const { default: nothing = 1, ...rest } = await Promise.resolve({});
export const meta = typeof import.meta.url === 'string' ? 'module' : /* c8 ignore next */ 'none';
export * as self from './empty.js';
export { run as again } from './exports.js';
import * as exports from './exports.js';
export function run() { return [nothing, rest, meta, exports.run()]; }
