export * from './rate.js';
export * as clock from './clock.js';
export { bump } from './state.js';
