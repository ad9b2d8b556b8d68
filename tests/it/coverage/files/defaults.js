function plain(a, b = 2, { c = 3, d: [e = 4] = [], ...rest } = {}, ...more) {
  return [a, b, c, e, rest, more];
}
const arrow = (a = 1, b = () => a, { c } = { c: b() }) => [a, b(), c];
function named(callback = function () { return 1; }, C = class {}) {
  return [callback(), C];
}
const { x = 1, y: { z = 2 } = {}, ['k' + 1]: w = 3 } = { x: 5 };
const [p = 1, [q = 2] = []] = [];
for (const { n = 1 } of [{}, { n: 2 }]) plain(n);
for (const [k, v = k] of Object.entries({ a: undefined })) plain(k, v);
export function run() {
  plain(1);
  plain(1, 2, { c: 1, d: [2] });
  arrow();
  named();
  try { throw {}; } catch ({ message = 'none' }) { plain(message); }
  return [x, z, w, p, q];
}
