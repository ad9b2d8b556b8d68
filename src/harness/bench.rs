//! Costs of handlers kept in a file, and what has become dearer since.
//!
//! Engine steps, statements, requests and kept memory are the same on every machine and compare
//! exactly; wall time only counts when it is far off.

use serde::{Deserialize, Serialize};

use crate::model::test_report::{Measure, TestCase, TestFailure, TestReport, TestStatus};

/// Version of the file.
const VERSION: u32 = 1;
/// Wall time below which a difference is noise, milliseconds.
const NOISE_MILLIS: f64 = 5.0;
/// How many times the allowed regression wall time may take.
const TIME_FACTOR: f64 = 4.0;
/// Largest file that is read, bytes.
pub(crate) const MOST_BYTES: u64 = 4 * 1024 * 1024;

#[derive(Debug, Serialize, Deserialize)]
struct Saved {
    schema_version: u32,
    measures: Vec<Measure>,
}

/// The costs of a run as a file.
pub(crate) fn save(report: &TestReport) -> String {
    let measures = report.files.iter().flat_map(|file| file.measures.clone()).collect();
    let saved = Saved { schema_version: VERSION, measures };
    serde_json::to_string_pretty(&saved).unwrap_or_default() + "\n"
}

/// Reads such a file; an error says what is wrong with it.
pub(crate) fn read(text: &str) -> Result<Vec<Measure>, String> {
    let saved: Saved = serde_json::from_str(text).map_err(|error| error.to_string())?;
    if saved.schema_version != VERSION {
        return Err(format!("it has version {}, expected {VERSION}", saved.schema_version));
    }
    Ok(saved.measures)
}

/// Adds a test to each measured handler: whether it costs at most `max_regress` percent more.
pub(crate) fn compare(report: &mut TestReport, before: &[Measure], max_regress: f64) {
    for file in &mut report.files {
        for now in file.measures.clone() {
            let Some(known) = before.iter().find(|m| m.handler == now.handler) else { continue };
            let dearer = regressions(known, &now, max_regress);
            let failure = (!dearer.is_empty())
                .then(|| TestFailure::new("PerformanceError", dearer.join("; ")));
            let status = if failure.is_some() { TestStatus::Failed } else { TestStatus::Passed };
            file.tests.push(TestCase {
                path: vec![now.handler, "costs no more than before".to_owned()],
                status,
                millis: 0.0,
                place: None,
                tries: None,
                repeats: None,
                note: None,
                failure,
            });
        }
    }
}

fn regressions(before: &Measure, now: &Measure, max_regress: f64) -> Vec<String> {
    // The last digit of a rounded count is no regression.
    let exact = [
        ("thousand engine steps", before.ticks, now.ticks, 0.5),
        ("statements", before.queries, now.queries, 0.01),
        ("requests", before.fetches, now.fetches, 0.01),
        ("kept bytes", before.growth, now.growth, 16.0),
    ];
    let mut found = Vec::new();
    for (what, old, new, slack) in exact {
        if new > old * (1.0 + max_regress / 100.0) + slack {
            found.push(format!("{new} {what} per call, it was {old}"));
        }
    }
    let limit = before.p50 * (1.0 + TIME_FACTOR * max_regress / 100.0) + NOISE_MILLIS;
    if now.p50 > limit {
        found.push(format!("{} ms in the middle, it was {}", now.p50, before.p50));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::test_report::TestFile;

    fn measure(ticks: f64, queries: f64, p50: f64) -> Measure {
        Measure {
            handler: "hook a".into(),
            calls: 200,
            p50,
            p95: p50,
            p99: p50,
            ticks,
            growth: 0.0,
            queries,
            fetches: 0.0,
        }
    }

    fn failed(before: Measure, now: Measure) -> usize {
        let file = TestFile { measures: vec![now], ..TestFile::default() };
        let mut report = TestReport { files: vec![file], ..TestReport::default() };
        compare(&mut report, &read(&save(&with(before))).unwrap(), 10.0);
        assert_eq!(report.files[0].tests.len(), 1);
        report.failed()
    }

    fn with(measure: Measure) -> TestReport {
        let file = TestFile { measures: vec![measure], ..TestFile::default() };
        TestReport { files: vec![file], ..TestReport::default() }
    }

    #[test]
    fn what_is_dearer_by_more_than_the_bound_fails() {
        assert_eq!(failed(measure(100.0, 2.0, 1.0), measure(109.0, 2.0, 1.0)), 0);
        assert_eq!(failed(measure(100.0, 2.0, 1.0), measure(120.0, 2.0, 1.0)), 1);
        assert_eq!(failed(measure(100.0, 2.0, 1.0), measure(100.0, 3.0, 1.0)), 1);
        assert_eq!(failed(measure(100.0, 2.0, 1.0), measure(100.0, 2.0, 4.0)), 0);
        assert_eq!(failed(measure(100.0, 2.0, 20.0), measure(100.0, 2.0, 60.0)), 1);
        assert!(read("{}").is_err() && read(r#"{"schema_version":2,"measures":[]}"#).is_err());
    }
}
