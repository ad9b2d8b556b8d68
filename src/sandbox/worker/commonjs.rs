//! CommonJS and JSON files as modules of the engine.
//!
//! Each becomes a small ES module that imports what the file, or anything it requires, needs from
//! outside CommonJS, and then runs the file. That module has a name no plugin file can have, so it
//! may import built-in modules that plugin code may not.

use std::collections::BTreeSet;
use std::fmt::Write;

use crate::script::{ModuleGraph, ModuleKind};

/// Prefix of the names of these modules.
pub(super) const PREFIX: &str = "commonjs:";

/// `{imports}`, `{json}`, `{imports, late}` or `{missing}` of a file, as JSON text.
pub(super) fn about(graph: &ModuleGraph, path: &str) -> Option<String> {
    let module = graph.modules.get(path)?;
    let value = match module.kind {
        ModuleKind::Json => serde_json::json!({ "json": module.code }),
        ModuleKind::CommonJs => serde_json::json!({ "imports": module.imports }),
        ModuleKind::Late => serde_json::json!({ "imports": module.imports, "late": true }),
        ModuleKind::Missing => serde_json::json!({ "missing": module.code }),
        ModuleKind::Esm => return None,
    };
    Some(value.to_string())
}

/// A file as a function expression; its lines keep their numbers.
pub(super) fn wrapped(graph: &ModuleGraph, path: &str) -> Option<String> {
    let module = graph.modules.get(path)?;
    match module.kind {
        ModuleKind::CommonJs => {}
        ModuleKind::Late => return Some(module.code.clone()),
        ModuleKind::Esm | ModuleKind::Json | ModuleKind::Missing => return None,
    }
    let marked = module.code.strip_prefix("#!").map(|code| format!("//{code}"));
    let code = marked.as_ref().unwrap_or(&module.code);
    Some(format!("(function (exports, require, module, __filename, __dirname) {{{code}\n}})"))
}

/// The ES module that stands for a file.
pub(super) fn bridge(graph: &ModuleGraph, path: &str) -> Option<String> {
    let is_old = |kind| matches!(kind, ModuleKind::CommonJs | ModuleKind::Json);
    let module = graph.modules.get(path).filter(|m| is_old(m.kind))?;
    let mut text = String::from("import { run } from 'daino:internal/commonjs';\n");
    let mut list = String::new();
    for (number, name) in foreign(graph, path).into_iter().enumerate() {
        let quoted = quote(&name);
        let _ = writeln!(text, "import * as m{number} from {};", quote(&format!("plugin:{name}")));
        let _ = write!(list, "[{quoted}, m{number}], ");
    }
    let _ = writeln!(
        text,
        "const exported = run({}, [{list}]);\nexport default exported;",
        quote(path)
    );
    for name in exported_names(&module.code) {
        let _ =
            writeln!(text, "const e_{name} = exported?.{name};\nexport {{ e_{name} as {name} }};");
    }
    Some(text)
}

fn quote(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// Modules of other kinds that a file or anything it requires needs.
fn foreign(graph: &ModuleGraph, path: &str) -> BTreeSet<String> {
    let mut seen = BTreeSet::new();
    let mut found = BTreeSet::new();
    let mut open = vec![path];
    while let Some(at) = open.pop() {
        let Some(module) = graph.modules.get(at).filter(|_| seen.insert(at)) else { continue };
        for target in module.imports.values() {
            match graph.modules.get(target).map(|m| m.kind) {
                Some(ModuleKind::CommonJs | ModuleKind::Json) => open.push(target),
                _ => drop(found.insert(target.clone())),
            }
        }
    }
    found
}

/// Names after `exports.`, which `import { name }` may ask for.
fn exported_names(code: &str) -> BTreeSet<&str> {
    code.split("exports.")
        .skip(1)
        .filter_map(|rest| {
            let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_')?;
            let (name, after) = rest.split_at(end);
            let assigned = after.trim_start();
            let fits = assigned.starts_with('=')
                && !assigned.starts_with("==")
                && name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
                && name != "default";
            fits.then_some(name)
        })
        .take(500)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exported_names_are_assignments_only() {
        let code = "exports.a = 1; module.exports.b= 2; if (exports.c == 1) {} exports.default = 3; exports.d";
        assert_eq!(exported_names(code).into_iter().collect::<Vec<_>>(), ["a", "b"]);
    }
}
