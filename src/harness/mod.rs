//! Runs a plugin's test files: each in its own fresh sandbox, with its own fresh database.
//!
//! Files run in parallel up to a bound and are reported in path order, so that two runs of the
//! same tree read the same. A file that does not load, crashes or hits a limit is one failure of
//! the report, never of the run.
//!
//! Beside the author's files there are suites without code: fixtures, conformance, security,
//! performance. Their modules are built in (`sandbox/js/suite`) and run on the same engine.

mod change;
mod error;
mod find;
mod handler;
mod lazy;
mod options;
mod outcome;
mod output;
mod repeat;
pub(crate) mod report;
mod request;
mod run;
mod session;
mod snapshots;

use std::sync::Arc;

use crate::error::ErrorCode;
use crate::model::Observer;
use crate::model::test_report::TestReport;
use crate::project::Project;
use crate::sandbox::DatabaseError;

pub(crate) use change::Change;
pub(crate) use error::HarnessError;
pub(crate) use find::Suite;
pub(crate) use options::{Budgets, RunOptions, Shard, SnapshotMode};

/// Codes of this module.
pub(crate) const CODES: &[&ErrorCode] = error::CODES;

/// A run: what it found out, and what it wants written into the plugin.
#[derive(Debug)]
pub(crate) struct Run {
    /// What it found out.
    pub report: TestReport,
    /// Snapshots to write.
    pub changes: Vec<Change>,
    /// Snapshot files whose test file is gone.
    pub orphans: Vec<crate::model::TreePath>,
}

/// Runs the plugin's tests.
pub(crate) async fn run(
    project: &Project,
    options: &RunOptions,
    observer: &dyn Observer,
) -> Result<Run, HarnessError> {
    let all = find::find(project, &options.suites);
    if all.is_empty() && options.fail_on_no_tests {
        let folders: Vec<String> = options.suites.iter().map(|s| s.folder()).collect();
        return Err(HarnessError::NoFiles(folders.join("`, `")));
    }
    let jobs = options.shard.map_or_else(|| all.clone(), |shard| shard.take(all.clone()));
    let (report, changes) = run::run_all(jobs, options, observer, |job| async move {
        let mut runs = Vec::new();
        let mut changes = Vec::new();
        for number in 0..options.repeat.get() {
            let seed = options.seed.wrapping_add(number);
            let (file, wanted) =
                session::run_job(project, options, &job, seed, no_database()).await;
            runs.push((seed, file));
            if number == 0 {
                changes = wanted;
            }
        }
        (repeat::merge(runs), changes)
    })
    .await;
    let report = run::require_match(report, &options.filter)?;
    let changes = changes.into_iter().flatten().collect();
    Ok(Run { report, changes, orphans: snapshots::orphans(&project.files) })
}

fn no_database() -> Arc<lazy::Lazy> {
    lazy::Lazy::new(|| {
        Box::pin(async {
            Err(DatabaseError {
                code: "DAINO_CONNECTION".to_owned(),
                message: "this version of daino-pdk has no test database yet".to_owned(),
                detail: None,
                hint: Some("test the logic around it with plain values".to_owned()),
            })
        })
    })
}
