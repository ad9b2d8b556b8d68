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
mod harness_control;
mod harness_suites;
mod info;
mod install;
mod key;
mod lsp;
mod pack;
mod publish;
mod query;
mod quickstart;
mod recovery;
mod registry;
mod rule_pages;
mod rules;
mod sandbox;
mod search;
mod store;
mod support;
mod templates;
mod uninstall;
mod validate;
mod validate_fix;
mod validate_reports;
mod yank;
