/* istanbul ignore file */
export function run() {
  return run ? 1 : 2;
}
