//! Where an import leads: a file of the plugin, or a module of the platform.

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
    if specifier.starts_with("./")
        || specifier.starts_with("../")
        || specifier == ".."
        || specifier == "."
    {
        let path = join(from, specifier).ok_or("the path leads out of the plugin")?;
        return file(files, &path).ok_or_else(|| "there is no such file".to_owned());
    }
    if BUILTINS.contains(&specifier) {
        return Ok(specifier.to_owned());
    }
    if let Some(path) = package(files, specifier) {
        return Ok(path);
    }
    Err(advice(specifier))
}

fn join(from: &str, specifier: &str) -> Option<String> {
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

fn file(files: &FileSet, path: &str) -> Option<String> {
    let direct = ENDINGS.iter().map(|end| format!("{path}{end}")).find(|p| files.contains(p));
    // TypeScript's convention: an import names the `.js` that the `.ts` will become.
    direct.or_else(|| {
        let source = format!("{}.ts", path.strip_suffix(".js")?);
        files.contains(&source).then_some(source)
    })
}

/// A package below the plugin's own `node_modules`.
fn package(files: &FileSet, specifier: &str) -> Option<String> {
    let depth = if specifier.starts_with('@') { 2 } else { 1 };
    let mut parts = specifier.splitn(depth + 1, '/');
    let name = parts.by_ref().take(depth).collect::<Vec<_>>().join("/");
    let root = format!("node_modules/{name}");
    if let Some(inner) = parts.next() {
        return file(files, &format!("{root}/{inner}"));
    }
    let main = files
        .text(&format!("{root}/package.json"))
        .and_then(|text| serde_json::from_str::<serde_json::Value>(text).ok())
        .and_then(|json| {
            ["module", "main"].iter().find_map(|k| json.get(*k)?.as_str().map(str::to_owned))
        });
    let main = main.unwrap_or_else(|| "index".to_owned());
    join(&format!("{root}/package.json"), &main).and_then(|path| file(files, &path))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::TreePath;

    #[test]
    fn finds_files_and_says_what_to_use_instead() {
        let mut files = FileSet::new();
        for path in ["src/a.ts", "src/b/index.js", "data.json", "node_modules/@x/y/lib.js"] {
            files.insert(TreePath::new(path).unwrap(), Vec::new());
        }
        let to = |specifier: &str| resolve(&files, "src/c.js", specifier);
        assert_eq!(to("./a").as_deref(), Ok("src/a.ts"));
        assert_eq!(to("./a.js").as_deref(), Ok("src/a.ts"));
        assert_eq!(to("./b").as_deref(), Ok("src/b/index.js"));
        assert_eq!(to("../data.json").as_deref(), Ok("data.json"));
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
}
