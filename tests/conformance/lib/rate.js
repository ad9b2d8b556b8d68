export const rate = () => 0.5;
export const table = { get(key) { return `real ${key}`; }, list: [1, 2], deep: { call: () => 1, number: 5 } };
export let counter = 0;
export function count() { counter += 1; return counter; }
export default 'rate';
