const o = {
  method() { return 1; },
  'quoted name': function () { return 2; },
  [`computed`]: () => 3,
  get value() { return 4; },
  set value(v) { this.v = v; },
  async *both() {},
  value2: function inner() { return 5; },
};
let assigned;
assigned = function () { return 6; };
o.later = () => 7;
export function run() {
  o.value = 1;
  return [o.method(), o['quoted name'](), o.value, assigned(), o.method.name];
}
