const double = (n) => n * 2;
const object = (a) => ({ a });
const block = (n) => {
  return n + 1;
};
const nested = (a) => (b) => (c) => a + b + c;
const multi = (a) => (
  a + 1
);
const unused = async () => 1, also = () => 2;
export function run() {
  [1, 2, 3].map((n) => double(n)).filter((n) => n > 2);
  object(1); multi(2);
  return nested(1)(2)(3);
}
export const later = () => block(1);
