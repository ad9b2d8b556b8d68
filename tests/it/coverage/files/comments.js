/* istanbul ignore next */
export function ignored(a) {
  if (a) return 1;
  return 2;
}
export function run() {
  /* istanbul ignore if */
  if (globalThis.never) { return 1; }
  /* istanbul ignore else: always so */
  if (run) { work(); } else { work(2); }
  const a = run || /* istanbul ignore next */ ignored(1);
  const b = run ? 1 : /* istanbul ignore next */ 2;
  // istanbul ignore next
  const c = run ? (() => 1)() : 2;
  // istanbul ignored next is no hint
  return [a, b, c].length > 5 ? 1 : 2;
}
function work(n) {
  switch (n) {
    /* istanbul ignore next */
    case 2: return 1;
    default: return 2;
  }
}
class A {
  /* istanbul ignore next */
  m() { return 1; }
  n() { return 2; }
}
export { A };
