//! The bridge to DainoStore: its package JSON becomes an authoring tree and back, and a package is
//! put into a host with every call that its import leaves out.
//!
//! The host pastes each handler, a single function expression, into code of its own; [`code`] reads
//! and writes that form, [`bundle`] puts a file with everything it imports into one function.
//! What neither the manifest nor the host's package can say is kept in `dainostore.json`
//! ([`EXTRAS`]) in the tree, and below the key `daino-pdk` in the package, which the host ignores.

mod bundle;
mod code;
mod error;
mod export;
mod fields;
mod host;
mod import;
mod shape;

pub(crate) use code::component;
pub(crate) use error::{BridgeError, CODES};
pub(crate) use export::export;
pub(crate) use host::{Host, deploy};
pub(crate) use import::import;

/// Name of the file that holds what manifest.json cannot say.
pub(crate) const EXTRAS: &str = "dainostore.json";
/// Key of a package for what the host's own keys cannot say.
const OURS: &str = "daino-pdk";

#[cfg(test)]
mod tests;
