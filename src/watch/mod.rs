//! Watches plugins on disk and decides when one is to be loaded again.
//!
//! Four parts, each testable alone: [`Watcher`] turns what the system tells into [`Signal`]s,
//! [`State`] decides (a pure state machine without clock, files or threads), [`Tree`] reads what
//! the decision asks for, and whoever owns them loads the code. Nothing here runs plugin code.
//!
//! Why directories are watched and never files: an editor that saves atomically puts a new file in
//! place of the old one, and a watch on the old one would never tell of anything again.

mod editor;
mod part;
mod poll;
mod signal;
mod state;
mod tree;
mod watcher;

pub(crate) use part::Part;
pub(crate) use signal::{Pending, Signal};
pub(crate) use state::{Change, Effect, Input, Report, Scope, Seen, State};
pub(crate) use tree::Tree;
pub(crate) use watcher::{Mode, Watched, Watcher};
