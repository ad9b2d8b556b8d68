//! Rules about correctness and good practice.

pub(super) mod debugger;
pub(super) mod duplicate_key;
pub(super) mod empty_catch;
pub(super) mod suppression;
pub(super) mod syntax_error;
pub(super) mod unreadable_file;
