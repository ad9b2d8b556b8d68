'use strict';
function f() {
  'use strict';
  'another';
  return this;
}
export function run() { "use strict"; return f(); }
