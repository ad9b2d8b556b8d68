export default { name: 'x', run, get kind() { return 1; }, async later() { await null; }, ['c' + 1]: () => 2, *gen() { yield 1; } };
export function run() { return 2; }
