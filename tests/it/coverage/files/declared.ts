declare const ambient: number;
declare function native(a: number): void;
declare class Foreign { m(): void; static s: number }
declare module 'x' { export const a: number; }
declare global { interface Window { x: number } }
type Alias<T> = T extends string ? 'a' : 'b';
interface Shape { a: number; m(): void }
export type { Alias };
export type Both = Alias<string> & Shape;
import type { Other } from './types.js';
export function run(other?: Other): number {
  return typeof ambient === 'undefined' ? 1 : 2;
}
