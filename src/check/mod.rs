//! Static checks of a plugin, and of any tree of JavaScript.
//!
//! The files are read once, lowered to a small tree, and values are followed through it; rules look
//! at the plugin, at each file, and at the values on their way. Nothing is executed. Work is bounded
//! by steps and sizes, so that hostile files cost little.

mod audit;
mod flow;
mod hooks;
mod host_api;
mod host_package;
mod ir;
mod lines;
mod plugin;
mod regex;
mod report;
mod rule;
mod rules;
mod run;
mod schema;
mod score;
mod sources;
mod sql;
mod suppress;
mod syntax;
#[cfg(test)]
mod tests;

pub(crate) use audit::Advisories;
pub(crate) use report::{Report, pretty, sarif};
pub(crate) use rule::RuleText;
pub(crate) use rules::RULES;
pub(crate) use run::{Options, Profile, Subject, check};
