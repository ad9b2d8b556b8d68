//! The lines that changed since another commit.

use std::path::Path;

use crate::check::Changed;
use crate::error::{ErrorCode, Failure};
use crate::model::{ExitCode, TreePath};
use crate::sys::repository;

pub(super) static DIFF: ErrorCode = ErrorCode {
    id: "validate.diff",
    exit: ExitCode::Usage,
    meaning: "`--diff` cannot compare: there is no git repository, no such commit, or no common ancestor.",
    remedy: "Name a commit, tag or branch of the repository; in CI, fetch its history first.",
};

/// The lines of the plugin in `dir` that differ from where HEAD and `since` parted.
pub(super) fn changed(dir: &Path, since: &str) -> Result<Changed, Failure> {
    let lines = repository::changed_lines(dir, since).map_err(|error| {
        let message = format!("cannot compare with `{since}`: {}", error.message());
        let failure = Failure::new(&DIFF, message);
        match error.code() {
            git2::ErrorCode::NotFound => failure
                .hint("fetch the history: `git fetch --unshallow`, or `fetch-depth: 0` in CI"),
            git2::ErrorCode::Owner => failure.hint(format!(
                "trust the folder: `git config --global --add safe.directory {}`",
                dir.display()
            )),
            _ => failure,
        }
    })?;
    let lines = lines
        .into_iter()
        // A name that no plugin may have holds no finding.
        .filter_map(|(path, parts)| Some((TreePath::new(&path).ok()?, parts)))
        .collect();
    Ok(Changed { since: since.to_owned(), lines })
}
