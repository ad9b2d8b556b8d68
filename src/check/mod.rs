//! Static checks of a plugin, and of any tree of JavaScript.
//!
//! The files are read once, lowered to a small tree, and values are followed through it; rules look
//! at the plugin, at each file, and at the values on their way. Nothing is executed. Work is bounded
//! by steps and sizes, so that hostile files cost little.

mod audit;
mod baseline;
mod changed;
mod fingerprint;
mod fix;
mod flow;
mod foreign;
mod hooks;
mod host_api;
mod host_package;
mod infer;
mod ir;
mod json_places;
mod lines;
#[cfg(test)]
mod mutated;
#[cfg(test)]
mod pairs;
mod parts;
mod plugin;
mod regex;
mod report;
mod rule;
mod rules;
mod run;
mod schema;
mod score;
mod select;
#[cfg(test)]
mod shapes;
mod sources;
mod sql;
mod suppress;
mod syntax;
#[cfg(test)]
mod tests;
mod unpack;

pub(crate) use audit::Advisories;
pub(crate) use baseline::{Baseline, BaselineError};
pub(crate) use changed::Changed;
pub(crate) use fix::{Fixed, Mended, apply, mend};
pub(crate) use foreign::{Foreign, Linter};
pub(crate) use hooks::names as hook_names;
pub(crate) use host_package::has_package;
pub(crate) use infer::{Unproved, infer};
pub(crate) use parts::check_parts;
pub(crate) use report::{Form, Paper, Report, json};
pub(crate) use rule::{Rule, RuleText};
pub(crate) use rules::RULES;
pub(crate) use run::{Options, Profile, Subject, check};
pub(crate) use select::{selects, selects_any};
