//! The one integration binary: it only starts the built program and looks at what it does.
//!
//! `rules` are about the source itself; every other module is about one area of the command line.

mod contract;
mod create;
mod explain;
mod generated;
mod harness;
mod key;
mod lifecycle;
mod pack;
mod quickstart;
mod registry;
mod rules;
mod sandbox;
mod store;
mod support;
mod templates;
mod validate;
