//! Systems whose kernel offers nothing we use yet: every layer is absent and says so.

use std::io;

use super::{Plan, report};
use crate::sandbox::protocol::LayerReport;
use crate::sys::channel::WorkerChannel;

/// Takes the socket to the broker.
pub(in crate::sandbox) fn take_channel() -> io::Result<WorkerChannel> {
    WorkerChannel::inherited()
}

/// What a template knows of its confinement: nothing.
#[derive(Debug, Clone)]
pub(in crate::sandbox) struct Inherited;

/// There are no templates here.
pub(in crate::sandbox) fn confine_template(_: i32, _: u32) -> (Vec<LayerReport>, Inherited) {
    (Vec::new(), Inherited)
}

/// There are no templates here.
pub(in crate::sandbox) fn confine_copy(
    channel: &WorkerChannel,
    plan: Plan,
    _: Inherited,
) -> Vec<LayerReport> {
    confine(channel, plan)
}

/// Reports that nothing is confined by the kernel here; the engine's and the broker's limits hold.
pub(in crate::sandbox) fn confine(_: &WorkerChannel, _: Plan) -> Vec<LayerReport> {
    let absent = || Err(format!("{} is not supported", std::env::consts::OS));
    ["descriptors", "no-new-privileges", "limits", "landlock", "seccomp"]
        .map(|name| report(name, true, absent()))
        .into()
}
