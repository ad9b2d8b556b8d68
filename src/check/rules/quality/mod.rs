//! Rules about correctness and good practice.

pub(super) mod suppression;
pub(super) mod syntax_error;
pub(super) mod unreadable_file;
