//! Systems whose kernel offers nothing we use yet: every layer is absent and says so.

use std::io;

use super::{Plan, report};
use crate::sandbox::protocol::LayerReport;
use crate::sys::channel::WorkerChannel;

/// Takes the socket to the broker.
pub(in crate::sandbox) fn take_channel() -> io::Result<WorkerChannel> {
    WorkerChannel::inherited()
}

/// Reports that nothing is confined by the kernel here; the engine's and the broker's limits hold.
pub(in crate::sandbox) fn confine(_: &WorkerChannel, _: Plan) -> Vec<LayerReport> {
    let absent = || Err(format!("{} is not supported", std::env::consts::OS));
    ["descriptors", "no-new-privileges", "limits", "landlock", "seccomp"]
        .map(|name| report(name, true, absent()))
        .into()
}
