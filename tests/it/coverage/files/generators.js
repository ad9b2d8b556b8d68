function* numbers(most = 3) {
  for (let i = 0; i < most; i++) {
    const got = yield i;
    if (got === 'stop') return 'stopped';
  }
}
const object = { *walk() { yield* numbers(1); } };
export function run() {
  const it = numbers();
  it.next();
  const stopped = it.next('stop');
  return [stopped, [...object.walk()], Array.from(numbers(2), (n) => n * 2)];
}
