//! A module with everything it imports.

use std::collections::BTreeMap;

use super::nesting;
use super::parse::parse;
use super::resolve::{BUILTINS, resolve};
use super::{Module, ModuleGraph, ModuleKind, ScriptError};
use crate::model::{FileSet, TreePath};

/// Reads `entry` and everything it imports.
///
/// Parses on a thread with a large stack, because source text is hostile.
pub(crate) fn load_graph(files: &FileSet, entry: &TreePath) -> Result<ModuleGraph, ScriptError> {
    nesting::on_deep_stack(|| link(files, entry)).unwrap_or_else(|| {
        let reason = "made the parser give up; please report it".to_owned();
        Err(ScriptError::Limit { path: entry.as_str().to_owned(), reason })
    })
}

fn link(files: &FileSet, entry: &TreePath) -> Result<ModuleGraph, ScriptError> {
    let mut graph = ModuleGraph { entry: entry.as_str().to_owned(), modules: BTreeMap::new() };
    let mut waiting = vec![graph.entry.clone()];
    while let Some(path) = waiting.pop() {
        if graph.modules.contains_key(&path) {
            continue;
        }
        let module = read(files, &path)?;
        let targets = module.imports.values().filter(|t| !BUILTINS.contains(&t.as_str()));
        waiting.extend(targets.cloned());
        graph.modules.insert(path, module);
    }
    Ok(graph)
}

fn read(files: &FileSet, path: &str) -> Result<Module, ScriptError> {
    let text = files.text(path).ok_or_else(|| ScriptError::File(path.to_owned()))?;
    let mut module = Module {
        path: path.to_owned(),
        kind: ModuleKind::Json,
        code: text.to_owned(),
        source_map: None,
        imports: BTreeMap::new(),
    };
    if path.ends_with(".json") {
        return Ok(module);
    }
    nesting::check(path, text)?;
    let parsed = parse(path, text)?;
    for specifier in parsed.specifiers {
        match resolve(files, path, &specifier) {
            Ok(target) => {
                module.imports.insert(specifier, target);
            }
            Err(reason) => {
                return Err(ScriptError::Import { path: path.to_owned(), specifier, reason });
            }
        }
    }
    module.kind = parsed.kind;
    module.code = parsed.code;
    module.source_map = parsed.source_map;
    Ok(module)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn absurd_nesting_is_refused_and_deep_nesting_survives() {
        let graph = |text: String| {
            let mut files = FileSet::new();
            files.insert(TreePath::new("index.ts").unwrap(), text.into_bytes());
            load_graph(&files, &TreePath::new("index.ts").unwrap())
        };
        let brackets =
            |depth| format!("export default {}1{};", "[".repeat(depth), "]".repeat(depth));
        assert!(matches!(graph(brackets(100_000)), Err(ScriptError::Limit { .. })));
        assert!(graph(brackets(990)).is_ok());
        let negations = |length| format!("export default {}1;", "!".repeat(length));
        assert!(matches!(graph(negations(100_000)), Err(ScriptError::Limit { .. })));
        assert!(graph(negations(9_000)).is_ok());
    }

    #[test]
    fn follows_imports_and_ends_on_cycles() {
        let mut files = FileSet::new();
        for (path, text) in [
            (
                "index.ts",
                "import { b } from './b'; import 'node:assert'; export const a: number = b;",
            ),
            (
                "b.js",
                "import { a } from './index.ts'; import data from './c.json'; export const b = data;",
            ),
            ("c.json", "{}"),
            ("alone.js", "broken ("),
        ] {
            files.insert(TreePath::new(path).unwrap(), text.as_bytes().to_vec());
        }
        let graph = load_graph(&files, &TreePath::new("index.ts").unwrap()).unwrap();
        assert_eq!(graph.modules.keys().collect::<Vec<_>>(), ["b.js", "c.json", "index.ts"]);
        assert_eq!(graph.modules["index.ts"].imports["node:assert"], "node:assert");
        assert!(load_graph(&files, &TreePath::new("alone.js").unwrap()).is_err());
    }
}
