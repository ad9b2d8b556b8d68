//! A module with everything it imports.

use std::collections::BTreeMap;

use super::nesting;
use super::packages::{Packages, Sources};
use super::parse::parse;
use super::resolve::{Asked, BUILTINS, is_relative, join, resolve_in};
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

/// The modules of a test file.
#[derive(Debug, Clone)]
pub(crate) struct TestGraph {
    /// The modules of the file and of the plugin.
    pub graph: ModuleGraph,
    /// Why the plugin cannot be read; a test that never loads it still runs.
    pub broken_entry: Option<String>,
    /// Whether the file replaces modules, so that all of them are looked up while they run.
    pub is_late: bool,
}

/// Reads a test file, and the plugin's `entry` when it is given, with all they import, packages in
/// `node_modules` too.
///
/// Where the file replaces modules, those that cannot be read are in the graph with the reason: they
/// may be among the replaced.
pub(crate) fn load_test_graph(
    files: &FileSet,
    packages: &Packages,
    file: &TreePath,
    entry: Option<&TreePath>,
) -> Result<TestGraph, ScriptError> {
    nesting::on_deep_stack(|| link_test(files, packages, file, entry)).unwrap_or_else(|| {
        let reason = "made the parser give up; please report it".to_owned();
        Err(ScriptError::Limit { path: file.as_str().to_owned(), reason })
    })
}

fn link_test(
    files: &FileSet,
    packages: &Packages,
    file: &TreePath,
    entry: Option<&TreePath>,
) -> Result<TestGraph, ScriptError> {
    let mut linker = Linker::new(Sources::new(files, Some(packages)), file);
    linker.follow(file.as_str());
    let is_late = linker.is_late;
    let first = linker.first_error.take();
    if let Some(error) = first.filter(|_| !is_late) {
        return Err(error);
    }
    if matches!(linker.graph.modules.get(file.as_str()), Some(m) if m.kind == ModuleKind::Missing) {
        // The file itself: there is nothing to run.
        return link(files, file).map(|graph| TestGraph { graph, broken_entry: None, is_late });
    }
    let known: Vec<String> = linker.graph.modules.keys().cloned().collect();
    if let Some(entry) = entry {
        linker.follow(entry.as_str());
    }
    let mut broken_entry = None;
    if let Some(error) = linker.first_error.take().filter(|_| !is_late) {
        broken_entry = Some(error.to_string());
        linker.graph.modules.retain(|path, _| known.contains(path));
    }
    Ok(TestGraph { graph: linker.graph, broken_entry, is_late })
}

fn link(files: &FileSet, entry: &TreePath) -> Result<ModuleGraph, ScriptError> {
    let mut linker = Linker::new(Sources::new(files, None), entry);
    linker.follow(entry.as_str());
    linker.first_error.map_or(Ok(linker.graph), Err)
}

struct Linker<'s> {
    sources: Sources<'s>,
    graph: ModuleGraph,
    first_error: Option<ScriptError>,
    is_late: bool,
}

impl<'s> Linker<'s> {
    fn new(sources: Sources<'s>, entry: &TreePath) -> Self {
        let graph = ModuleGraph { entry: entry.as_str().to_owned(), modules: BTreeMap::new() };
        Self { sources, graph, first_error: None, is_late: false }
    }

    /// Reads a file and all it imports, up to a mistake that cannot be lived with.
    fn follow(&mut self, entry: &str) {
        let mut waiting = vec![entry.to_owned()];
        while let Some(path) = waiting.pop() {
            if self.graph.modules.contains_key(&path) {
                continue;
            }
            let module = match self.read(&path) {
                Ok(module) => module,
                Err(error) => {
                    let module = missing(&path, &error.to_string());
                    self.fail(error);
                    module
                }
            };
            let targets = module.imports.values().filter(|t| !BUILTINS.contains(&t.as_str()));
            waiting.extend(targets.cloned());
            self.graph.modules.insert(path, module);
            if self.first_error.is_some() && !self.sources.has_packages() {
                return;
            }
        }
    }

    fn fail(&mut self, error: ScriptError) {
        self.first_error.get_or_insert(error);
    }

    fn read(&mut self, path: &str) -> Result<Module, ScriptError> {
        let text = self.sources.text(path).ok_or_else(|| ScriptError::File(path.to_owned()))?;
        let mut module = Module {
            path: path.to_owned(),
            kind: ModuleKind::Json,
            code: String::new(),
            source_map: None,
            imports: BTreeMap::new(),
        };
        if path.ends_with(".json") {
            text.as_ref().clone_into(&mut module.code);
            return Ok(module);
        }
        nesting::check(path, &text)?;
        let parsed = parse(path, &text)?;
        let is_common = parsed.kind == ModuleKind::CommonJs;
        let asked = if is_common { Asked::Require } else { Asked::Import };
        for specifier in parsed.specifiers {
            match resolve_in(self.sources, path, &specifier, asked) {
                Ok(target) => {
                    module.imports.insert(specifier, target);
                }
                Err(reason) => {
                    let target = self.missing_target(path, &specifier, &reason);
                    module.imports.insert(specifier.clone(), target);
                    let path = path.to_owned();
                    self.fail(ScriptError::Import { path, specifier, reason });
                }
            }
        }
        self.is_late |= parsed.is_late;
        // Only tests replace modules.
        let mocked = if self.sources.has_packages() { parsed.mocked } else { Vec::new() };
        for specifier in &mocked {
            self.add_mocked(&mut module, specifier, asked);
        }
        module.kind = parsed.kind;
        module.code = parsed.code;
        module.source_map = parsed.source_map;
        Ok(module)
    }

    /// What a call that replaces modules names, with what may stand for it in `__mocks__`.
    fn add_mocked(&mut self, module: &mut Module, specifier: &str, asked: Asked) {
        let path = module.path.clone();
        let target = resolve_in(self.sources, &path, specifier, asked);
        let beside = match &target {
            Ok(target) if is_relative(specifier) => {
                let (folder, name) = target.rsplit_once('/').unwrap_or(("", target));
                Some(format!("./{folder}/__mocks__/{name}"))
            }
            _ if is_relative(specifier) => None,
            _ => Some(format!("./__mocks__/{}", specifier.trim_start_matches("node:"))),
        };
        let target = target.unwrap_or_else(|why| self.missing_target(&path, specifier, &why));
        if let Some(found) = beside.and_then(|b| resolve_in(self.sources, "x", &b, asked).ok()) {
            module.imports.insert(format!("__mocks__:{target}"), found);
        }
        module.imports.entry(specifier.to_owned()).or_insert(target);
    }

    /// A name for what a specifier does not lead to; the same wherever it is named.
    fn missing_target(&mut self, from: &str, specifier: &str, reason: &str) -> String {
        let joined = is_relative(specifier).then(|| join(from, specifier)).flatten();
        let target = joined.unwrap_or_else(|| specifier.to_owned());
        // No file of a plugin has a name with a backslash, and no file of a graph one with a colon.
        let target = format!("\\{}", target.replace(':', "\\"));
        let why = format!("`{from}` imports `{specifier}`: {reason}");
        self.graph.modules.entry(target.clone()).or_insert_with(|| missing(&target, &why));
        target
    }
}

fn missing(path: &str, why: &str) -> Module {
    Module {
        path: path.to_owned(),
        kind: ModuleKind::Missing,
        code: why.to_owned(),
        source_map: None,
        imports: BTreeMap::new(),
    }
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
