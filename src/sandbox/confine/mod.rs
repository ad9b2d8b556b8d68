//! Gives up every right of this process, layer by layer, before plugin code is loaded.
//!
//! Order matters: what sets a layer up is itself forbidden by a later one, so the system-call
//! filter is last. Each layer reports how it stands; the caller decides whether that is enough.

pub(in crate::sandbox) mod attack;
#[cfg(target_os = "linux")]
mod linux;
#[cfg(not(target_os = "linux"))]
mod other;
#[cfg(target_os = "linux")]
mod seccomp;

#[cfg(target_os = "linux")]
pub(super) use linux::{confine, confine_copy, confine_template, take_channel};
#[cfg(not(target_os = "linux"))]
pub(super) use other::{confine, confine_copy, confine_template, take_channel};

use super::protocol::{LayerReport, LayerState};

/// What confinement needs to know.
#[cfg_attr(not(target_os = "linux"), expect(dead_code, reason = "no layer that could use it"))]
#[derive(Debug, Clone, Copy)]
pub(super) struct Plan {
    /// Bytes the process may map beyond what it has now.
    pub memory: u64,
    /// The broker's process id: if our parent is another, the broker is gone already.
    pub broker: u32,
}

/// The first required layer that is absent. No report at all counts as absence.
pub(super) fn missing(layers: &[LayerReport]) -> Option<(&str, &str)> {
    if layers.is_empty() {
        return Some(("confinement", "the worker reports no layer"));
    }
    layers.iter().filter(|layer| layer.required).find_map(|layer| match &layer.state {
        LayerState::Absent(why) => Some((layer.name.as_str(), why.as_str())),
        LayerState::Active => None,
    })
}

fn report(name: &str, required: bool, done: Result<(), String>) -> LayerReport {
    let state = done.map_or_else(LayerState::Absent, |()| LayerState::Active);
    LayerReport { name: name.to_owned(), required, state }
}
