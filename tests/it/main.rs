//! The one integration binary: it only starts the built program and looks at what it does.
//!
//! `rules` are about the source itself; every other module is about one area of the command line.

#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod contract;
mod create;
mod dev;
mod explain;
mod generated;
mod harness;
mod info;
mod key;
mod pack;
mod publish;
mod recovery;
mod registry;
mod rules;
mod sandbox;
mod search;
mod support;
mod templates;
mod yank;
