import { right } from './right.js';
export const left = () => 'left';
export const both = () => `${left()} ${right()}`;
