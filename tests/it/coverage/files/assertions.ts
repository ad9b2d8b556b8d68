const value: unknown = 'x';
const text = value as string;
const length = (value as string)!.length;
const either = (text as string) || (undefined! as string);
const settings = { a: 1, b: text } satisfies Record<string, unknown>;
const fn = ((a: number) => a) as (a: number) => number;
const fixed = ['a', 'b'] as const;
export const run = <T extends string>(more?: T): unknown => [length, either, settings.a ?? 0, fn(1), fixed[0], more!];
