// nothing at all
export function run() {}
