export function run() {
  const pick = (n) => (n > 0 ? 'more' : n < 0 ? 'less' : 'none');
  const f = pick ? () => 1 : function other() { return 2; };
  const text = `${f() ? 'a' : 'b'}${null ?? 'c'}`;
  return (pick(1) ? pick : f)(0) + text + (1, 2 ? 3 : 4);
}
