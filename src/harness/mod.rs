//! Runs a plugin's test files: each in its own fresh sandbox, with its own fresh database.
//!
//! Files run in parallel up to a bound and are reported in path order, so that two runs of the
//! same tree read the same. A file that does not load, crashes or hits a limit is one failure of
//! the report, never of the run.
//!
//! Beside the author's files there are suites without code: fixtures, conformance, security,
//! performance. Their modules are built in (`sandbox/js/suite`) and run on the same engine.

pub(crate) mod bench;
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
use crate::model::test_report::{TestFile, TestReport};
use crate::project::Project;
use crate::store::testing::TestDatabases;
use crate::store::{self, PluginAccess};

pub(crate) use change::Change;
pub(crate) use error::HarnessError;
pub(crate) use find::Suite;
use find::{Job, JobKind};
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
    let databases = Arc::new(databases(project, options));
    if jobs.iter().any(|job| may_use_database(project, job)) {
        databases.prepare(observer).await;
    }
    let (report, changes) = run::run_all(jobs, options, observer, |job| {
        let databases = &databases;
        async move { run_times(project, options, &job, databases).await }
    })
    .await;
    databases.close().await;
    let report = run::require_match(report, &options.filter)?;
    let changes = changes.into_iter().flatten().collect();
    Ok(Run { report, changes, orphans: snapshots::orphans(&project.files) })
}

/// One job as often as is asked for, each time with another seed.
async fn run_times(
    project: &Project,
    options: &RunOptions,
    job: &Job,
    databases: &Arc<TestDatabases>,
) -> (TestFile, Vec<Change>) {
    let mut runs = Vec::new();
    let mut changes = Vec::new();
    for number in 0..options.repeat.get() {
        let seed = options.seed.wrapping_add(number);
        let (file, wanted) = run_once(project, options, job, seed, databases).await;
        runs.push((seed, file));
        if number == 0 {
            changes = wanted;
        }
    }
    (repeat::merge(runs), changes)
}

/// The databases of a run: nothing is started before a test asks.
fn databases(project: &Project, options: &RunOptions) -> TestDatabases {
    let manifest = &project.manifest;
    let access = PluginAccess {
        slug: manifest.slug.clone(),
        permissions: manifest.permissions.clone(),
        limits: manifest.resource_limits.clone(),
    };
    TestDatabases::new(access, store::migrations(&project.files), options.offline)
}

/// Whether a job looks as if it needed a database; decides only when PostgreSQL is fetched.
fn may_use_database(project: &Project, job: &Job) -> bool {
    let uses = |path: &str, word: &str| project.files.text(path).is_some_and(|t| t.contains(word));
    match &job.kind {
        JobKind::File(path) => uses(path.as_str(), "createContext"),
        _ => project.files.paths().any(|path| {
            !path.is_below("tests")
                && ["db.", "storage.", "supabase", "sequelize"]
                    .iter()
                    .any(|w| uses(path.as_str(), w))
        }),
    }
}

/// One run with a database of its own, which is dropped afterwards.
async fn run_once(
    project: &Project,
    options: &RunOptions,
    job: &Job,
    seed: u32,
    databases: &Arc<TestDatabases>,
) -> (TestFile, Vec<Change>) {
    let source = Arc::clone(databases);
    let lazy = lazy::Lazy::new(move || {
        let databases = Arc::clone(&source);
        Box::pin(async move { databases.fresh().await })
    });
    let done = session::run_job(project, options, job, seed, Arc::clone(&lazy)).await;
    if let Some(database) = lazy.into_database() {
        databases.release(database).await;
    }
    done
}
