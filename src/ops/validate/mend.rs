//! Mends what can be mended, and writes it back.

use serde::Serialize;
use similar::TextDiff;

use super::ValidateRequest;
use crate::check::{self, Fixed, Mended, Options};
use crate::error::{ErrorCode, Failure};
use crate::model::{ExitCode, FileSet, TreePath};
use crate::sys::file::write_atomic;

pub(super) static WRITE: ErrorCode = ErrorCode {
    id: "validate.fix",
    exit: ExitCode::Usage,
    meaning: "A file that `--fix` mended cannot be written back, or changed meanwhile.",
    remedy: "Make the plugin's files writable, and run the command again.",
};

/// What was mended.
#[derive(Debug, Serialize)]
pub(crate) struct Mending {
    /// The findings that are gone.
    pub mended: Vec<Mended>,
    /// Fixes that were left out, because a file would not parse after them.
    pub refused: Vec<Mended>,
    /// The files that change.
    pub changes: Vec<Change>,
    /// Whether they were written.
    pub written: bool,
    #[serde(skip)]
    pub(super) files: FileSet,
}

/// A file that changes.
#[derive(Debug, Serialize)]
pub(crate) struct Change {
    /// Which.
    pub file: TreePath,
    /// How, as a unified diff.
    pub diff: String,
}

/// Mends, and writes unless nothing is to be written.
pub(super) fn mend(
    request: &ValidateRequest,
    files: &FileSet,
    options: &Options,
) -> Result<Mending, Failure> {
    let Fixed { files: after, mended, refused } = check::mend(files, options);
    let mut changes = Vec::new();
    for (path, new) in after.iter() {
        let old = files.get(path.as_str()).unwrap_or_default();
        if old == new {
            continue;
        }
        let (old_text, new_text) = (String::from_utf8_lossy(old), String::from_utf8_lossy(new));
        let diff = TextDiff::from_lines(&*old_text, &*new_text)
            .unified_diff()
            .header(&format!("a/{path}"), &format!("b/{path}"))
            .to_string();
        changes.push(Change { file: path.clone(), diff });
        if !request.dry_run {
            write(request, path, old, new)?;
        }
    }
    Ok(Mending { mended, refused, changes, written: !request.dry_run, files: after })
}

fn write(
    request: &ValidateRequest,
    path: &TreePath,
    old: &[u8],
    new: &[u8],
) -> Result<(), Failure> {
    let full = request.dir.join(path.as_str());
    let refuse = |cause: std::io::Error| {
        Failure::new(&WRITE, format!("cannot write `{path}`")).caused_by(&cause)
    };
    if std::fs::read(&full).map_err(refuse)? != old {
        return Err(Failure::new(&WRITE, format!("`{path}` changed while it was mended")));
    }
    // What a link points to is written, not the link; and the file keeps its mode.
    let full = full.canonicalize().map_err(refuse)?;
    let mode = std::fs::metadata(&full).map_err(refuse)?.permissions();
    if mode.readonly() {
        let cause = std::io::Error::from(std::io::ErrorKind::PermissionDenied);
        return Err(refuse(cause));
    }
    write_atomic(&full, new, false).map_err(refuse)?;
    std::fs::set_permissions(&full, mode).map_err(refuse)
}
