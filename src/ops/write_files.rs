//! Writes generated text files below a directory, each atomically.

use std::path::Path;

use serde::Serialize;

use crate::error::{ErrorCode, Failure};
use crate::model::ExitCode;
use crate::sys::file;

/// Codes of this module.
pub(crate) const CODES: &[&ErrorCode] = &[&WRITE];

static WRITE: ErrorCode = ErrorCode {
    id: "files.write",
    exit: ExitCode::Usage,
    meaning: "A file could not be written.",
    remedy: "Check that the directory is yours to write in and that the disk has room.",
};

/// What was written.
#[derive(Debug, Serialize)]
pub(crate) struct WriteFilesOutcome {
    /// Paths below the directory, in the order given.
    pub files: Vec<String>,
}

/// Writes each `(path, text)` below `dir`, making directories as needed.
pub(crate) fn write_files(
    dir: &Path,
    files: Vec<(String, String)>,
) -> Result<WriteFilesOutcome, Failure> {
    let mut written = Vec::new();
    for (path, text) in files {
        let target = dir.join(&path);
        target
            .parent()
            .map_or(Ok(()), std::fs::create_dir_all)
            .and_then(|()| file::write_atomic(&target, text.as_bytes(), false))
            .map_err(|e| {
                Failure::new(&WRITE, format!("cannot write `{}`", target.display())).caused_by(&e)
            })?;
        written.push(path);
    }
    Ok(WriteFilesOutcome { files: written })
}
