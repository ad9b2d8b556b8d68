export default function (a = run()) {
  return a;
}
export function run() { return 1; }
