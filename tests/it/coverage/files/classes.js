class Base {
  static count = 0;
  static #secret = 'x';
  plain;
  value = 1;
  handler = () => this.value;
  #hidden = 2;
  ['computed' + 1] = 3;
  static {
    Base.count += 1;
    if (Base.count > 1) Base.count = 0;
  }
  constructor(value = 5) {
    this.value = value;
  }
  get twice() { return this.value * 2; }
  set twice(v) { this.value = v / 2; }
  static of(...args) { return new this(...args); }
  #private() { return this.#hidden; }
  static #privateStatic() { return 1; }
  open() { return this.#private() + Base.#privateStatic(); }
  *[Symbol.iterator]() { yield this.value; }
  async later() { return 1; }
}
class Derived extends Base {
  constructor() {
    super();
    this.more = 1;
  }
}
const Named = class Inner { m() { return 1; } };
const Anonymous = class { m() { return 2; } };
export function run() {
  const derived = new Derived();
  derived.twice = 8;
  return [derived.twice, derived.open(), [...derived], Base.of(2).handler(), new Named().m(), Anonymous.name];
}
