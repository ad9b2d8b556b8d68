//! What regular expressions say about the text they match, and how long they may take.

mod ambiguity;
mod automaton;
mod charset;
mod meaning;
mod tree;

pub(crate) use ambiguity::{Danger, danger};
pub(crate) use meaning::{matches_mean, replacing_means};
