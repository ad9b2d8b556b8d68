//! Turns a package of a DainoStore host into an authoring tree.

use std::path::PathBuf;

use serde::Serialize;

use crate::bridge;
use crate::error::{ErrorCode, Failure};
use crate::model::{ExitCode, PluginSlug};
use crate::sys::file::read_limited;
use crate::template::{self, Plan};

/// Codes of this module.
pub(crate) const CODES: &[&ErrorCode] = &[&UNREADABLE];

static UNREADABLE: ErrorCode = ErrorCode {
    id: "import.unreadable",
    exit: ExitCode::Usage,
    meaning: "The package cannot be read.",
    remedy: "Check the path; a host takes and gives packages of at most 10 MB.",
};

/// Most bytes of a package that are read.
const LIMIT: u64 = 16 * 1024 * 1024;

/// What to import, and where to.
#[derive(Debug)]
pub(crate) struct ImportRequest {
    /// The package.
    pub package: PathBuf,
    /// The directory to write; without it the slug below `base`.
    pub dir: Option<PathBuf>,
    /// Where the directory is made.
    pub base: PathBuf,
    /// Write into a directory that is not empty.
    pub force: bool,
    /// Write nothing.
    pub dry_run: bool,
}

/// What was imported, or would be.
#[derive(Debug, Serialize)]
pub(crate) struct ImportOutcome {
    /// The plugin.
    pub slug: PluginSlug,
    /// Where it is.
    pub dir: PathBuf,
    /// Whether it was written.
    pub written: bool,
    /// Its files.
    pub files: Vec<String>,
    /// What could not be carried over as it was. Text from outside.
    pub notes: Vec<String>,
}

/// Imports. The tree appears whole or not at all.
pub(crate) fn import(request: ImportRequest) -> Result<ImportOutcome, Failure> {
    let bytes = read_limited(&request.package, LIMIT).map_err(|error| {
        Failure::new(&UNREADABLE, format!("cannot read `{}`", request.package.display()))
            .caused_by(&error)
    })?;
    let imported = bridge::import(&bytes)?;
    let dir = request.dir.unwrap_or_else(|| request.base.join(imported.slug.as_str()));
    if !request.dry_run {
        template::write(&Plan::of(&imported.files), &dir, request.force)?;
    }
    Ok(ImportOutcome {
        slug: imported.slug,
        dir,
        written: !request.dry_run,
        files: imported.files.paths().map(ToString::to_string).collect(),
        notes: imported.notes,
    })
}
