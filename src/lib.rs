//! The Plugin Development Kit for DainoStore: create, run, validate, test, publish and install
//! plugins.
//!
//! Layers point down: `cli > ops > engines > config, net, ui > error, sys > model`. The map, the
//! reasons and the permitted edges are in `docs/architecture.md`; `tests/rules` holds them.

pub(crate) mod bridge;
pub mod cli;
pub(crate) mod client;
pub mod sandbox;

pub(crate) mod check;
pub(crate) mod config;
pub(crate) mod error;
#[cfg(any(test, feature = "fuzzing"))]
#[doc(hidden)]
pub mod fuzzing;
pub(crate) mod harness;
pub(crate) mod model;
pub(crate) mod net;
pub(crate) mod ops;
pub(crate) mod package;
pub(crate) mod project;
#[cfg(feature = "registry-server")]
pub(crate) mod registry;
pub(crate) mod script;
pub(crate) mod source;
pub(crate) mod store;
pub(crate) mod sys;
pub(crate) mod template;
pub(crate) mod trust;
pub(crate) mod ui;
#[cfg(feature = "dev")]
pub(crate) mod watch;
