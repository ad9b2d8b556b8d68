export function run() {
  return [1, 0, -1].map(sign).concat(dangling(1), dangling(2), chain(1), chain(5));
}
function sign(n) {
  if (n > 0) {
    return 1;
  } else if (n < 0) {
    return -1;
  } else {
    return 0;
  }
}
function dangling(n) {
  if (n === 1) return 'one';
  if (n === 2)
    if (n > 5) return 'never';
    else return 'two';
}
function chain(n) {
  if (n === 1) ; else if (n === 2) { /* nothing */ } else n += 1;
  if (n) {}
  return n;
}
