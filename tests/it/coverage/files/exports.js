export const a = 1, b = () => 2;
export let c;
export var d = function () { return 3; };
export class E { f = a; }
export { a as g };
export function run() {
  c = b() + d();
  return new E().f + c;
}
export async function* never() { yield 1; }
