#!/usr/bin/env node
// Writes `counts.json`: what Istanbul counts in each of `files`, after each was loaded and its `run`
// called once. The real packages come from npm into a temporary directory.
//
//     node tests/it/coverage/record.mjs                  writes counts.json
//     node tests/it/coverage/record.mjs --against FILE   compares every place and every hit with a
//                                                        `--coverage=istanbul=FILE` of the program,
//                                                        reads it with Istanbul's own reader, too
//
// TypeScript is counted in two ways: as it is written, by Istanbul's own parser (what Jest shows), and
// compiled first, then mapped back through its source map (what nyc and Vitest show). `mapped` is
// only written where the second differs.

import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const work = mkdtempSync(join(tmpdir(), 'daino-istanbul-'));
process.on('exit', () => rmSync(work, { recursive: true, force: true }));
writeFileSync(join(work, 'package.json'), '{"private":true,"type":"module"}');
const packages = ['istanbul-lib-instrument@6.0.3', 'istanbul-lib-coverage@3.2.2', 'istanbul-lib-source-maps@5.0.6', 'istanbul-lib-report@3.0.1', 'istanbul-reports@3.2.0', 'typescript@5.9.3'];
execFileSync('npm', ['install', '--silent', '--no-audit', '--no-fund', ...packages], { cwd: work, stdio: 'inherit' });
const load = createRequire(join(work, 'package.json'));
const { createInstrumenter } = load('istanbul-lib-instrument');
const { createCoverageMap } = load('istanbul-lib-coverage');
const { createSourceMapStore } = load('istanbul-lib-source-maps');
const ts = load('typescript');

const names = readdirSync(join(here, 'files')).sort();
const isTypeScript = (name) => name.endsWith('.ts');
const plugins = ['asyncGenerators', 'bigInt', 'classProperties', 'classPrivateProperties', 'classPrivateMethods', 'classStaticBlock', 'dynamicImport', 'importMeta', 'numericSeparator', 'objectRestSpread', 'optionalCatchBinding', 'topLevelAwait'];

function instrument(text, path, more, map) {
  const instrumenter = createInstrumenter({ esModules: true, compact: false, coverageVariable: more.variable, parserPlugins: [...plugins, ...(more.typed ? ['typescript'] : [])] });
  return instrumenter.instrumentSync(text, path, map);
}
const compile = (text, name) => {
  const options = { target: 'ESNext', module: 'ESNext', sourceMap: true, verbatimModuleSyntax: false, useDefineForClassFields: true };
  const { outputText, sourceMapText } = ts.transpileModule(text, { fileName: name, compilerOptions: options });
  return { code: outputText.replace(/\n\/\/# sourceMappingURL=.*\s*$/, '\n'), map: JSON.parse(sourceMapText) };
};

// The coverage of all files, in one process, in the order of their names.
async function cover(variable, write) {
  const folder = join(work, variable);
  mkdirSync(folder);
  const written = names.map((name) => {
    const path = join(folder, name.replace(/\.ts$/, '.js'));
    writeFileSync(path, write(readFileSync(join(here, 'files', name), 'utf8'), name));
    return path;
  });
  for (const path of written) {
    const module = await import(pathToFileURL(path).href);
    await module.run();
  }
  return globalThis[variable];
}

const direct = createCoverageMap(await cover('direct', (text, name) => {
  const code = instrument(text, name, { typed: isTypeScript(name), variable: 'direct' });
  return isTypeScript(name) ? compile(code, name).code : code;
}));
const compiled = createCoverageMap(await cover('mapped', (text, name) => {
  if (!isTypeScript(name)) return instrument(text, name, { variable: 'mapped' });
  const { code, map } = compile(text, name);
  return instrument(code, name, { variable: 'mapped' }, map);
}));
const mapped = await createSourceMapStore().transformCoverage(compiled);
const byName = new Map(mapped.files().map((path) => [path.split('/').pop(), mapped.fileCoverageFor(path).toSummary()]));

const short = (summary) => Object.fromEntries(['statements', 'branches', 'functions', 'lines'].map((key) => [key, [summary[key].covered, summary[key].total]]));
const nothing = { statements: [0, 0], branches: [0, 0], functions: [0, 0], lines: [0, 0] };
const counts = {};
for (const name of names) {
  const own = direct.files().includes(name) ? short(direct.fileCoverageFor(name).toSummary()) : nothing;
  const other = byName.has(name) ? short(byName.get(name)) : nothing;
  counts[name] = JSON.stringify(own) === JSON.stringify(other) ? own : { ...own, mapped: other };
}

const against = process.argv.indexOf('--against');
if (against < 0) {
  const lines = Object.entries(counts).map(([name, count]) => `  ${JSON.stringify(name)}: ${JSON.stringify(count)}`);
  writeFileSync(join(here, 'counts.json'), `{\n${lines.join(',\n')}\n}\n`);
  console.log(`${names.length} files; counted otherwise through source maps: ${Object.entries(counts).filter(([, c]) => c.mapped).map(([n]) => n).join(', ') || 'none'}`);
} else {
  const ours = createCoverageMap(JSON.parse(readFileSync(process.argv[against + 1], 'utf8')));
  const place = ({ start, end }) => `${start?.line}:${start?.column}-${end?.line}:${end?.column}`;
  const all = (file) => [
    ...Object.entries(file.statementMap).map(([id, at]) => `s ${place(at)} = ${file.s[id]}`),
    ...Object.entries(file.fnMap).map(([id, at]) => `f ${place(at.loc)} ${place(at.decl)} = ${file.f[id]}`),
    ...Object.entries(file.branchMap).map(([id, at]) => `b ${at.type} ${place(at.loc)} [${at.locations.map(place)}] = ${file.b[id]}`),
  ].sort();
  let different = 0;
  for (const path of ours.files().filter((p) => p.startsWith('files/'))) {
    const name = path.split('/').pop();
    const [mine, theirs] = [all(ours.fileCoverageFor(path).data), direct.files().includes(name) ? all(direct.fileCoverageFor(name).data) : []];
    const [more, less] = [mine.filter((x) => !theirs.includes(x)), theirs.filter((x) => !mine.includes(x))];
    different += more.length + less.length;
    for (const line of more) console.log(`${name}: ours only      ${line}`);
    for (const line of less) console.log(`${name}: Istanbul only  ${line}`);
  }
  console.log(`${ours.files().length} files, ${different} places or hits differ`);
  // Istanbul's own reports read the file.
  cpSync(join(here, 'files'), join(work, 'files'), { recursive: true });
  process.chdir(work);
  const { createContext } = load('istanbul-lib-report');
  const own = createCoverageMap({});
  for (const path of ours.files().filter((p) => p.startsWith('files/'))) own.addFileCoverage(ours.fileCoverageFor(path));
  const context = createContext({ dir: join(work, 'report'), coverageMap: own });
  for (const report of ['html', 'lcov', 'cobertura']) load('istanbul-reports').create(report).execute(context);
  console.log(`Istanbul's html, lcov and cobertura reports were made of it: ${readdirSync(join(work, 'report')).length} entries`);
  process.exitCode = different === 0 ? 0 : 1;
}
