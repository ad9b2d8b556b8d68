const a = 1, b = 0, c = null;
export function run() {
  const x = a && b || c;
  const y = (a || b) && (c ?? a);
  const z = a && (b || (c && a)) && b;
  const f = a && (() => b || c);
  if (a || b) f();
  if (!(a && b) || (c && a && b)) f();
  return [x, y, z, a || f(b && c), (a, b) || c, a?.b && c];
}
