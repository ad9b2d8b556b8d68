//! Runs plugin code in a confined child process that can only ask.
//!
//! The broker (this process) holds every authority; the worker (this binary, re-executed) holds
//! none. Between them runs a framed, bounded, versioned protocol over one inherited socket.

mod audit;
mod broker;
mod confine;
mod error;
mod files;
mod host;
mod instance;
mod js;
mod native;
mod protocol;
mod route;
mod self_attack;
mod worker;

#[cfg(any(test, feature = "fuzzing"))]
pub(crate) use audit::touched;
pub(crate) use audit::{AuditEvent, AuditSink, AuditTrail, Subject, least_privilege};
pub(crate) use broker::Template;
pub(crate) use error::{CODES, SandboxError};
pub(crate) use files::FilesRoot;
pub(crate) use host::{Database, DatabaseError, Host, LogLevel, LogSink, Onlooker, Rows, Storage};
pub(crate) use instance::{CallOutcome, Instance, InstanceSpec, Target};
#[cfg(any(test, feature = "fuzzing"))]
pub(crate) use protocol::reads_the_same_however_cut;
pub(crate) use protocol::{LayerReport, Thrown};
pub(crate) use route::{LARGEST_RAW_BODY, RouteAnswer, RouteRequest};
pub(crate) use self_attack::{AttackRow, Verdict, Way, attack_sandbox};

/// Turns this process into a sandbox worker when it was started as one; `None` otherwise.
/// Must run before any thread or runtime exists.
pub fn worker_entry() -> Option<std::process::ExitCode> {
    worker::enter()
}

#[cfg(test)]
mod tests;
