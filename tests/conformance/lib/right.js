import { left } from './left.js';
export const right = () => 'right';
export const other = () => left();
