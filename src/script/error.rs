//! Code that cannot be read, with the place.

use crate::error::{Coded, ErrorCode};
use crate::model::ExitCode;

pub(super) const CODES: &[&ErrorCode] = &[&SYNTAX, &IMPORT, &FILE, &LIMIT];

static SYNTAX: ErrorCode = ErrorCode {
    id: "script.syntax",
    exit: ExitCode::Usage,
    meaning: "A file of the plugin is not valid JavaScript or TypeScript.",
    remedy: "Correct the place that the message names.",
};
static IMPORT: ErrorCode = ErrorCode {
    id: "script.import",
    exit: ExitCode::Usage,
    meaning: "An import leads neither to a file of the plugin nor to a module of the platform.",
    remedy: "Correct the path, bundle the package, or use what the message suggests.",
};
static FILE: ErrorCode = ErrorCode {
    id: "script.file",
    exit: ExitCode::Usage,
    meaning: "A file of the plugin's code is missing or is not UTF-8 text.",
    remedy: "Add the file, or save it as UTF-8.",
};
static LIMIT: ErrorCode = ErrorCode {
    id: "script.limit",
    exit: ExitCode::Usage,
    meaning: "A source file is larger, or nests deeper, than can be parsed safely.",
    remedy: "Split the file; keep generated and minified code out of the plugin.",
};

/// Code that cannot be read.
#[derive(Debug, Clone, thiserror::Error)]
pub(crate) enum ScriptError {
    /// It does not parse.
    #[error("`{path}:{line}:{column}` does not parse: {message}")]
    Syntax {
        /// The file.
        path: String,
        /// Line, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
        /// The parser's words.
        message: String,
    },
    /// An import that leads nowhere.
    #[error("`{path}` imports `{specifier}`: {reason}")]
    Import {
        /// The file.
        path: String,
        /// The import as written.
        specifier: String,
        /// Why not, and what to use instead.
        reason: String,
    },
    /// No such text file.
    #[error("`{0}` is not a text file of the plugin")]
    File(String),
    /// Too large or too deep to parse safely.
    #[error("`{path}` {reason}")]
    Limit {
        /// The file.
        path: String,
        /// Which limit, and by how much.
        reason: String,
    },
}

impl Coded for ScriptError {
    fn code(&self) -> &'static ErrorCode {
        match self {
            Self::Syntax { .. } => &SYNTAX,
            Self::Import { .. } => &IMPORT,
            Self::File(_) => &FILE,
            Self::Limit { .. } => &LIMIT,
        }
    }
}
