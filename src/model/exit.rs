//! Exit codes: the part of the contract that scripts read.

use serde::Serialize;

/// What the process tells its caller. Documented in the README table, which is generated from here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ExitCode {
    /// Done.
    Done = 0,
    /// A finished verdict, and it is no: findings at or over the threshold, failing tests.
    Negative = 1,
    /// Wrong usage, manifest or configuration.
    Usage = 2,
    /// Input is needed and nobody can be asked.
    InputNeeded = 3,
    /// Not authenticated, or not allowed by the registry.
    Authentication = 4,
    /// Network or registry trouble.
    Network = 5,
    /// Integrity or signature check failed.
    Integrity = 6,
    /// Refused by policy: a permission, or compatibility.
    Policy = 7,
    /// Partly done; the message says what is left.
    Partial = 8,
    /// A bug of ours.
    Bug = 70,
    /// A time limit was hit.
    TimeLimit = 124,
    /// Interrupted by the user.
    Interrupted = 130,
}

impl ExitCode {
    /// Every code, in ascending order, for generated documentation.
    pub const ALL: [Self; 12] = [
        Self::Done,
        Self::Negative,
        Self::Usage,
        Self::InputNeeded,
        Self::Authentication,
        Self::Network,
        Self::Integrity,
        Self::Policy,
        Self::Partial,
        Self::Bug,
        Self::TimeLimit,
        Self::Interrupted,
    ];

    /// The number the process exits with.
    pub fn number(self) -> u8 {
        self as u8
    }

    /// One short sentence for the README and for `explain`.
    pub fn meaning(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Negative => "the verdict is no: findings at or over the threshold, failing tests",
            Self::Usage => "wrong usage, manifest or configuration",
            Self::InputNeeded => "input is needed and there is no terminal to ask on",
            Self::Authentication => "authentication failed or is missing",
            Self::Network => "network or registry trouble",
            Self::Integrity => "an integrity or signature check failed",
            Self::Policy => "refused by policy: a permission, or compatibility",
            Self::Partial => "partly done; the message says what is left",
            Self::Bug => "a bug in daino-pdk; please report it",
            Self::TimeLimit => "a time limit was hit",
            Self::Interrupted => "interrupted",
        }
    }
}
