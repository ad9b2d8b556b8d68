export function run() {
  let n = 0;
  for (let i = 0, m = 3; i < m; i++) n += i;
  for (;;) { n++; if (n > 5) break; }
  for (const key in { a: 1, b: 2 }) n += key.length;
  for (var k of [1, 2]) if (k > 1) n++; else n--;
  while (n > 5) n--;
  do n++; while (n < 8);
  do { n--; } while (n > 3);
  for (let f = () => 1, g = function () {}; n < 5; n += f()) g;
  for (n of []) n = 1;
  while (false) { n = 0; }
  return n;
}
