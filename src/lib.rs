//! The Plugin Development Kit for DainoStore: create, run, validate, test, publish and install
//! plugins.
//!
//! Layers point down: `cli > ops > engines > config, net, ui > error, sys > model`. The map, the
//! reasons and the permitted edges are in `docs/architecture.md`; `tests/rules` holds them.

pub(crate) mod bridge;
pub mod cli;
pub(crate) mod client;
#[allow(dead_code, unused_imports, reason = "its commands are not built yet")]
pub mod sandbox;

pub(crate) mod check;
#[allow(dead_code, unused_imports, reason = "its commands are not built yet")]
pub(crate) mod config;
pub(crate) mod error;
#[allow(dead_code, unused_imports, reason = "its commands are not built yet")]
pub(crate) mod harness;
#[allow(dead_code, unused_imports, reason = "its commands are not built yet")]
pub(crate) mod model;
pub(crate) mod net;
pub(crate) mod ops;
#[allow(dead_code, unused_imports, reason = "its commands are not built yet")]
pub(crate) mod package;
#[allow(dead_code, unused_imports, reason = "its commands are not built yet")]
pub(crate) mod project;
#[cfg(feature = "registry-server")]
pub(crate) mod registry;
#[allow(dead_code, unused_imports, reason = "its commands are not built yet")]
pub(crate) mod script;
pub(crate) mod source;
#[allow(dead_code, unused_imports, reason = "its commands are not built yet")]
pub(crate) mod store;
#[allow(dead_code, unused_imports, reason = "its commands are not built yet")]
pub(crate) mod sys;
pub(crate) mod template;
pub(crate) mod trust;
pub(crate) mod ui;
#[cfg(feature = "dev")]
pub(crate) mod watch;
