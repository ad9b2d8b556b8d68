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
                .then(|| TestFailure::new("PerformanceError", worded(&dearer, max_regress)));
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

/// One number that became dearer.
struct Dearer {
    what: &'static str,
    before: f64,
    now: f64,
}

fn regressions(before: &Measure, now: &Measure, max_regress: f64) -> Vec<Dearer> {
    // The last digit of a rounded count is no regression.
    let exact = [
        ("thousand engine steps per call", before.ticks, now.ticks, 0.5),
        ("statements per call", before.queries, now.queries, 0.01),
        ("requests per call", before.fetches, now.fetches, 0.01),
        ("bytes kept per call", before.growth, now.growth, 16.0),
    ];
    // Wall time and processor time show the neighbours, too.
    let times =
        [("ms in the middle", before.p50, now.p50), ("ms of the processor", before.cpu, now.cpu)];
    let slack = |old: f64, factor: f64| old * (1.0 + factor * max_regress / 100.0);
    let exact = exact.into_iter().filter(|(_, old, new, more)| *new > slack(*old, 1.0) + more);
    let exact = exact.map(|(what, before, now, _)| Dearer { what, before, now });
    let times =
        times.into_iter().filter(|(_, old, new)| *new > slack(*old, TIME_FACTOR) + NOISE_MILLIS);
    exact.chain(times.map(|(what, before, now)| Dearer { what, before, now })).collect()
}

/// A line per number, the columns below each other.
fn worded(dearer: &[Dearer], max_regress: f64) -> String {
    let number = |value: f64| format!("{}", (value * 1000.0).round() / 1000.0);
    let width = |of: fn(&Dearer) -> f64| {
        dearer.iter().map(|one| number(of(one)).len()).max().unwrap_or_default()
    };
    let (before, now) = (width(|one| one.before), width(|one| one.now));
    let line = |one: &Dearer| {
        let more = if one.before > 0.0 {
            format!("+{:.0} %", (one.now / one.before - 1.0) * 100.0)
        } else {
            "new".to_owned()
        };
        format!(
            "{:>before$} -> {:>now$} {} ({more})",
            number(one.before),
            number(one.now),
            one.what
        )
    };
    let lines: Vec<String> = dearer.iter().map(line).collect();
    format!("dearer than before by more than {max_regress} %:\n{}", lines.join("\n"))
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
            cpu: 0.1,
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
    fn the_words_stand_below_each_other() {
        let (before, now) = (measure(100.0, 2.0, 1.0), measure(1250.5, 2.0, 20.0));
        let text = worded(&regressions(&before, &Measure { fetches: 1.0, ..now }, 10.0), 10.0);
        assert_eq!(
            text,
            "dearer than before by more than 10 %:\n100 -> 1250.5 thousand engine steps per call (+1150 %)\n  0 ->      1 requests per call (new)\n  1 ->     20 ms in the middle (+1900 %)"
        );
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
