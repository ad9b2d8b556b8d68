//! Open texts, and the plugins that they belong to.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::time::Instant;

use serde_json::Value;
use url::Url;

use super::position;

use crate::check::{self, Options, Subject};
use crate::error::Failure;
use crate::model::{FileSet, Finding, TreePath};
use crate::project;

/// Folders above a file that are looked at for a manifest.
const MAX_DEPTH: usize = 64;

/// Texts as the editor has them.
#[derive(Debug, Default)]
pub(super) struct Documents(BTreeMap<PathBuf, String>);

impl Documents {
    /// Opens or changes a text.
    pub(super) fn put(&mut self, path: PathBuf, text: String) {
        self.0.insert(path, text);
    }

    /// Changes an open text, one change after the other; each counts in what the one before left.
    pub(super) fn change(&mut self, path: &Path, changes: &[Value]) {
        for change in changes {
            let Some(new) = change["text"].as_str() else { continue };
            let range = &change["range"];
            if range.is_null() {
                self.0.insert(path.to_path_buf(), new.to_owned());
                continue;
            }
            let Some(text) = self.0.get_mut(path) else { continue };
            let start = position::edge(text, &range["start"]);
            let end = position::edge(text, &range["end"]);
            if start <= end {
                text.replace_range(start..end, new);
            }
        }
    }

    /// Closes a text: the file counts again.
    pub(super) fn close(&mut self, path: &Path) {
        self.0.remove(path);
    }

    /// The text of a file, unsaved or saved.
    pub(super) fn text(&self, path: &Path) -> Option<String> {
        match self.0.get(path) {
            Some(text) => Some(text.clone()),
            None => std::fs::read_to_string(path).ok(),
        }
    }

    /// Lays unsaved texts over the files of a plugin.
    fn lay_over(&self, root: &Path, files: &mut FileSet) {
        for (path, text) in &self.0 {
            let inside = path.strip_prefix(root).ok().and_then(Path::to_str);
            let Some(inside) = inside.map(|p| p.replace('\\', "/")) else { continue };
            // What does not belong to the plugin is not looked at, open or not.
            let is_part = files.contains(&inside) || !path.exists();
            if let Some(path) = TreePath::new(&inside).ok().filter(|_| is_part) {
                files.insert(path, text.clone().into_bytes());
            }
        }
    }
}

/// A plugin with an open text.
#[derive(Debug, Default)]
pub(super) struct Plugin {
    /// When it is to be looked at.
    pub due: Option<Instant>,
    /// What was found.
    pub findings: Vec<Finding>,
    /// In which files.
    pub files: FileSet,
    /// Files whose findings the editor shows.
    pub shown: BTreeSet<TreePath>,
    /// Why it could not be looked at, as it was told.
    pub trouble: Option<String>,
}

impl Plugin {
    /// Looks at the plugin with the unsaved texts.
    pub(super) fn look(
        &mut self,
        root: &Path,
        documents: &Documents,
        options: &Options,
    ) -> Result<(), Failure> {
        self.due = None;
        let mut files = project::read_files(root)?;
        documents.lay_over(root, &mut files);
        self.findings = check::check(&Subject { files: &files }, options).issues;
        self.files = files;
        Ok(())
    }

    /// The text that a file had when it was looked at.
    pub(super) fn text(&self, file: &TreePath) -> String {
        String::from_utf8_lossy(self.files.get(file.as_str()).unwrap_or_default()).into_owned()
    }
}

/// The folder of the plugin that a file belongs to.
pub(super) fn root(path: &Path) -> Option<PathBuf> {
    let above = path.ancestors().skip(1).take(MAX_DEPTH);
    above.into_iter().find(|dir| dir.join(project::MANIFEST).is_file()).map(Path::to_path_buf)
}

/// The path of a `file:` address, as the system names it.
pub(super) fn path(uri: &str) -> Option<PathBuf> {
    let path = Url::parse(uri).ok()?.to_file_path().ok()?;
    // A file that was never saved has no real path; its folder has.
    let real = path.canonicalize().ok();
    let parent = || Some(path.parent()?.canonicalize().ok()?.join(path.file_name()?));
    real.or_else(parent)
}

/// The address of a file.
pub(super) fn uri(path: &Path) -> Option<String> {
    Url::from_file_path(path).ok().map(String::from)
}
