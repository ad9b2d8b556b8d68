function parse(value: string): number;
function parse(value: number): string;
function parse(value: string | number): string | number {
  if (typeof value === 'string') return Number(value);
  return String(value);
}
function isText(value: unknown): value is string { return typeof value === 'string'; }
function must(value: unknown): asserts value { if (!value) throw new Error('no'); }
function self(this: { a: number }, b?: number) { return this.a + (b ?? 1); }
export function run() {
  must(1);
  return [parse('1'), isText(2), self.call({ a: 1 })];
}
