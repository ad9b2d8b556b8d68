//! Where an import leads: a file of the plugin, or a module of the platform.

use serde_json::Value;

use super::packages::Sources;
use crate::model::FileSet;

/// Modules of the platform that plugins can import.
pub(crate) const BUILTINS: &[&str] = &[
    "daino:test",
    "vitest",
    "@jest/globals",
    "node:test",
    "node:assert",
    "node:assert/strict",
    "node:buffer",
    "node:crypto",
    "node:events",
    "node:path",
    "node:querystring",
    "node:url",
    "node:util",
    "assert",
    "assert/strict",
    "buffer",
    "crypto",
    "events",
    "path",
    "querystring",
    "url",
    "util",
];

/// What to use instead of a module that is not here; the first part of its name decides.
const INSTEAD: &[(&str, &str)] = &[
    ("fs", "read and write through `ctx.files` and `ctx.storage`"),
    ("fs-extra", "read and write through `ctx.files` and `ctx.storage`"),
    ("http", FETCH),
    ("https", FETCH),
    ("http2", FETCH),
    ("net", FETCH),
    ("tls", FETCH),
    ("dgram", FETCH),
    ("dns", FETCH),
    ("axios", FETCH),
    ("got", FETCH),
    ("ky", FETCH),
    ("request", FETCH),
    ("superagent", FETCH),
    ("undici", FETCH),
    ("node-fetch", FETCH),
    ("cross-fetch", FETCH),
    ("stripe", "call the service's HTTP interface with `ctx.fetch`"),
    ("child_process", "plugins cannot start programs"),
    ("cluster", "plugins cannot start programs"),
    ("worker_threads", "a plugin has one thread; `await` lets others work"),
    ("process", "settings come in `ctx.config`, secrets in `ctx.secrets`"),
    ("dotenv", "settings come in `ctx.config`, secrets in `ctx.secrets`"),
    ("os", "plugins do not see the machine"),
    ("v8", "plugins do not see the engine"),
    ("vm", "plugins do not see the engine"),
    ("vm2", "plugins do not see the engine"),
    ("module", "import files of the plugin by their path"),
    ("perf_hooks", "use the global `performance.now()`"),
    (
        "timers",
        "use the global `setTimeout`; as a promise: `new Promise((done) => setTimeout(done, ms))`",
    ),
    ("stream", "take bodies whole, with `response.text()`, `.json()` or `.bytes()`"),
    ("zlib", "ask the service for uncompressed data; `ctx.fetch` unpacks answers itself"),
    ("string_decoder", "use the global `TextDecoder`"),
    ("readline", "a plugin has no terminal"),
    ("async_hooks", "pass values as arguments"),
    ("uuid", "use `crypto.randomUUID()`"),
    ("nanoid", "use `crypto.randomUUID()`"),
    ("crypto-js", "use `node:crypto` or the global `crypto.subtle`"),
    ("pg", DATABASE),
    ("mysql2", DATABASE),
    ("knex", DATABASE),
    ("sequelize", "use `ctx.sequelize.query`; its `QueryTypes` are `ctx.sequelize.QueryTypes`"),
    ("@supabase/supabase-js", "use `ctx.supabase`"),
    ("ioredis", "keep values in `ctx.storage`"),
    ("redis", "keep values in `ctx.storage`"),
    ("winston", "log with `ctx.log` or `console`"),
    ("pino", "log with `ctx.log` or `console`"),
    ("express", "export the handler of a route: `export default (req, res, ctx) => …`"),
];
const FETCH: &str = "call remote services with `ctx.fetch`";
const DATABASE: &str = "use `ctx.db`";

/// Why a module that is no file of the plugin cannot be imported, and what to use instead.
pub(crate) fn advice(specifier: &str) -> String {
    let name = specifier.strip_prefix("node:").unwrap_or(specifier);
    let known = |(known, _): &&(&str, &str)| {
        name.strip_prefix(known).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    match INSTEAD.iter().find(known) {
        Some((_, advice)) => format!("it is not available; {advice}"),
        None if specifier.starts_with("node:") => {
            let there: Vec<&str> =
                BUILTINS.iter().filter_map(|builtin| builtin.strip_prefix("node:")).collect();
            format!("it is not available; of Node's modules there are {}", there.join(", "))
        }
        None if specifier.starts_with('/') || specifier.contains(':') => {
            "only relative paths, packages and modules of the platform can be imported".to_owned()
        }
        None => "it is neither a file of the plugin nor a module of the platform; \
                 bundle packages into the plugin"
            .to_owned(),
    }
}

/// Endings tried after the path as written.
const ENDINGS: &[&str] = &["", ".js", ".ts", ".mjs", ".cjs", ".json", "/index.js", "/index.ts"];

/// Where `specifier` in the file `from` leads, or why nowhere.
pub(crate) fn resolve(files: &FileSet, from: &str, specifier: &str) -> Result<String, String> {
    resolve_in(Sources::new(files, None), from, specifier, Asked::Import)
}

/// How a module is asked for: packages may have another file for each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Asked {
    /// By `import`.
    Import,
    /// By `require`.
    Require,
}

/// The same, with packages beside the plugin's files.
pub(super) fn resolve_in(
    files: Sources<'_>,
    from: &str,
    specifier: &str,
    asked: Asked,
) -> Result<String, String> {
    if is_relative(specifier) {
        let path = join(from, specifier).ok_or("the path leads out of the plugin")?;
        return file(files, &path).ok_or_else(|| "there is no such file".to_owned());
    }
    if BUILTINS.contains(&specifier) {
        return Ok(specifier.to_owned());
    }
    if let Some(path) = package(files, from, specifier, asked) {
        return Ok(path);
    }
    Err(advice(specifier))
}

/// Whether a specifier is a path from the file it stands in.
pub(super) fn is_relative(specifier: &str) -> bool {
    specifier.starts_with("./")
        || specifier.starts_with("../")
        || specifier == ".."
        || specifier == "."
}

/// The path that a relative specifier names; `None` when it leads out of the plugin.
pub(super) fn join(from: &str, specifier: &str) -> Option<String> {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in specifier.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            name => parts.push(name),
        }
    }
    Some(parts.join("/"))
}

fn file(files: Sources<'_>, path: &str) -> Option<String> {
    // `..` may lead to the plugin's own directory.
    let ending = |end: &&str| format!("{path}{end}").trim_start_matches('/').to_owned();
    let direct = ENDINGS.iter().map(ending).find(|p| files.contains(p));
    // TypeScript's convention: an import names the `.js` that the `.ts` will become.
    direct.or_else(|| {
        let source = format!("{}.ts", path.strip_suffix(".js")?);
        files.contains(&source).then_some(source)
    })
}

/// A package in a `node_modules` beside or above the file: the plugin's own, or one in a package.
fn package(files: Sources<'_>, from: &str, specifier: &str, asked: Asked) -> Option<String> {
    let depth = if specifier.starts_with('@') { 2 } else { 1 };
    let mut parts = specifier.splitn(depth + 1, '/');
    let name = parts.by_ref().take(depth).collect::<Vec<_>>().join("/");
    let inner = parts.next();
    if let Some(own) = specifier.strip_prefix('#') {
        return own_import(files, from, own, asked);
    }
    let mut roots = vec![format!("node_modules/{name}")];
    if files.may_import_packages(from) {
        let nested = from.match_indices("node_modules/").map(|(at, _)| at).skip(1);
        let package_of = |at: usize| {
            let rest = &from[at..];
            let depth = if rest.starts_with("node_modules/@") { 3 } else { 2 };
            let end = rest.match_indices('/').nth(depth - 1).map_or(rest.len(), |(end, _)| end);
            format!("{}/node_modules/{name}", &from[..at + end])
        };
        let first = from.starts_with("node_modules/").then_some(0);
        roots.extend(first.into_iter().chain(nested).map(package_of));
        // The nearest wins.
        roots.reverse();
    }
    let files = if files.may_import_packages(from) { files } else { files.own() };
    roots.iter().find_map(|root| in_package(files, root, inner, asked))
}

fn in_package(files: Sources<'_>, root: &str, inner: Option<&str>, asked: Asked) -> Option<String> {
    let about = manifest(files, root);
    if let Some(exports) = about.as_ref().and_then(|about| about.get("exports")) {
        let wanted = inner.map_or_else(|| ".".to_owned(), |inner| format!("./{inner}"));
        let target = exported(exports, &wanted, asked)?;
        return join(&format!("{root}/package.json"), &target).and_then(|path| file(files, &path));
    }
    if let Some(inner) = inner {
        return file(files, &format!("{root}/{inner}"));
    }
    let keys: &[&str] = if asked == Asked::Import { &["module", "main"] } else { &["main"] };
    let main = about
        .as_ref()
        .and_then(|about| keys.iter().find_map(|key| about.get(*key)?.as_str().map(str::to_owned)));
    let main = main.unwrap_or_else(|| "index".to_owned());
    join(&format!("{root}/package.json"), &main).and_then(|path| file(files, &path))
}

fn manifest(files: Sources<'_>, root: &str) -> Option<Value> {
    serde_json::from_str(&files.text(&format!("{root}/package.json"))?).ok()
}

/// `#name`: what the package itself calls by it.
fn own_import(files: Sources<'_>, from: &str, own: &str, asked: Asked) -> Option<String> {
    let mut folder = from;
    loop {
        folder = folder.rsplit_once('/').map_or("", |(folder, _)| folder);
        if let Some(about) = manifest(files, folder) {
            let target = exported(about.get("imports")?, &format!("#{own}"), asked)?;
            return join(&format!("{folder}/package.json"), &target)
                .and_then(|path| file(files, &path));
        }
        if folder.is_empty() {
            return None;
        }
    }
}

/// The target of a name in `exports` or `imports` of a package.
fn exported(exports: &Value, wanted: &str, asked: Asked) -> Option<String> {
    let Some(table) = exports.as_object().filter(|t| t.keys().any(|k| k.starts_with(['.', '#'])))
    else {
        return (wanted == ".").then(|| conditioned(exports, asked)).flatten();
    };
    if let Some(target) = table.get(wanted) {
        return conditioned(target, asked);
    }
    table.iter().find_map(|(pattern, target)| {
        let (before, after) = pattern.split_once('*')?;
        let star = wanted.strip_prefix(before)?.strip_suffix(after)?;
        Some(conditioned(target, asked)?.replace('*', star))
    })
}

/// The first target whose conditions hold here.
fn conditioned(target: &Value, asked: Asked) -> Option<String> {
    match target {
        Value::String(path) => Some(path.clone()),
        Value::Array(list) => list.iter().find_map(|one| conditioned(one, asked)),
        Value::Object(table) => table.iter().find_map(|(condition, target)| {
            let holds = match condition.as_str() {
                "default" | "node" => true,
                "import" | "module" => asked == Asked::Import,
                "require" => asked == Asked::Require,
                _ => false,
            };
            holds.then(|| conditioned(target, asked)).flatten()
        }),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::TreePath;
    use crate::script::Packages;

    #[test]
    fn finds_files_and_says_what_to_use_instead() {
        let mut files = FileSet::new();
        for path in
            ["index.js", "src/a.ts", "src/b/index.js", "data.json", "node_modules/@x/y/lib.js"]
        {
            files.insert(TreePath::new(path).unwrap(), Vec::new());
        }
        let to = |specifier: &str| resolve(&files, "src/c.js", specifier);
        assert_eq!(to("./a").as_deref(), Ok("src/a.ts"));
        assert_eq!(to("./a.js").as_deref(), Ok("src/a.ts"));
        assert_eq!(to("./b").as_deref(), Ok("src/b/index.js"));
        assert_eq!(to("../data.json").as_deref(), Ok("data.json"));
        assert_eq!(to("..").as_deref(), Ok("index.js"));
        assert_eq!(to("node:assert").as_deref(), Ok("node:assert"));
        assert_eq!(to("@x/y/lib").as_deref(), Ok("node_modules/@x/y/lib.js"));
        assert!(to("../../etc/passwd").unwrap_err().contains("out of the plugin"));
        assert!(to("node:fs").unwrap_err().contains("ctx.files"));
        assert!(to("fs/promises").unwrap_err().contains("ctx.files"));
        assert!(to("node:inspector").unwrap_err().contains("there are test, assert"));
        assert!(to("@supabase/supabase-js").unwrap_err().contains("ctx.supabase"));
        assert!(to("pgx").unwrap_err().contains("bundle packages"));
        assert!(to("left-pad").is_err() && to("daino:internal/host").is_err());
    }

    #[test]
    fn a_package_says_which_of_its_files_is_meant() {
        let exports = serde_json::json!({
            ".": { "types": "./a.d.ts", "import": "./a.mjs", "require": "./a.cjs" },
            "./deep/*": { "browser": "./no.js", "default": "./lib/*.js" },
        });
        let to = |wanted: &str, asked| exported(&exports, wanted, asked);
        assert_eq!(to(".", Asked::Import).as_deref(), Some("./a.mjs"));
        assert_eq!(to(".", Asked::Require).as_deref(), Some("./a.cjs"));
        assert_eq!(to("./deep/x/y", Asked::Import).as_deref(), Some("./lib/x/y.js"));
        assert_eq!(to("./package.json", Asked::Import), None);
        let short = serde_json::json!("./main.js");
        assert_eq!(exported(&short, ".", Asked::Import).as_deref(), Some("./main.js"));
    }

    #[test]
    fn packages_are_for_tests_and_the_nearest_wins() {
        let dir = tempfile::tempdir().unwrap();
        for path in ["a/index.js", "a/node_modules/b/index.js", "b/index.js", "@s/c/lib/x.js"] {
            let path = dir.path().join("node_modules").join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, "").unwrap();
        }
        let (files, packages) = (FileSet::new(), Packages::of(dir.path()));
        let sources = Sources::new(&files, Some(&packages));
        let to = |from, specifier| resolve_in(sources, from, specifier, Asked::Import);
        assert_eq!(to("tests/a.test.js", "b").as_deref(), Ok("node_modules/b/index.js"));
        let in_a = to("node_modules/a/index.js", "b");
        assert_eq!(in_a.as_deref(), Ok("node_modules/a/node_modules/b/index.js"));
        let deep = to("node_modules/a/node_modules/b/index.js", "@s/c/lib/x.js");
        assert_eq!(deep.as_deref(), Ok("node_modules/@s/c/lib/x.js"));
        assert!(to("index.js", "b").is_err(), "a shop has no packages");
    }
}
