function kind(n) {
  switch (n) {
    case 1:
      return 'one';
    case 2:
    case 3: {
      const word = 'few';
      return word;
    }
    case 4:
      n = 5;
    default:
      return 'many';
  }
}
function odd(n) {
  switch (n % 2) { case 0: break; case 1: n++; }
  switch (n) {}
  switch (true) { default: case n > 5: n = 1; break; case n > 3: const f = () => n; n = f(); }
  return n;
}
export function run() { return [kind(1), kind(3), kind(4), odd(1), odd(9)]; }
