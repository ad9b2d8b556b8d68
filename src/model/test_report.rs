//! What a test run found out.

use serde::Serialize;

use super::TreePath;

/// Outcome of one test.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum TestStatus {
    /// It passed.
    Passed,
    /// It failed.
    Failed,
    /// It was skipped on purpose.
    Skipped,
    /// It is announced and not written yet.
    Todo,
}

/// Why a test failed.
#[derive(Debug, Clone, Serialize)]
pub struct TestFailure {
    /// Message of the error.
    pub message: String,
    /// Class of the error, such as `AssertionError`.
    pub kind: String,
    /// Stack in the author's own files and lines.
    pub stack: String,
    /// Expected value, printed, when the assertion compared two.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expected: Option<String>,
    /// Actual value, printed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub actual: Option<String>,
}

/// One test.
#[derive(Debug, Clone, Serialize)]
pub struct TestCase {
    /// Names of the enclosing suites and the test itself.
    pub path: Vec<String>,
    /// Outcome.
    pub status: TestStatus,
    /// Wall-clock milliseconds.
    pub millis: f64,
    /// Why it failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub failure: Option<TestFailure>,
}

/// One test file.
#[derive(Debug, Clone, Serialize)]
pub struct TestFile {
    /// The file.
    pub file: TreePath,
    /// Its tests, in the order they ran.
    pub tests: Vec<TestCase>,
    /// Why the file as a whole could not run: it does not load, crashed, or hit a limit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<TestFailure>,
    /// Whether a time limit ended it.
    pub timed_out: bool,
    /// What it printed, at most 64 KB.
    pub output: String,
    /// Wall-clock milliseconds, sandbox and database included.
    pub millis: f64,
}

/// A whole run.
#[derive(Debug, Clone, Default, Serialize)]
pub struct TestReport {
    /// Every file that ran, sorted by path.
    pub files: Vec<TestFile>,
}

impl TestReport {
    /// Number of tests with the status.
    pub fn count(&self, status: TestStatus) -> usize {
        self.files.iter().flat_map(|f| &f.tests).filter(|t| t.status == status).count()
    }

    /// Whether everything passed and every file ran.
    pub fn passed(&self) -> bool {
        self.count(TestStatus::Failed) == 0 && self.files.iter().all(|f| f.error.is_none())
    }

    /// Whether a file was ended by its time limit.
    pub fn timed_out(&self) -> bool {
        self.files.iter().any(|f| f.timed_out)
    }
}
