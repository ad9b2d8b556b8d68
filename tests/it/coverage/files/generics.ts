class Box<T, U extends object = {}> {
  value?: T;
  static of<V>(value: V): Box<V> { const box = new Box<V>(); box.value = value; return box; }
  map<R>(f: (value: T) => R): Box<R> { return Box.of(f(this.value!)); }
}
const id = <T,>(value: T): T => value;
const pick = <T, K extends keyof T>(o: T, ...keys: K[]): Pick<T, K> =>
  Object.fromEntries(keys.map((key) => [key, o[key]])) as Pick<T, K>;
export function run() {
  return [Box.of(1).map((n) => n + 1).value, id<string>('a'), pick({ a: 1, b: 2 }, 'a')];
}
