let a = 1; let b = 2; if (a) b = 3; else b = 4; for (const x of [1]) { a = x; b = x; } function f() { return 1; } function g() { return 2; }
export function run() { f(); return a ? b : g(); }
