//! Runs files in parallel up to a bound, and puts the results in path order.

use std::future::Future;
use std::num::NonZeroUsize;
use std::time::Duration;

use futures_util::StreamExt;
use futures_util::stream::FuturesUnordered;

use super::{HarnessError, Suite};
use crate::model::test_report::{TestFile, TestReport};
use crate::model::{Observer, Stage, TreePath, event::Tell};

/// How a run is made.
#[derive(Debug, Clone)]
pub(crate) struct RunOptions {
    /// Which files.
    pub suite: Suite,
    /// Which tests: a piece of the file's path or of a test's full name; empty for all.
    pub filter: String,
    /// Longest time of one file, its sandbox and database included.
    pub timeout: Duration,
    /// Most files at the same time.
    pub jobs: NonZeroUsize,
    /// Whether nothing may be fetched.
    pub offline: bool,
}

/// Runs every file through `run_one`, at most `jobs` at a time.
pub(super) async fn run_all<F, R>(
    files: Vec<TreePath>,
    jobs: NonZeroUsize,
    observer: &dyn Observer,
    run_one: F,
) -> TestReport
where
    F: Fn(TreePath) -> R,
    R: Future<Output = TestFile>,
{
    let total = files.len() as u64;
    observer.start_sized(Stage::Test, "tests", total, "files");
    let mut waiting = files.into_iter();
    let mut running: FuturesUnordered<R> =
        waiting.by_ref().take(jobs.get()).map(&run_one).collect();
    let mut done = Vec::new();
    while let Some(file) = running.next().await {
        done.push(file);
        observer.progress(Stage::Test, done.len() as u64);
        if let Some(next) = waiting.next() {
            running.push(run_one(next));
        }
    }
    done.sort_by(|a, b| a.file.cmp(&b.file));
    observer.finish(Stage::Test, format!("{total} files"));
    TestReport { files: done }
}

/// Leaves out files of which the filter left nothing; refuses a report in which nothing is left.
pub(super) fn require_match(
    mut report: TestReport,
    filter: &str,
) -> Result<TestReport, HarnessError> {
    if filter.is_empty() {
        return Ok(report);
    }
    report.files.retain(|file| !file.tests.is_empty() || file.error.is_some());
    if report.files.is_empty() {
        return Err(HarnessError::NoMatch(filter.to_owned()));
    }
    Ok(report)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::event::Silent;
    use std::cell::Cell;

    #[tokio::test]
    async fn keeps_the_bound_and_the_order() {
        let names =
            ["d", "c", "b", "a"].map(|n| TreePath::new(&format!("tests/{n}.test.js")).unwrap());
        let (now, most) = (Cell::new(0), Cell::new(0));
        let report = run_all(names.to_vec(), NonZeroUsize::new(2).unwrap(), &Silent, |file| {
            let (now, most) = (&now, &most);
            async move {
                now.set(now.get() + 1);
                most.set(most.get().max(now.get()));
                tokio::task::yield_now().await;
                now.set(now.get() - 1);
                TestFile {
                    file,
                    tests: Vec::new(),
                    error: None,
                    timed_out: false,
                    output: String::new(),
                    millis: 0.0,
                }
            }
        })
        .await;
        let order: Vec<&str> = report.files.iter().map(|f| f.file.as_str()).collect();
        assert_eq!(order.first().copied(), Some("tests/a.test.js"));
        assert_eq!((order.len(), most.get()), (4, 2));
    }
}
