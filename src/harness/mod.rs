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
use crate::model::Observer;
use crate::model::test_report::TestReport;
use crate::project::Project;
use crate::sandbox::DatabaseError;

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
    let report = run::run_all(files, options.jobs, observer, |file| {
        session::run_file(project, options, file, no_database())
    })
    .await;
    run::require_match(report, &options.filter)
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
