const tag = (parts, ...values) => parts.raw.join('|') + values.length;
export function run() {
  const n = 2;
  return tag`a${n > 1 ? `many ${n || 0}` : 'one'}b${(() => n)()}`;
}
