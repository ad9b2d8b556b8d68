//! The one integration binary: it only starts the built program and looks at what it does.
//!
//! `rules` are about the source itself; every other module is about one area of the command line.

#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod backup;
mod bad_input;
mod bridge;
mod contract;
mod coverage;
mod create;
mod cut_short;
mod dependencies;
mod dev;
mod explain;
mod explanation;
mod generated;
mod harness;
mod harness_api;
mod harness_control;
mod harness_http;
mod harness_npm;
mod harness_suites;
mod harness_watch;
mod info;
mod install;
mod key;
mod kills;
mod lifetimes;
mod lsp;
mod operators;
mod owner;
mod pack;
mod postgres;
mod postgres_schemas;
mod postgres_writers;
mod publish;
mod query;
mod query_surface;
mod quickstart;
mod real_plugins;
mod recovery;
mod recovery_replace;
mod registry;
mod rollback;
mod rule_pages;
mod rules;
mod sandbox;
mod search;
mod source_list;
mod sources;
mod store;
mod support;
mod templates;
mod together;
mod uninstall;
mod update;
mod validate;
mod validate_fix;
mod validate_reports;
mod validate_with;
mod yank;
