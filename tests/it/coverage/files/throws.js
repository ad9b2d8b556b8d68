export function run() {
  const seen = [];
  try { seen.push(1); } catch (error) { seen.push(error); }
  try {
    try { JSON.parse('{'); } finally { seen.push('inner'); }
    seen.push('never');
  } catch ({ name, message: text = 'x' }) {
    seen.push(name);
    if (name !== 'SyntaxError') throw new Error(text);
  }
  debugger;
  return seen;
}
