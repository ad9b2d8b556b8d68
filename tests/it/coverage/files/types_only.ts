export interface A { a: number }
export type B = A | null;
declare const x: A;
export const run = () => undefined as unknown as B;
