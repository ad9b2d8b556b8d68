var a = 1, b, c = a ? 2 : 3;
export function run() {
  var d;
  if (a) { var e = 1; function inner() { return e; } d = inner(); }
  { let f = d; { const g = f; c += g; } }
  ;;
  return helper() + (b ?? 0) + c;
  function helper() { return 1; }
}
