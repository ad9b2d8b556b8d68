// CommonJS on top of the module graph. Whatever a CommonJS file can require was imported, or is
// run here on first use; a file that is still running gives what it has exported so far.

import { commonJsOf, compileCommonJs } from 'daino:native';
import { parse } from 'daino:internal/primordials';

const cache = Object.create(null);
const foreign = Object.create(null);

const valueOf = (namespace) => namespace.default ?? namespace;

function requireFrom(path, imports) {
  const require = (specifier) => {
    const target = imports[`${specifier}`];
    if (target === undefined) {
      const error = new Error(`cannot find module '${specifier}' from ${path}`);
      error.code = 'MODULE_NOT_FOUND';
      throw error;
    }
    return target in foreign ? foreign[target] : load(target);
  };
  return require;
}

function load(path) {
  if (path in cache) return cache[path].exports;
  const { json, imports } = parse(commonJsOf(path));
  const module = { id: path, filename: path, loaded: false, exports: {}, children: [], paths: [] };
  cache[path] = module;
  if (json !== undefined) {
    module.exports = parse(json);
    return module.exports;
  }
  try {
    const call = compileCommonJs(path);
    const folder = path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '.';
    const require = requireFrom(path, imports);
    require.cache = cache;
    Reflect.apply(call, module.exports, [module.exports, require, module, path, folder]);
    module.loaded = true;
  } catch (error) {
    delete cache[path];
    throw error;
  }
  return module.exports;
}

/** Runs a CommonJS file; `others` are the modules of other kinds that it, or what it requires, needs. */
export function run(path, others) {
  for (const [name, namespace] of others) foreign[name] = valueOf(namespace);
  return load(path);
}
