let a = null;
let b;
let c = 0, d = 1, e;
export function run() {
  a ??= 1;
  b ||= 2;
  c &&= 3;
  a ??= 4;
  const o = { x: 1 };
  o.x &&= o.x + 1;
  o.y ??= (() => 5)();
  e = d > 0 ? (c ||= 7) : (c &&= 8);
  [a, b] = [b, a];
  ({ x: o.z = 3, y: a = 4 } = o);
  ({ q: b = 1 } = o);
  [c = 1, d = 2] = [, 5];
  return a + b + c + e;
}
