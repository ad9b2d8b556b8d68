//! What a run found, and its forms.

pub(crate) mod pretty;
pub(crate) mod sarif;

use serde::Serialize;

use super::run::{Options, Profile};
use super::score::{CheckScore, score};
use crate::model::Finding;

/// What a run found.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Report {
    /// How strict the run was.
    pub profile: Profile,
    /// Whether no finding is at or over the threshold.
    pub passed: bool,
    /// 0 to 100.
    pub score: u32,
    /// The parts of the score.
    pub checks: Vec<CheckScore>,
    /// How many findings fail the run.
    pub failing: usize,
    /// How many findings comments took back.
    pub suppressed: usize,
    /// How many files there are.
    pub files: usize,
    /// Whether a limit of work ended following values early.
    #[serde(rename = "partial", skip_serializing_if = "std::ops::Not::not")]
    pub is_partial: bool,
    /// Findings, by file and line.
    pub issues: Vec<Finding>,
}

impl Report {
    /// The report of a run that broke; it never passes.
    pub(super) fn failed(options: &Options) -> Self {
        let (_, checks) = score(&[]);
        Self {
            profile: options.profile,
            passed: false,
            score: 0,
            checks,
            failing: 0,
            suppressed: 0,
            files: 0,
            is_partial: true,
            issues: Vec::new(),
        }
    }
}
