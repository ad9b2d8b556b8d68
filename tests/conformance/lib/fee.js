import name, { rate, table } from './rate.js';
import { Clock } from './clock.js';

export function fee(amount) { return amount * rate(); }
export const now = () => new Clock().now();
export const look = (key) => table.get(key);
export const nameOfRate = () => name;
export { rate as renamed } from './rate.js';
