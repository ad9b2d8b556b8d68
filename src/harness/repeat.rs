//! One file that ran several times: a test that passes in some runs and fails in others is flaky.

use crate::model::test_report::{Repeats, TestCase, TestFile, TestStatus};

/// Puts the runs of one file together, each with its seed. The first run that failed speaks.
pub(super) fn merge(runs: Vec<(u32, TestFile)>) -> TestFile {
    let count = u32::try_from(runs.len()).unwrap_or(u32::MAX);
    let mut runs = runs.into_iter();
    let Some((seed, mut first)) = runs.next() else { return TestFile::default() };
    if count == 1 {
        return first;
    }
    for test in &mut first.tests {
        test.repeats = Some(repeats(test, 1, seed));
    }
    for (seed, run) in runs {
        first.millis += run.millis;
        first.timed_out |= run.timed_out;
        if first.error.is_none() {
            first.error = run.error;
        }
        for test in run.tests {
            match first.tests.iter_mut().find(|known| known.path == test.path) {
                Some(known) => add(known, test, seed),
                None => {
                    let repeats = Some(repeats(&test, 1, seed));
                    first.tests.push(TestCase { repeats, ..test });
                }
            }
        }
    }
    for test in &mut first.tests {
        explain(test);
    }
    first
}

fn repeats(test: &TestCase, runs: u32, seed: u32) -> Repeats {
    let failed = test.status == TestStatus::Failed;
    Repeats { runs, failed: u32::from(failed), seed: failed.then_some(seed) }
}

fn add(known: &mut TestCase, test: TestCase, seed: u32) {
    let mut repeats = known.repeats.unwrap_or(Repeats { runs: 0, failed: 0, seed: None });
    repeats.runs += 1;
    known.millis += test.millis;
    if test.status == TestStatus::Failed {
        repeats.failed += 1;
        if repeats.seed.is_none() {
            repeats.seed = Some(seed);
            known.status = TestStatus::Failed;
            known.failure = test.failure;
        }
    }
    known.repeats = Some(repeats);
}

fn explain(test: &mut TestCase) {
    let is_flaky = test.is_flaky();
    if let (true, Some(repeats), Some(failure)) = (is_flaky, test.repeats, &mut test.failure) {
        let seed = repeats.seed.unwrap_or_default();
        failure.message = format!(
            "flaky: failed in {} of {} runs, first with `--seed {seed}`\n{}",
            repeats.failed, repeats.runs, failure.message
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::test_report::TestFailure;

    fn file(statuses: &[(&str, bool)]) -> TestFile {
        let case = |(name, passed): &(&str, bool)| TestCase {
            path: vec![(*name).to_owned()],
            status: if *passed { TestStatus::Passed } else { TestStatus::Failed },
            millis: 1.0,
            place: None,
            tries: None,
            repeats: None,
            note: None,
            failure: (!passed).then(|| TestFailure::new("Error", "no")),
        };
        TestFile { tests: statuses.iter().map(case).collect(), ..TestFile::default() }
    }

    #[test]
    fn what_fails_sometimes_is_flaky_and_names_the_seed() {
        let merged = merge(vec![
            (1, file(&[("a", true), ("b", true), ("c", false)])),
            (2, file(&[("a", true), ("b", false), ("c", false)])),
            (3, file(&[("a", true), ("b", true), ("c", false)])),
        ]);
        assert_eq!(merged.failed(), 2);
        assert!(!merged.tests[0].is_flaky() && merged.tests[1].is_flaky());
        let message = &merged.tests[1].failure.as_ref().unwrap().message;
        assert!(message.starts_with("flaky: failed in 1 of 3 runs, first with `--seed 2`"));
        assert!(!merged.tests[2].is_flaky());
        assert_eq!(merged.tests[2].failure.as_ref().unwrap().message, "no");
    }
}
