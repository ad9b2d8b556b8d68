//! What a test run found out.

use serde::Serialize;

use super::Frame;

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

/// A place in the author's files.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Place {
    /// Path in the plugin.
    pub file: String,
    /// Line, from 1.
    pub line: u32,
    /// Column, from 1.
    pub column: u32,
}

impl Place {
    /// Reads `path:line:column`.
    pub fn read(text: &str) -> Option<Self> {
        let (rest, column) = text.rsplit_once(':')?;
        let (file, line) = rest.rsplit_once(':')?;
        Some(Self { file: file.to_owned(), line: line.parse().ok()?, column: column.parse().ok()? })
    }
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}:{}", self.file, self.line, self.column)
    }
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
    /// The lines around the nearest place of the author's files.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub frame: Option<Frame>,
    /// Expected value, printed, when the assertion compared two.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expected: Option<String>,
    /// Actual value, printed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub actual: Option<String>,
}

impl TestFailure {
    /// A failure of the harness's own words.
    pub fn new(kind: &str, message: impl Into<String>) -> Self {
        let (kind, message, stack) = (kind.to_owned(), message.into(), String::new());
        Self { message, kind, stack, frame: None, expected: None, actual: None }
    }

    /// The nearest place of the author's files in the stack.
    pub fn place(&self) -> Option<Place> {
        self.stack
            .lines()
            .find_map(|line| Place::read(line.rsplit_once('(')?.1.trim_end().strip_suffix(')')?))
    }
}

/// How often a test ran with `--repeat`, and how often it failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Repeats {
    /// Runs.
    pub runs: u32,
    /// Failed ones.
    pub failed: u32,
    /// Seed of the first run that failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seed: Option<u32>,
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
    /// Where the test is written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
    /// Tries it took, when its first one failed and it has `retry`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tries: Option<u32>,
    /// What came of repeating it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub repeats: Option<Repeats>,
    /// What it has to say when it passes, too: the numbers of a measurement.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Why it failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub failure: Option<TestFailure>,
}

impl TestCase {
    /// The names, joined by ` > `.
    pub fn name(&self) -> String {
        self.path.join(" > ")
    }

    /// Whether some runs of it passed and some failed.
    pub fn is_flaky(&self) -> bool {
        self.repeats.is_some_and(|repeats| repeats.failed > 0 && repeats.failed < repeats.runs)
    }
}

/// A timer that was still waiting when the tests of a file had ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Leak {
    /// `setTimeout`, `setInterval` or `setImmediate`.
    pub kind: String,
    /// Where it was started.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
    /// The test that started it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub test: Option<String>,
}

/// What became of the snapshots of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Snapshots {
    /// Compared.
    pub checked: usize,
    /// Written for the first time.
    pub added: usize,
    /// Written over.
    pub updated: usize,
    /// Taken out.
    pub removed: usize,
    /// Names that no test asked for.
    pub obsolete: Vec<String>,
}

/// What one handler costs.
#[derive(Debug, Clone, PartialEq, Serialize, serde::Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Measure {
    /// The handler, such as `method processPayment`.
    pub handler: String,
    /// Calls that were measured.
    pub calls: u32,
    /// Wall-clock milliseconds of half of the calls or fewer.
    pub p50: f64,
    /// Of 95 in 100.
    pub p95: f64,
    /// Of 99 in 100.
    pub p99: f64,
    /// Milliseconds of the processor per call, the engine's own work for it included.
    #[serde(default)]
    pub cpu: f64,
    /// Engine steps per call, in thousands: the same on every machine.
    pub ticks: f64,
    /// Bytes of heap that every further call keeps.
    pub growth: f64,
    /// Database statements per call, those of `storage` included.
    pub queries: f64,
    /// Requests to remote services per call.
    pub fetches: f64,
}

/// One test file, or one generated suite.
#[derive(Debug, Clone, Default, Serialize)]
pub struct TestFile {
    /// Path of the file, or the name of the generated suite.
    pub file: String,
    /// The suite it belongs to.
    pub suite: String,
    /// Its tests, in the order they ran.
    pub tests: Vec<TestCase>,
    /// Why the file as a whole could not run: it does not load, crashed, or hit a limit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<TestFailure>,
    /// Whether a time limit ended it.
    pub timed_out: bool,
    /// Tests that `--bail` left out.
    #[serde(skip_serializing_if = "is_zero")]
    pub not_run: usize,
    /// What it printed, at most 64 KB.
    pub output: String,
    /// Timers that nothing waited for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub leaks: Vec<Leak>,
    /// Its snapshots.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub snapshots: Option<Snapshots>,
    /// What its handlers cost.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub measures: Vec<Measure>,
    /// Wall-clock milliseconds, sandbox and database included.
    pub millis: f64,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde gives a reference")]
fn is_zero(count: &usize) -> bool {
    *count == 0
}

/// A whole run.
#[derive(Debug, Clone, Default, Serialize)]
pub struct TestReport {
    /// Every file that ran, sorted by path.
    pub files: Vec<TestFile>,
    /// The seed of all randomness.
    pub seed: u32,
    /// Where the virtual clock started, milliseconds since 1970; `None` for the real clock.
    pub clock: Option<u64>,
    /// Files that `--bail` left out.
    pub not_run: Vec<String>,
}

impl TestFile {
    /// Failed tests, and the file itself when it could not run as a whole.
    pub fn failed(&self) -> usize {
        let tests = self.tests.iter().filter(|t| t.status == TestStatus::Failed).count();
        tests + usize::from(self.error.is_some())
    }
}

impl TestReport {
    /// Number of tests with the status.
    pub fn count(&self, status: TestStatus) -> usize {
        self.files.iter().flat_map(|f| &f.tests).filter(|t| t.status == status).count()
    }

    /// Failed tests, and files that could not run as a whole.
    pub fn failed(&self) -> usize {
        self.files.iter().map(TestFile::failed).sum()
    }

    /// Whether everything passed and every file ran.
    pub fn passed(&self) -> bool {
        self.failed() == 0
    }

    /// Whether a file was ended by its time limit.
    pub fn timed_out(&self) -> bool {
        self.files.iter().any(|f| f.timed_out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_place_of_a_stack_is_read() {
        let mut failure = TestFailure::new("Error", "x");
        failure.stack = "    at native\n    at f (src/a.js:3:14)\n    at g (b.js:1:1)".to_owned();
        let place = failure.place().unwrap();
        assert_eq!((place.file.as_str(), place.line, place.column), ("src/a.js", 3, 14));
        assert_eq!(Place::read("a.js:x:1"), None);
    }
}
