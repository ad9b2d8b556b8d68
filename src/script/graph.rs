//! The modules of a plugin, resolved and ready to run.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Modules by path, and where to begin.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct ModuleGraph {
    /// Path of the first module.
    pub entry: String,
    /// Every module that can be reached, by its path.
    pub modules: BTreeMap<String, Module>,
}

/// One file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Module {
    /// Path in the plugin.
    pub path: String,
    /// What kind of file it is.
    pub kind: ModuleKind,
    /// Plain JavaScript, or JSON.
    pub code: String,
    /// Source map of what was changed, as JSON.
    pub source_map: Option<String>,
    /// Specifier as written -> path of another module, or name of a built-in one.
    pub imports: BTreeMap<String, String>,
}

/// How a module is to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum ModuleKind {
    /// ECMAScript module.
    Esm,
    /// `module.exports` and `require`.
    CommonJs,
    /// A JSON file.
    Json,
    /// An ECMAScript module written as a function, for tests that replace modules.
    Late,
    /// What cannot be read; its code says why. Only where tests replace modules, and perhaps this one.
    Missing,
}
