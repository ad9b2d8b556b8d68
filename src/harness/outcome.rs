//! What the test engine inside the sandbox tells, read as hostile text: the plugin's code runs in
//! the same worker, so it could say anything.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

use crate::model::test_report::{Leak, Measure, Place, TestCase, TestFailure, TestStatus};

/// Longest text of one field of a failure that is kept.
const MOST_TEXT: usize = 64 * 1024;
/// Most tests of one file that are kept.
const MOST_TESTS: usize = 20_000;
/// Most timers that are named.
const MOST_LEAKS: usize = 50;

/// What a file that ran to its end gave.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ToldFile {
    tests: Vec<ToldTest>,
    /// Tests that were left out after too many failures.
    #[serde(default)]
    pub not_run: usize,
    #[serde(default)]
    leaks: Vec<ToldLeak>,
    /// What became of the snapshots.
    #[serde(default)]
    pub snapshots: Option<ToldSnapshots>,
    /// What handlers cost.
    #[serde(default)]
    pub measures: Vec<Measure>,
    /// What was asked of remote services, when that is recorded.
    #[serde(default)]
    pub http: Option<Value>,
    /// Counters of the code that ran, by file.
    #[serde(default)]
    pub coverage: BTreeMap<String, Vec<u64>>,
}

#[derive(Debug, Deserialize)]
struct ToldTest {
    path: Vec<String>,
    status: Status,
    #[serde(default)]
    millis: f64,
    #[serde(default)]
    at: Option<String>,
    #[serde(default)]
    tries: Option<u32>,
    #[serde(default)]
    note: Option<String>,
    #[serde(default)]
    failure: Option<ToldFailure>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Status {
    Passed,
    Failed,
    Skipped,
    Todo,
}

#[derive(Debug, Deserialize)]
struct ToldFailure {
    #[serde(default)]
    kind: String,
    #[serde(default)]
    message: String,
    #[serde(default)]
    stack: String,
    #[serde(default)]
    expected: Option<String>,
    #[serde(default)]
    actual: Option<String>,
}

#[derive(Debug, Deserialize)]
struct ToldLeak {
    kind: String,
    #[serde(default)]
    at: Option<String>,
    #[serde(default)]
    test: Option<String>,
}

/// What the snapshots of a file are now.
#[derive(Debug, Default, Deserialize)]
pub(super) struct ToldSnapshots {
    /// All of the file's snapshots, name to text.
    #[serde(default)]
    pub entries: BTreeMap<String, String>,
    /// Compared.
    #[serde(default)]
    pub checked: usize,
    /// New ones.
    #[serde(default)]
    pub added: usize,
    /// Changed ones.
    #[serde(default)]
    pub updated: usize,
    /// Taken out.
    #[serde(default)]
    pub removed: usize,
    /// Names nothing asked for.
    #[serde(default)]
    pub obsolete: Vec<String>,
    /// Texts for calls in the file itself.
    #[serde(default)]
    pub inline: Vec<ToldInline>,
}

/// A text for a call in the file itself.
#[derive(Debug, Deserialize)]
pub(super) struct ToldInline {
    /// `path:line:column`.
    #[serde(default)]
    pub at: Option<String>,
    /// The text.
    pub text: String,
}

impl ToldFile {
    /// Its tests.
    pub(super) fn take_tests(&mut self) -> Vec<TestCase> {
        std::mem::take(&mut self.tests).into_iter().take(MOST_TESTS).map(case).collect()
    }

    /// Its timers that nothing waited for.
    pub(super) fn take_leaks(&mut self) -> Vec<Leak> {
        let leak = |told: ToldLeak| Leak {
            kind: short(told.kind),
            place: told.at.as_deref().and_then(Place::read),
            test: told.test.map(short),
        };
        std::mem::take(&mut self.leaks).into_iter().take(MOST_LEAKS).map(leak).collect()
    }
}

/// Reads the results of a file; an error says what is wrong with them.
pub(super) fn read(value: Value) -> Result<ToldFile, serde_json::Error> {
    serde_json::from_value(value)
}

/// Reads the results of the tests of a file that did not run to its end.
pub(super) fn read_tests(value: Value) -> Result<Vec<TestCase>, serde_json::Error> {
    let told: Vec<ToldTest> = serde_json::from_value(value)?;
    Ok(told.into_iter().take(MOST_TESTS).map(case).collect())
}

fn case(told: ToldTest) -> TestCase {
    TestCase {
        path: told.path.into_iter().take(100).map(short).collect(),
        status: match told.status {
            Status::Passed => TestStatus::Passed,
            Status::Failed => TestStatus::Failed,
            Status::Skipped => TestStatus::Skipped,
            Status::Todo => TestStatus::Todo,
        },
        millis: if told.millis.is_finite() { told.millis.max(0.0) } else { 0.0 },
        place: told.at.as_deref().and_then(Place::read),
        tries: told.tries,
        repeats: None,
        note: told.note.map(short),
        failure: told.failure.map(failure),
    }
}

/// Reads why a file does not load.
pub(super) fn read_failure(value: Value) -> Result<TestFailure, serde_json::Error> {
    serde_json::from_value(value).map(failure)
}

fn failure(told: ToldFailure) -> TestFailure {
    TestFailure {
        message: short(told.message),
        kind: short(told.kind),
        stack: short(told.stack),
        frame: None,
        expected: told.expected.map(short),
        actual: told.actual.map(short),
    }
}

fn short(mut text: String) -> String {
    if text.len() > MOST_TEXT {
        text.truncate(text.floor_char_boundary(MOST_TEXT));
        text.push_str("...");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_results_and_cuts_what_is_too_long() {
        let long = "é".repeat(MOST_TEXT);
        let told = serde_json::json!({"tests": [
            {"path": ["a", "b"], "status": "passed", "millis": 1.5, "at": "tests/a.test.js:3:1"},
            {"path": ["c"], "status": "failed", "failure": {"kind": "Error", "message": long}},
        ]});
        let cases = read(told).unwrap().take_tests();
        assert_eq!((cases[0].millis, cases[0].place.as_ref().unwrap().line), (1.5, 3));
        let message = &cases[1].failure.as_ref().unwrap().message;
        assert!(message.len() <= MOST_TEXT + 3 && message.ends_with("..."));
        assert!(read(serde_json::json!({"tests": {"path": 1}})).is_err());
        assert!(read_tests(serde_json::json!([{"path": []}])).is_err());
    }
}
