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
pub(crate) mod coverage;
mod error;
mod find;
mod handler;
mod lazy;
mod options;
mod outcome;
mod output;
mod probes;
mod recording;
mod repeat;
pub(crate) mod report;
mod request;
mod rig;
mod run;
mod session;
mod snapshots;
#[cfg(feature = "dev")]
mod touched;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::error::ErrorCode;
use crate::model::Observer;
use crate::model::test_report::{TestFile, TestReport};
use crate::project::Project;
use crate::sandbox::Template;
use crate::script::Packages;
use crate::store::testing::TestDatabases;
use crate::store::{self, PluginAccess};

pub(crate) use change::Change;
use coverage::{Coverage, Instrumented};
pub(crate) use error::HarnessError;
pub(crate) use find::Suite;
use find::{Job, JobKind};
pub(crate) use options::{Budgets, RunOptions, Shard, SnapshotMode};
pub(crate) use rig::Rig;
use session::Done;
#[cfg(feature = "dev")]
pub(crate) use touched::Dependencies;

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
    /// Which code ran, when it was asked for.
    pub coverage: Option<Coverage>,
}

/// Runs the plugin's tests.
pub(crate) async fn run(
    project: &Project,
    options: &RunOptions,
    observer: &dyn Observer,
) -> Result<Run, HarnessError> {
    let mut rig = Rig::new();
    let run = rig.run(project, options, None, observer).await;
    rig.close().await;
    run
}

/// The plugin as it is, and with counters in its code when coverage was asked for.
struct Plugin<'p> {
    project: &'p Project,
    counted: Option<&'p Instrumented>,
    /// What its tests may import besides.
    packages: &'p Packages,
    /// What the sandbox of each file is copied from.
    template: &'p Template,
}

/// What a job gives beside its results.
#[derive(Default)]
struct More {
    changes: Vec<Change>,
    counts: Vec<BTreeMap<String, Vec<u64>>>,
}

/// One job as often as is asked for, each time with another seed.
async fn run_times(
    plugin: &Plugin<'_>,
    options: &RunOptions,
    job: &Job,
    databases: &Arc<TestDatabases>,
) -> (TestFile, More) {
    let mut runs = Vec::new();
    let mut more = More::default();
    for number in 0..options.repeat.get() {
        let seed = options.seed.wrapping_add(number);
        let done = run_once(plugin, options, job, seed, databases).await;
        runs.push((seed, done.file));
        more.counts.push(done.counts);
        if number == 0 {
            more.changes = done.changes;
        }
    }
    (repeat::merge(runs), more)
}

/// The databases of a run; nothing is started yet.
fn databases(project: &Project, options: &RunOptions) -> TestDatabases {
    let manifest = &project.manifest;
    let access = PluginAccess {
        slug: manifest.slug.clone(),
        permissions: manifest.permissions.clone(),
        limits: manifest.resource_limits.clone(),
    };
    TestDatabases::new(access, store::migrations(&project.files), options.offline)
}

/// Whether a job looks as if it needed a database; decides only when the server is started: before
/// the tests, or within the time of the first one that asks.
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
    plugin: &Plugin<'_>,
    options: &RunOptions,
    job: &Job,
    seed: u32,
    databases: &Arc<TestDatabases>,
) -> Done {
    let source = Arc::clone(databases);
    let lazy = lazy::Lazy::new(move || {
        let databases = Arc::clone(&source);
        Box::pin(async move { databases.fresh().await })
    });
    let done = session::run_job(plugin, options, job, seed, Arc::clone(&lazy)).await;
    if let Some(database) = lazy.into_database() {
        databases.release(database).await;
    }
    done
}
