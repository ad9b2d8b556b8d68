export function run() {
  let n = 0;
  outer: for (let i = 0; i < 3; i++) {
    inner: for (const j of [1, 2, 3]) {
      if (j === 2) continue outer;
      if (i === 2) break outer;
      n += j;
      if (n > 100) break inner;
    }
  }
  block: {
    if (n) break block;
    n = -1;
  }
  one: while (n-- > 0) { if (n > 50) continue one; }
  last: n++;
  return n;
}
