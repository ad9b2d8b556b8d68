//! A plugin on disk: its manifest with the place of every mistake, and its files.
//!
//! Reading is the edge: what leaves here was checked, is bounded, and no longer depends on the
//! disk.

mod edit;
mod manifest;
mod meaning;
mod nearest;
mod read;
mod rules;
mod shape;
mod spans;
mod tree;
mod walk;

use crate::error::ErrorCode;

pub(crate) use edit::{ManifestChange, difference, edit_manifest};
pub(crate) use manifest::{IssueKind, ManifestIssue, parse_manifest};
pub(crate) use meaning::is_currency;
pub(crate) use nearest::nearest;
pub(crate) use read::{MANIFEST, Project, ProjectError, of_files, read};
pub(crate) use rules::Rules;
pub(crate) use spans::locate;
pub(crate) use tree::Tree;
pub(crate) use walk::{IGNORE_FILE, NEVER, list, read_files, read_paths};

/// Codes of this module.
pub(crate) const CODES: &[&ErrorCode] = &[
    &manifest::INVALID,
    &read::NO_MANIFEST,
    &read::NO_ENTRY,
    &read::NOT_TEXT,
    &walk::UNREADABLE,
    &walk::ESCAPES,
    &walk::LIMITS,
    &walk::FILE_NAME,
];
