function early(n) {
  if (n) return;
  return n;
}
function none() {}
const obj = () => {};
export function run() {
  early(1); none();
  return obj
    ? early(0)
    : none();
}
