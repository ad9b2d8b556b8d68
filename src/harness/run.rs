//! Runs jobs in parallel up to a bound, and puts the results in order.

use std::future::Future;

use futures_util::StreamExt;
use futures_util::stream::FuturesUnordered;

use super::find::Job;
use super::{HarnessError, RunOptions};
use crate::model::event::Tell;
use crate::model::test_report::{TestFile, TestReport};
use crate::model::{Observer, Stage};

/// Runs every job through `run_one`, at most `options.jobs` at a time, until `options.bail`
/// failures.
pub(super) async fn run_all<F, R, T>(
    jobs: Vec<Job>,
    options: &RunOptions,
    observer: &dyn Observer,
    run_one: F,
) -> (TestReport, Vec<T>)
where
    F: Fn(Job) -> R,
    R: Future<Output = (TestFile, T)>,
{
    let total = jobs.len() as u64;
    observer.start_sized(Stage::Test, "tests", total, "files");
    let mut waiting = jobs.into_iter();
    let mut running: FuturesUnordered<R> =
        waiting.by_ref().take(options.jobs.get()).map(&run_one).collect();
    let mut done = Vec::new();
    let mut failed = 0;
    let is_over = |failed: usize| options.bail.is_some_and(|bail| failed >= bail.get() as usize);
    while let Some((file, more)) = running.next().await {
        failed += file.failed();
        done.push((file, more));
        observer.progress(Stage::Test, done.len() as u64);
        if is_over(failed) {
            continue;
        }
        if let Some(next) = waiting.next() {
            running.push(run_one(next));
        }
    }
    done.sort_by(|(a, _), (b, _)| a.file.cmp(&b.file));
    observer.finish(Stage::Test, format!("{} files", done.len()));
    let (files, more) = done.into_iter().unzip();
    let not_run = waiting.map(|job| job.name).collect();
    (TestReport { files, seed: options.seed, clock: options.clock, not_run }, more)
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
    use std::cell::Cell;
    use std::num::{NonZeroU32, NonZeroUsize};

    use super::*;
    use crate::harness::Suite;
    use crate::harness::find::JobKind;
    use crate::model::TreePath;
    use crate::model::event::Silent;
    use crate::model::test_report::TestFailure;

    fn jobs(names: &[&str]) -> Vec<Job> {
        let job = |name: &&str| Job {
            name: (*name).to_owned(),
            suite: Suite::Unit,
            kind: JobKind::File(TreePath::new(name).unwrap()),
        };
        names.iter().map(job).collect()
    }

    #[tokio::test]
    async fn keeps_the_bound_and_the_order() {
        let (now, most) = (Cell::new(0), Cell::new(0));
        let options = RunOptions { jobs: NonZeroUsize::new(2).unwrap(), ..RunOptions::default() };
        let (report, _) = run_all(jobs(&["d", "c", "b", "a"]), &options, &Silent, |job| {
            let (now, most) = (&now, &most);
            async move {
                now.set(now.get() + 1);
                most.set(most.get().max(now.get()));
                tokio::task::yield_now().await;
                now.set(now.get() - 1);
                (TestFile { file: job.name, ..TestFile::default() }, ())
            }
        })
        .await;
        let order: Vec<&str> = report.files.iter().map(|f| f.file.as_str()).collect();
        assert_eq!(order, ["a", "b", "c", "d"]);
        assert_eq!(most.get(), 2);
    }

    #[tokio::test]
    async fn starts_no_more_files_after_enough_failures() {
        let options = RunOptions {
            jobs: NonZeroUsize::MIN,
            bail: NonZeroU32::new(2),
            ..RunOptions::default()
        };
        let (report, _) = run_all(jobs(&["a", "b", "c", "d"]), &options, &Silent, |job| async {
            let error = Some(TestFailure::new("Error", "no"));
            (TestFile { file: job.name, error, ..TestFile::default() }, ())
        })
        .await;
        assert_eq!((report.files.len(), report.not_run), (2, vec!["c".to_owned(), "d".to_owned()]));
    }
}
