//! Where modules are read: the files of the plugin, and for its tests the packages in `node_modules`.
//!
//! Packages are no part of a plugin, and are read from disk only when a test imports them: from below
//! the plugin's own `node_modules`, wherever its links lead inside of it, and in bounded size.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use crate::model::FileSet;
use crate::sys::file::read_limited;

/// Most bytes of one file of a package.
const MOST: u64 = 8 * 1024 * 1024;
/// Most files of packages that a run reads.
const MOST_FILES: usize = 20_000;

/// Name of the directory of packages.
pub(crate) const FOLDER: &str = "node_modules";

/// Files of packages, each read once.
#[derive(Debug, Default)]
pub(crate) struct Packages {
    /// The directory of packages, without links; `None` when there is none.
    root: Option<PathBuf>,
    known: Mutex<HashMap<String, Option<Arc<str>>>>,
}

impl Packages {
    /// The packages of the plugin in `root`.
    pub(crate) fn of(root: &Path) -> Self {
        Self { root: root.join(FOLDER).canonicalize().ok(), known: Mutex::default() }
    }

    /// The text of a file; `None` when there is none.
    fn text(&self, path: &str) -> Option<Arc<str>> {
        let inner = path.strip_prefix(FOLDER)?.strip_prefix('/')?;
        let root = self.root.as_ref()?;
        let mut known = self.known.lock().ok()?;
        if let Some(text) = known.get(path) {
            return text.clone();
        }
        if known.len() >= MOST_FILES {
            return None;
        }
        let text = read(root, inner);
        known.insert(path.to_owned(), text.clone());
        text
    }
}

fn read(root: &Path, inner: &str) -> Option<Arc<str>> {
    let path = root.join(inner).canonicalize().ok()?;
    if !path.starts_with(root) || !path.is_file() {
        return None;
    }
    let text = String::from_utf8(read_limited(&path, MOST).ok()?).ok()?;
    Some(Arc::from(text.strip_prefix('\u{feff}').unwrap_or(&text)))
}

/// Where modules are read.
#[derive(Clone, Copy)]
pub(super) struct Sources<'s> {
    files: &'s FileSet,
    packages: Option<&'s Packages>,
}

impl<'s> Sources<'s> {
    pub(super) fn new(files: &'s FileSet, packages: Option<&'s Packages>) -> Self {
        Self { files, packages }
    }

    /// The text of a file; `None` when it is absent or not UTF-8.
    pub(super) fn text(&self, path: &str) -> Option<Arc<str>> {
        let own = self.files.text(path).map(Arc::from);
        own.or_else(|| self.packages?.text(path))
    }

    /// Whether a file is there.
    pub(super) fn contains(&self, path: &str) -> bool {
        self.files.contains(path) || self.packages.is_some_and(|p| p.text(path).is_some())
    }

    /// Whether there are packages beside the files.
    pub(super) fn has_packages(&self) -> bool {
        self.packages.is_some()
    }

    /// Only what is the plugin's own.
    pub(super) fn own(self) -> Self {
        Self { packages: None, ..self }
    }

    /// Whether a file may import packages: what a shop runs has none beside it.
    pub(super) fn may_import_packages(&self, from: &str) -> bool {
        self.packages.is_some() && ["tests/", "node_modules/"].iter().any(|f| from.starts_with(f))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn nothing_outside_of_the_folder_is_read() {
        let dir = tempfile::tempdir().unwrap();
        let folder = dir.path().join("node_modules/a");
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join("index.js"), "inside").unwrap();
        std::fs::write(dir.path().join("secret.js"), "outside").unwrap();
        std::os::unix::fs::symlink("../../secret.js", folder.join("out.js")).unwrap();
        std::os::unix::fs::symlink("a", dir.path().join("node_modules/b")).unwrap();
        let packages = Packages::of(dir.path());
        assert_eq!(packages.text("node_modules/a/index.js").as_deref(), Some("inside"));
        assert_eq!(packages.text("node_modules/b/index.js").as_deref(), Some("inside"));
        for path in ["node_modules/a/out.js", "node_modules/../secret.js", "secret.js"] {
            assert_eq!(packages.text(path), None, "{path}");
        }
    }
}
