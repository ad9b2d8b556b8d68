//! Why a test run could not start.

use crate::error::{Coded, ErrorCode};
use crate::model::ExitCode;

pub(super) const CODES: &[&ErrorCode] = &[&NO_FILES, &NO_MATCH];

static NO_FILES: ErrorCode = ErrorCode {
    id: "test.no-files",
    exit: ExitCode::Usage,
    meaning: "The plugin has no test file in the suite that was asked for.",
    remedy: "Add `tests/unit/NAME.test.js`; the folder below `tests/` is the suite.",
};
static NO_MATCH: ErrorCode = ErrorCode {
    id: "test.no-match",
    exit: ExitCode::Usage,
    meaning: "No test's file or name contains the text given with `--filter`.",
    remedy: "Give a piece of a file path or of a test's full name, parts joined by ` > `.",
};

/// Why a test run could not start.
#[derive(Debug, thiserror::Error)]
pub(crate) enum HarnessError {
    /// Nothing to run.
    #[error("there is no test file in `{0}`")]
    NoFiles(String),
    /// The filter leaves nothing.
    #[error("no test matches the filter `{0}`")]
    NoMatch(String),
}

impl Coded for HarnessError {
    fn code(&self) -> &'static ErrorCode {
        match self {
            Self::NoFiles(_) => &NO_FILES,
            Self::NoMatch(_) => &NO_MATCH,
        }
    }
    fn hints(&self) -> Vec<String> {
        match self {
            Self::NoFiles(_) => vec!["write `tests/unit/plugin.test.js`".to_owned()],
            Self::NoMatch(_) => vec!["run without it: `daino-pdk test`".to_owned()],
        }
    }
}
