//! What a run wants written into the plugin: snapshot files, and inline snapshots.
//!
//! Only a plan: the operation writes it. The paths come from the plugin's own files, never from
//! what the worker says.

use super::find::{Job, JobKind};
use super::outcome::ToldSnapshots;
use super::session::original;
use super::snapshots;
use crate::model::TreePath;
use crate::model::test_report::Place;
use crate::project::Project;
use crate::script::{InlineSnapshot, Places, write_inline_snapshots};

/// A file to write, or to take away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Change {
    /// Path in the plugin.
    pub path: TreePath,
    /// Its new content; `None` to take it away.
    pub content: Option<String>,
}

/// What the snapshots of a job change, or why they cannot be kept.
pub(super) fn changes(
    project: &Project,
    job: &Job,
    told: ToldSnapshots,
    places: &Places,
) -> Result<Vec<Change>, String> {
    let JobKind::File(file) = &job.kind else { return Ok(Vec::new()) };
    let mut changes = Vec::new();
    if let Some(path) = snapshots::path_of(file) {
        let known = project.files.text(path.as_str()).map(snapshots::parse).unwrap_or_default();
        if known != told.entries {
            let content = (!told.entries.is_empty()).then(|| snapshots::render(&told.entries));
            if content.as_ref().is_some_and(|text| text.len() > snapshots::MOST_BYTES) {
                return Err(format!(
                    "the snapshots of the file are too large to be kept in `{path}`"
                ));
            }
            changes.push(Change { path, content });
        }
    }
    changes.extend(inline(project, file, told, places));
    Ok(changes)
}

fn inline(
    project: &Project,
    file: &TreePath,
    told: ToldSnapshots,
    places: &Places,
) -> Option<Change> {
    let mut wanted = Vec::new();
    for told in told.inline {
        let place = original(told.at.as_deref().and_then(Place::read)?, places);
        if place.file != file.as_str() {
            continue;
        }
        let Place { line, column, .. } = place;
        // A call in a loop gives its text more than once.
        if !wanted.iter().any(|w: &InlineSnapshot| w.line == line && w.column == column) {
            wanted.push(InlineSnapshot { line, column, text: told.text });
        }
    }
    if wanted.is_empty() {
        return None;
    }
    let text = write_inline_snapshots(file.as_str(), project.files.text(file.as_str())?, &wanted)?;
    Some(Change { path: file.clone(), content: Some(text) })
}
