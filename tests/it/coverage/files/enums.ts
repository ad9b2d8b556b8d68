enum Kind { A = 1, B, C = 'c'.length }
const enum Fixed { X = 1 << 2, Y = X | 1 }
export enum Text { One = 'one' }
export function run() { return [Kind.A, Kind[2], Fixed.Y, Text.One]; }
