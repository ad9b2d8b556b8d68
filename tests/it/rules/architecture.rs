//! Layers point down, and this table is the only one that says what "down" is.
//!
//! Every file under `src/` is parsed with `syn`; what follows `crate::` in any path or `use` is a
//! dependency of the module the file belongs to. Adding an edge is a decision: explain it in
//! `docs/architecture.md`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use syn::visit::Visit;

/// Modules every engine may use.
const BELOW: &[&str] = &["config", "net", "ui", "error", "sys", "model"];

/// Module -> what it may import. Engines get `BELOW` in addition.
const LAYERS: &[(&str, &[&str])] = &[
    ("model", &[]),
    ("error", &["model"]),
    ("sys", &["model", "error"]),
    ("config", &["sys", "error", "model"]),
    ("net", &["sys", "error", "model"]),
    ("ui", &["sys", "error", "model"]),
    (
        "ops",
        &[
            "script", "project", "template", "check", "sandbox", "harness", "watch", "package",
            "trust", "store", "client", "registry", "source", "bridge", "net", "config", "error",
            "sys", "model",
        ],
    ),
    ("cli", &["ops", "ui", "config", "error", "model"]),
    // What must hold for any bytes, for tests and fuzz targets: above the readers it looks at.
    ("fuzzing", &["script", "project", "sandbox", "package", "store", "net", "sys", "model"]),
];

/// Engine -> the other engines it may import.
const ENGINES: &[(&str, &[&str])] = &[
    ("script", &[]),
    ("project", &[]),
    ("template", &[]),
    ("check", &["project", "script"]),
    ("sandbox", &["script"]),
    ("harness", &["project", "script", "sandbox", "store"]),
    ("watch", &["project"]),
    ("package", &[]),
    ("trust", &["package"]),
    ("store", &["package", "sandbox"]),
    ("client", &["package", "trust"]),
    ("registry", &["package", "trust", "check"]),
    ("source", &["project"]),
    ("bridge", &["project", "script"]),
];

/// Crate-level names that are not modules.
const ROOT_FILES: &[&str] = &["lib", "main"];

fn allowed(module: &str) -> Option<BTreeSet<&'static str>> {
    if let Some((_, engines)) = ENGINES.iter().find(|(name, _)| *name == module) {
        return Some(engines.iter().chain(BELOW).copied().collect());
    }
    LAYERS.iter().find(|(name, _)| *name == module).map(|(_, list)| list.iter().copied().collect())
}

fn source_files(dir: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(dir).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() {
            source_files(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
}

/// Collects the first segment after `crate::`.
#[derive(Default)]
struct Imports(BTreeSet<String>);

impl Imports {
    fn tree(&mut self, tree: &syn::UseTree) {
        match tree {
            syn::UseTree::Path(path) => drop(self.0.insert(path.ident.to_string())),
            syn::UseTree::Name(name) => drop(self.0.insert(name.ident.to_string())),
            syn::UseTree::Rename(name) => drop(self.0.insert(name.ident.to_string())),
            syn::UseTree::Group(group) => group.items.iter().for_each(|item| self.tree(item)),
            syn::UseTree::Glob(_) => drop(self.0.insert("*".to_owned())),
        }
    }
}

impl<'ast> Visit<'ast> for Imports {
    fn visit_use_tree(&mut self, tree: &'ast syn::UseTree) {
        if let syn::UseTree::Path(path) = tree
            && path.ident == "crate"
        {
            self.tree(&path.tree);
        } else {
            syn::visit::visit_use_tree(self, tree);
        }
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        if path.segments.first().is_some_and(|s| s.ident == "crate")
            && let Some(second) = path.segments.iter().nth(1)
        {
            self.0.insert(second.ident.to_string());
        }
        syn::visit::visit_path(self, path);
    }
}

fn module_of(src: &Path, file: &Path) -> String {
    let relative = file.strip_prefix(src).unwrap();
    let first = relative.components().next().unwrap().as_os_str().to_string_lossy();
    first.strip_suffix(".rs").unwrap_or(&first).to_owned()
}

#[test]
fn modules_import_only_what_the_table_allows() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    source_files(&src, &mut files);
    assert!(files.len() > 30, "the source moved: only {} files found", files.len());
    let mut wrong = BTreeMap::new();
    for file in &files {
        let module = module_of(&src, file);
        if ROOT_FILES.contains(&module.as_str()) {
            continue;
        }
        let Some(allowed) = allowed(&module) else {
            panic!("`src/{module}` is not in the table of tests/it/rules/architecture.rs");
        };
        let text = std::fs::read_to_string(file).unwrap();
        let parsed = syn::parse_file(&text).unwrap_or_else(|e| panic!("{}: {e}", file.display()));
        let mut imports = Imports::default();
        imports.visit_file(&parsed);
        let bad: Vec<String> = imports
            .0
            .into_iter()
            .filter(|name| *name != module && !allowed.contains(name.as_str()))
            .collect();
        if !bad.is_empty() {
            wrong.insert(file.strip_prefix(&src).unwrap().to_path_buf(), bad);
        }
    }
    assert!(wrong.is_empty(), "imports against the layers: {wrong:#?}");
}

#[test]
fn the_table_has_no_cycle() {
    for (engine, others) in ENGINES {
        for other in *others {
            let back = ENGINES.iter().find(|(name, _)| name == other).map(|(_, list)| *list);
            assert!(!back.unwrap_or(&[]).contains(engine), "{engine} <-> {other}");
        }
    }
}

#[test]
fn every_file_says_what_it_is_for_and_stays_small() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    source_files(&src, &mut files);
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        assert!(text.starts_with("//!"), "{} does not open with `//!`", file.display());
        let code = text.split("\n#[cfg(test)]").next().unwrap_or(&text).lines().count();
        assert!(code <= 500, "{} has {code} lines; split it by noun", file.display());
    }
}
