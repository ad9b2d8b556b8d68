//! The messages themselves. Arguments and answers travel as raw JSON: neither side parses what
//! it only passes on.

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::sandbox::host::{DatabaseError, LogLevel};
use crate::sandbox::instance::Target;
use crate::script::ModuleGraph;

/// Version of the protocol; both sides are the same binary, so anything else is an accident.
pub(crate) const VERSION: u32 = 1;

/// What the broker sends.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) enum BrokerToWorker {
    /// Builds the engine. First message, exactly once.
    Start(Box<Start>),
    /// Calls into the plugin.
    Call {
        /// Number of the call.
        id: u64,
        /// What to call.
        target: Target,
        /// A JSON array.
        arguments: Box<RawValue>,
        /// Wall clock the call may take.
        timeout_millis: u64,
    },
    /// Answers a host call.
    HostReply {
        /// Number of the host call.
        id: u64,
        /// The answer.
        result: Result<Box<RawValue>, HostFailure>,
    },
}

/// What the engine is built from.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Start {
    /// The plugin's code.
    pub graph: ModuleGraph,
    /// Memory of the JavaScript heap, bytes.
    pub memory: u64,
    /// `{config, secrets, store, entry, files}` for the platform.
    pub settings: serde_json::Value,
}

/// Why the broker did not do what was asked; becomes an `Error` in the plugin.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct HostFailure {
    /// `error.code`.
    pub code: String,
    /// `error.message`.
    pub message: String,
    /// `error.detail`.
    pub detail: Option<String>,
    /// `error.hint`.
    pub hint: Option<String>,
    /// `error.limit`: the limit that was met, such as `resourceLimits.networkConnections`.
    #[serde(default)]
    pub limit: Option<String>,
}

impl HostFailure {
    /// A refusal: the plugin may not, or asked for something that is not there.
    pub(crate) fn denied(message: impl Into<String>) -> Self {
        Self::of("DAINO_DENIED", message.into())
    }

    /// A limit that was met: its name, the value in force, what the author can do.
    pub(crate) fn limit(limit: &str, message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self {
            hint: Some(hint.into()),
            limit: Some(limit.to_owned()),
            ..Self::of("DAINO_LIMIT", message.into())
        }
    }

    /// A failure with a code and nothing more.
    pub(crate) fn of(code: &str, message: String) -> Self {
        Self { code: code.to_owned(), message, detail: None, hint: None, limit: None }
    }
}

impl From<&HostFailure> for DatabaseError {
    fn from(failure: &HostFailure) -> Self {
        let HostFailure { code, message, detail, hint, .. } = failure.clone();
        Self { code, message, detail, hint }
    }
}

impl From<DatabaseError> for HostFailure {
    fn from(error: DatabaseError) -> Self {
        let DatabaseError { code, message, detail, hint } = error;
        Self { code, message, detail, hint, limit: None }
    }
}

/// What the worker sends.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) enum WorkerToBroker {
    /// First message: who it is and how it is confined.
    Hello {
        /// Must be [`VERSION`].
        version: u32,
        /// Every layer of confinement.
        layers: Vec<LayerReport>,
    },
    /// The engine stands.
    Ready,
    /// The engine could not be built.
    NotReady(CallFailure),
    /// Asks the broker to do something.
    HostCall {
        /// Number of the host call.
        id: u64,
        /// What, such as `db.query`.
        op: String,
        /// Its arguments.
        arguments: Box<RawValue>,
    },
    /// A line for the log.
    Log {
        /// How loud.
        level: LogLevel,
        /// The line.
        text: String,
    },
    /// The plugin emitted an event.
    Emitted {
        /// Its name.
        name: String,
        /// Its payload.
        payload: Box<RawValue>,
    },
    /// What came of an attack that `doctor --sandbox` asked for.
    Attacked {
        /// Whether it got through, and how it ended.
        outcome: AttackOutcome,
    },
    /// The call ended.
    Done {
        /// Number of the call.
        id: u64,
        /// How.
        result: Result<CallReply, CallFailure>,
    },
}

/// How an attack ended that the worker survived.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum AttackOutcome {
    /// Refused, with the system's reason.
    Refused(String),
    /// It worked.
    Allowed,
}

/// One layer of confinement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct LayerReport {
    /// Stable name, such as `seccomp`.
    pub name: String,
    /// Whether a worker may run without it.
    pub required: bool,
    /// How it stands.
    pub state: LayerState,
}

impl LayerReport {
    /// One line for people, and whether the layer is in force.
    pub(crate) fn line(&self) -> (String, bool) {
        match &self.state {
            LayerState::Active => (self.name.clone(), true),
            LayerState::Absent(why) => (format!("{}: {why}", self.name), false),
        }
    }
}

/// How a layer stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum LayerState {
    /// In force.
    Active,
    /// Not there, and why.
    Absent(String),
}

/// What a call gave.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct CallReply {
    /// The value, `null` for `undefined`.
    pub value: Box<RawValue>,
    /// Resources.
    pub used: Use,
}

/// What a call used.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Use {
    /// Wall clock, milliseconds.
    pub millis: f64,
    /// Requests to the broker.
    pub host_calls: u64,
    /// Most bytes of the engine's heap in use.
    pub peak_heap: u64,
}

/// Why a call gave nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum CallFailure {
    /// The plugin threw.
    Thrown(Thrown),
    /// There is no such method or export; the names that are there.
    NoSuchMethod(Vec<String>),
    /// The code could not be loaded.
    Load(Thrown),
    /// The deadline passed.
    TimeLimit,
    /// The engine's heap is full.
    MemoryLimit,
    /// Waits for something that nothing can bring about.
    NeverSettles,
    /// The value has no JSON form: a cycle, a `BigInt`.
    NotJson(String),
    /// The value is too large.
    ReplyTooLarge(u64),
}

/// Something thrown, in words; every part is bounded.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Thrown {
    /// `error.name`, or the type of what is no error.
    pub name: String,
    /// `error.message`, or the value in words.
    pub message: String,
    /// Lines of the author's files, one frame per line.
    pub stack: String,
    /// `error.code`, when it is text.
    #[serde(default)]
    pub code: Option<String>,
}
