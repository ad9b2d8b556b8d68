//! What can go wrong with a plugin that runs, each naming the limit and what to change.

use crate::error::{Coded, ErrorCode};
use crate::model::ExitCode;

use super::protocol::Thrown;

/// Codes of this module.
pub(crate) const CODES: &[&ErrorCode] = &[
    &TIME_LIMIT,
    &MEMORY_LIMIT,
    &THROWN,
    &NO_SUCH_METHOD,
    &LOAD,
    &CRASHED,
    &PROTOCOL,
    &LAYER_MISSING,
    &NEVER_SETTLES,
    &NOT_JSON,
    &REPLY_TOO_LARGE,
    &HOST_CALLS,
    &LOG_FLOOD,
    &ENDED,
    &START,
    &TOO_LARGE,
];

macro_rules! codes {
    ($($name:ident $id:literal $exit:ident: $meaning:literal, $remedy:literal;)*) => {$(
        static $name: ErrorCode = ErrorCode {
            id: $id, exit: ExitCode::$exit, meaning: $meaning, remedy: $remedy,
        };
    )*};
}
codes! {
    TIME_LIMIT "sandbox.time-limit" TimeLimit:
        "A call into the plugin took longer than its time limit and was ended.",
        "Do less in one call, or raise `resourceLimits.timeout` in manifest.json.";
    MEMORY_LIMIT "sandbox.memory-limit" Negative:
        "The plugin used more memory than its limit.",
        "Keep less in memory, or raise `resourceLimits.memory` in manifest.json.";
    THROWN "sandbox.thrown" Negative:
        "The plugin's code threw an error.",
        "The message names the file and line; fix the code there.";
    NO_SUCH_METHOD "sandbox.no-such-method" Usage:
        "The plugin has no such method.",
        "Call one of the methods the message lists, or export the missing one.";
    LOAD "sandbox.load" Negative:
        "The plugin's code could not be loaded: it does not parse, an import is missing, or its first lines threw.",
        "Run `daino-pdk test` to see the place.";
    CRASHED "sandbox.crashed" Negative:
        "The process that ran the plugin ended unexpectedly. When the signal is SIGSYS, it asked the system for something a plugin may not do.",
        "If the plugin did nothing unusual, report it together with the output of `daino-pdk doctor --sandbox`.";
    PROTOCOL "sandbox.protocol" Negative:
        "The process that ran the plugin said something that is not part of the protocol, and was ended.",
        "A plugin that does this on purpose is hostile. Otherwise please report it.";
    LAYER_MISSING "sandbox.layer-missing" Policy:
        "This system lacks a part of the sandbox, so plugins are not run.",
        "Run `daino-pdk doctor --sandbox` to see which part. To run trusted plugins anyway, pass `--sandbox=reduced`.";
    NEVER_SETTLES "sandbox.never-settles" Negative:
        "The plugin waits for a promise that nothing is left to settle.",
        "Make sure that each `new Promise` calls resolve or reject on every path.";
    NOT_JSON "sandbox.not-json" Negative:
        "The plugin returned a value that has no JSON form, such as a cycle or a BigInt.",
        "Return plain objects, arrays, text, numbers and booleans.";
    REPLY_TOO_LARGE "sandbox.reply-too-large" Negative:
        "The plugin returned more than 8 MB.",
        "Return less, for example a page of the result.";
    HOST_CALLS "sandbox.host-calls" Negative:
        "The plugin asked the shop for more in one call than is allowed.",
        "Fetch many rows with one statement instead of one row with many statements.";
    LOG_FLOOD "sandbox.log-flood" Negative:
        "The plugin wrote more log lines in one call than is allowed, and was ended.",
        "Log once per batch instead of once per item.";
    ENDED "sandbox.ended" Negative:
        "The plugin was ended by an earlier call.",
        "Look at the failure of the earlier call; start the plugin again.";
    START "sandbox.start" Bug:
        "The process that runs plugins could not be started.",
        "Run `daino-pdk doctor`; if it finds nothing, please report it.";
    TOO_LARGE "sandbox.too-large" Usage:
        "The plugin's code or the arguments of a call do not fit into one message of 16 MB.",
        "Pass less, or take large files out of the code.";
}

/// A plugin that could not be started, or a call that gave nothing.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SandboxError {
    /// The deadline passed.
    #[error("`{method}` ran over the time limit of {limit_millis} ms{}", paced(.paced_millis))]
    TimeLimit {
        /// What was called.
        method: String,
        /// The limit.
        limit_millis: u128,
        /// How long of that it was made to pause, because its processor share was used up.
        paced_millis: u128,
    },
    /// The heap is full.
    #[error("`{method}` ran over the memory limit of {limit}")]
    MemoryLimit {
        /// What was called.
        method: String,
        /// The limit, in words.
        limit: String,
    },
    /// The plugin threw.
    #[error("`{method}` threw {}: {}", .thrown.name, .thrown.message)]
    Thrown {
        /// What was called.
        method: String,
        /// What it threw.
        thrown: Thrown,
    },
    /// There is no such method.
    #[error("the plugin has no method `{method}`; it has: {}", known(.available))]
    NoSuchMethod {
        /// What was called.
        method: String,
        /// What there is.
        available: Vec<String>,
    },
    /// The code does not load.
    #[error("the plugin does not load: {}: {}", .0.name, .0.message)]
    Load(Thrown),
    /// The code cannot be read.
    #[error("the plugin's code cannot be read")]
    Unreadable(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The worker ended.
    #[error("the process that ran `{method}` ended: {how}")]
    Crashed {
        /// What was called.
        method: String,
        /// Exit code or signal.
        how: String,
    },
    /// The worker broke the protocol.
    #[error("the sandbox process broke the protocol: {0}")]
    Protocol(String),
    /// A required layer of confinement is absent.
    #[error("the sandbox layer `{layer}` is absent: {why}")]
    LayerMissing {
        /// Its name.
        layer: String,
        /// The system's reason.
        why: String,
    },
    /// Waits for ever.
    #[error("`{0}` waits for a promise that nothing can settle")]
    NeverSettles(String),
    /// No JSON form.
    #[error("`{method}` returned a value without a JSON form: {why}")]
    NotJson {
        /// What was called.
        method: String,
        /// The engine's reason.
        why: String,
    },
    /// Too much.
    #[error("`{method}` returned {bytes} bytes; the limit is 8 MB")]
    ReplyTooLarge {
        /// What was called.
        method: String,
        /// How much.
        bytes: u64,
    },
    /// Over the quota of requests.
    #[error("`{method}` made more than {limit} requests in one call")]
    HostCalls {
        /// What was called.
        method: String,
        /// The quota.
        limit: u64,
    },
    /// A flood of log lines.
    #[error("`{method}` wrote more than {limit} log lines in one call")]
    LogFlood {
        /// What was called.
        method: String,
        /// The quota.
        limit: u64,
    },
    /// An earlier call ended it.
    #[error("the plugin was ended by an earlier call: {0}")]
    Ended(String),
    /// The worker did not start.
    #[error("the sandbox process did not start: {0}")]
    Start(String),
    /// A message of ours is over the limit.
    #[error("{0} is too large for the sandbox")]
    TooLarge(&'static str),
}

fn paced(millis: &u128) -> String {
    match millis {
        0 => String::new(),
        _ => format!("; for {millis} ms of it `resourceLimits.cpu` made it pause"),
    }
}

fn known(names: &[String]) -> String {
    if names.is_empty() { "none".to_owned() } else { names.join(", ") }
}

impl Coded for SandboxError {
    fn code(&self) -> &'static ErrorCode {
        match self {
            Self::TimeLimit { .. } => &TIME_LIMIT,
            Self::MemoryLimit { .. } => &MEMORY_LIMIT,
            Self::Thrown { .. } => &THROWN,
            Self::NoSuchMethod { .. } => &NO_SUCH_METHOD,
            Self::Load(_) | Self::Unreadable(_) => &LOAD,
            Self::Crashed { .. } => &CRASHED,
            Self::Protocol(_) => &PROTOCOL,
            Self::LayerMissing { .. } => &LAYER_MISSING,
            Self::NeverSettles(_) => &NEVER_SETTLES,
            Self::NotJson { .. } => &NOT_JSON,
            Self::ReplyTooLarge { .. } => &REPLY_TOO_LARGE,
            Self::HostCalls { .. } => &HOST_CALLS,
            Self::LogFlood { .. } => &LOG_FLOOD,
            Self::Ended(_) => &ENDED,
            Self::Start(_) => &START,
            Self::TooLarge(_) => &TOO_LARGE,
        }
    }

    fn hints(&self) -> Vec<String> {
        match self {
            Self::TimeLimit { .. } | Self::MemoryLimit { .. } | Self::LayerMissing { .. } => {
                vec![self.code().remedy.to_owned()]
            }
            _ => Vec::new(),
        }
    }

    fn details(&self) -> Option<serde_json::Value> {
        match self {
            Self::Thrown { thrown, .. } | Self::Load(thrown) => serde_json::to_value(thrown).ok(),
            _ => self
                .limit()
                .map(|(limit, value)| serde_json::json!({ "limit": limit, "value": value })),
        }
    }
}

impl SandboxError {
    /// The limit that was met and its value in force. A name with a dot is a key of
    /// `manifest.json`; the others are fixed.
    pub(crate) fn limit(&self) -> Option<(&'static str, String)> {
        Some(match self {
            Self::TimeLimit { limit_millis, .. } => {
                ("resourceLimits.timeout", format!("{limit_millis}ms"))
            }
            Self::MemoryLimit { limit, .. } => ("resourceLimits.memory", limit.clone()),
            Self::ReplyTooLarge { .. } => ("answer", "8MB".to_owned()),
            Self::HostCalls { limit, .. } => ("requests", limit.to_string()),
            Self::LogFlood { limit, .. } => ("log lines", limit.to_string()),
            Self::TooLarge(_) => ("message", "16MB".to_owned()),
            _ => return None,
        })
    }
}
