const made = (function () { let n = 0; return { add: () => ++n }; })();
const other = (() => { return made; })();
(function never() {});
void (async () => {})();
new (class { constructor() { made.add(); } })();
export function run() { return other.add(); }
