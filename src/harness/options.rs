//! How a run is made.

use std::collections::BTreeMap;
use std::num::{NonZeroU32, NonZeroUsize};
use std::str::FromStr;
use std::time::Duration;

use super::Suite;
use crate::sandbox::AuditTrail;

/// How a run is made.
#[derive(Debug, Clone)]
pub(crate) struct RunOptions {
    /// Which suites.
    pub suites: Vec<Suite>,
    /// Which tests: a piece of the file's path or of a test's full name; empty for all.
    pub filter: String,
    /// Longest time of one file, its sandbox and database included.
    pub timeout: Duration,
    /// Most files at the same time.
    pub jobs: NonZeroUsize,
    /// Decides all randomness inside the tests.
    pub seed: u32,
    /// Where the virtual clock starts, milliseconds since 1970; `None` for the machine's clock.
    pub clock: Option<u64>,
    /// Seed of the order in which the tests of a file run; `None` for the order they are written in.
    pub shuffle: Option<u32>,
    /// How often each file runs.
    pub repeat: NonZeroU32,
    /// After how many failures the rest is left out.
    pub bail: Option<NonZeroU32>,
    /// Which part of the files.
    pub shard: Option<Shard>,
    /// What may be done to snapshots.
    pub snapshots: SnapshotMode,
    /// Whether a test marked with `.only` is a failure.
    pub forbid_only: bool,
    /// Whether nothing to run is an error.
    pub fail_on_no_tests: bool,
    /// What the handlers may cost at most, for the performance suite.
    pub budgets: Budgets,
    /// Whether requests that nothing maps are made and written down.
    pub record_http: bool,
    /// Hosts mapped to a server on this machine, `host:port` -> its address.
    pub mocks: BTreeMap<String, String>,
    /// Secrets in place of those the tests give: only while requests are made.
    pub secrets: BTreeMap<String, String>,
    /// Whether nothing may be fetched.
    pub offline: bool,
    /// Whether to count which code ran.
    pub coverage: bool,
    /// Who keeps what the tests used and were refused.
    pub audit: Option<std::sync::Arc<AuditTrail>>,
}

impl Default for RunOptions {
    fn default() -> Self {
        Self {
            suites: vec![Suite::All],
            filter: String::new(),
            timeout: Duration::from_secs(30),
            jobs: std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN),
            seed: 1,
            clock: None,
            shuffle: None,
            repeat: NonZeroU32::MIN,
            bail: None,
            shard: None,
            snapshots: SnapshotMode::None,
            forbid_only: false,
            fail_on_no_tests: true,
            budgets: Budgets::default(),
            record_http: false,
            mocks: BTreeMap::new(),
            secrets: BTreeMap::new(),
            offline: false,
            coverage: false,
            audit: None,
        }
    }
}

/// What a run may do to snapshots.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SnapshotMode {
    /// Nothing: a snapshot that is not there is a failure.
    None,
    /// Write what is not there yet.
    New,
    /// Write what is not there and what differs; take out what no test asks for.
    All,
}

impl SnapshotMode {
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::New => "new",
            Self::All => "all",
        }
    }
}

/// One of several parts of the files, for machines that share the work: `2/3`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Shard {
    part: usize,
    of: usize,
}

/// A text that names no shard.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("expected PART/PARTS such as 1/3, with PART from 1 to PARTS")]
pub(crate) struct ShardError;

impl FromStr for Shard {
    type Err = ShardError;
    fn from_str(text: &str) -> Result<Self, ShardError> {
        let (part, of) = text.split_once('/').ok_or(ShardError)?;
        let (part, of) =
            (part.parse().map_err(|_| ShardError)?, of.parse().map_err(|_| ShardError)?);
        if part == 0 || part > of || of > 10_000 {
            return Err(ShardError);
        }
        Ok(Self { part, of })
    }
}

impl Shard {
    /// Its part of a list: every so-manyth item, so that the parts are of like size.
    pub(super) fn take<T>(self, list: Vec<T>) -> Vec<T> {
        list.into_iter().skip(self.part - 1).step_by(self.of).collect()
    }
}

/// What a handler may cost at most; `None` for no bound.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Budgets {
    /// Milliseconds of 95 in 100 calls.
    pub max_p95: Option<f64>,
    /// Thousands of engine steps per call.
    pub max_ticks: Option<f64>,
    /// Database statements per call.
    pub max_queries: Option<f64>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shards_cover_all_and_do_not_overlap() {
        let all: Vec<u32> = (0..10).collect();
        let mut seen: Vec<u32> = (1..=3)
            .flat_map(|part| format!("{part}/3").parse::<Shard>().unwrap().take(all.clone()))
            .collect();
        seen.sort_unstable();
        assert_eq!(seen, all);
        for wrong in ["0/3", "4/3", "1", "a/b", "1/0", "1/99999"] {
            assert!(wrong.parse::<Shard>().is_err(), "{wrong}");
        }
    }
}
