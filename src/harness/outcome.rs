//! What the test engine inside the sandbox tells, read as hostile text: the plugin's code runs in
//! the same worker, so it could say anything.

use serde::Deserialize;
use serde_json::Value;

use crate::model::test_report::{TestCase, TestFailure, TestStatus};

/// Longest text of one field of a failure that is kept.
const MOST_TEXT: usize = 64 * 1024;
/// Most tests of one file that are kept.
const MOST_TESTS: usize = 20_000;

#[derive(Deserialize)]
struct Told {
    path: Vec<String>,
    status: Status,
    #[serde(default)]
    millis: f64,
    #[serde(default)]
    failure: Option<ToldFailure>,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Status {
    Passed,
    Failed,
    Skipped,
    Todo,
}

#[derive(Deserialize)]
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

/// Reads the results of a file; an error says what is wrong with them.
pub(super) fn read(value: Value) -> Result<Vec<TestCase>, serde_json::Error> {
    let told: Vec<Told> = serde_json::from_value(value)?;
    Ok(told.into_iter().take(MOST_TESTS).map(case).collect())
}

fn case(told: Told) -> TestCase {
    TestCase {
        path: told.path.into_iter().take(100).map(short).collect(),
        status: match told.status {
            Status::Passed => TestStatus::Passed,
            Status::Failed => TestStatus::Failed,
            Status::Skipped => TestStatus::Skipped,
            Status::Todo => TestStatus::Todo,
        },
        millis: if told.millis.is_finite() { told.millis.max(0.0) } else { 0.0 },
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
        expected: told.expected.map(short),
        actual: told.actual.map(short),
    }
}

fn short(mut text: String) -> String {
    if text.len() > MOST_TEXT {
        let end = (0..=MOST_TEXT).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
        text.truncate(end);
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
        let told = serde_json::json!([
            {"path": ["a", "b"], "status": "passed", "millis": 1.5},
            {"path": ["c"], "status": "failed", "failure": {"kind": "Error", "message": long}},
        ]);
        let cases = read(told).unwrap();
        assert_eq!(cases[0].millis, 1.5);
        let message = &cases[1].failure.as_ref().unwrap().message;
        assert!(message.len() <= MOST_TEXT + 3 && message.ends_with("..."));
        assert!(read(serde_json::json!({"path": 1})).is_err());
    }
}
