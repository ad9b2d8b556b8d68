//! Runs a plugin's test files: each in its own fresh sandbox, with its own fresh database.
//!
//! Files run in parallel up to a bound and are reported in path order, so that two runs of the
//! same tree read the same. A file that does not load, crashes or hits a limit is one failure of
//! the report, never of the run.

mod error;
mod find;
mod lazy;
mod outcome;
mod output;
pub(crate) mod report;
mod run;
mod session;

use std::sync::Arc;

use crate::error::ErrorCode;
use crate::model::test_report::{TestFile, TestReport};
use crate::model::{Observer, TreePath};
use crate::project::Project;
use crate::store::testing::TestDatabases;
use crate::store::{self, PluginAccess};

pub(crate) use error::HarnessError;
pub(crate) use find::{Suite, find};
pub(crate) use run::RunOptions;

/// Codes of this module.
pub(crate) const CODES: &[&ErrorCode] = error::CODES;

/// Runs the plugin's test files.
pub(crate) async fn run(
    project: &Project,
    options: &RunOptions,
    observer: &dyn Observer,
) -> Result<TestReport, HarnessError> {
    let files = find(&project.files, options.suite);
    if files.is_empty() {
        return Err(HarnessError::NoFiles(options.suite.folder().to_owned()));
    }
    let databases = Arc::new(databases(project, options));
    if files.iter().any(|file| may_use_database(project, file)) {
        databases.prepare(observer).await;
    }
    let report = run::run_all(files, options.jobs, observer, |file| {
        run_file(project, options, file, Arc::clone(&databases))
    })
    .await;
    databases.close().await;
    run::require_match(report, &options.filter)
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

/// Whether a test file looks as if it needed a database; decides only when PostgreSQL is fetched.
fn may_use_database(project: &Project, file: &TreePath) -> bool {
    project.files.text(file.as_str()).is_some_and(|text| text.contains("createContext"))
}

/// One file with a database of its own, which is dropped afterwards.
async fn run_file(
    project: &Project,
    options: &RunOptions,
    file: TreePath,
    databases: Arc<TestDatabases>,
) -> TestFile {
    let source = Arc::clone(&databases);
    let lazy = lazy::Lazy::new(move || {
        let databases = Arc::clone(&source);
        Box::pin(async move { databases.fresh().await })
    });
    let done = session::run_file(project, options, file, Arc::clone(&lazy)).await;
    if let Some(database) = lazy.into_database() {
        databases.release(database).await;
    }
    done
}
