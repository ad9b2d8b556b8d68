//! Reads plugin code: modules, TypeScript, imports.

mod edits;
mod error;
mod graph;
mod inline_snapshot;
mod instrument;
mod linked;
mod load;
mod mocks;
pub(crate) mod nesting;
mod packages;
mod parse;
mod place;
mod resolve;

use crate::error::ErrorCode;

pub(crate) use error::ScriptError;
pub(crate) use graph::{Module, ModuleGraph, ModuleKind};
pub(crate) use inline_snapshot::{InlineSnapshot, write_inline_snapshots};
pub(crate) use instrument::{Counters, Stretch, instrument};
pub(crate) use linked::link_late;
pub(crate) use load::{TestGraph, load_graph, load_test_graph};
pub(crate) use packages::Packages;
pub(crate) use place::Places;
pub(crate) use resolve::{BUILTINS, advice, resolve as resolve_import};

/// Codes of this module.
pub(crate) const CODES: &[&ErrorCode] = error::CODES;
