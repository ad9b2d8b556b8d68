export async function run() {
  const values = [];
  for await (const value of source()) values.push(value);
  try {
    await fails();
  } catch {
    values.push('caught');
  } finally {
    values.push('end');
  }
  const all = await Promise.all([1, 2].map(async (n) => {
    if (n > 1) return n;
    await null;
    return -n;
  }));
  return [values, all, await (async () => 1)()];
}
async function* source() {
  yield 1;
  yield* [2, 3];
}
async function fails() {
  throw new Error('no');
}
async function never() {
  await null;
}
export { never };
