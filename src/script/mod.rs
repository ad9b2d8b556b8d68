//! Reads plugin code: modules, TypeScript, imports.

mod error;
mod graph;
mod inline_snapshot;
mod instrument;
mod load;
pub(crate) mod nesting;
mod parse;
mod place;
mod resolve;

use crate::error::ErrorCode;

pub(crate) use error::ScriptError;
pub(crate) use graph::{Module, ModuleGraph, ModuleKind};
pub(crate) use inline_snapshot::{InlineSnapshot, write_inline_snapshots};
pub(crate) use instrument::{Counters, Stretch, instrument};
pub(crate) use load::load_graph;
pub(crate) use place::Places;
#[cfg(test)]
pub(crate) use resolve::BUILTINS;
pub(crate) use resolve::{advice, resolve as resolve_import};

/// Codes of this module.
pub(crate) const CODES: &[&ErrorCode] = error::CODES;
