//! A plugin's files in memory, kept up to date by reading only what changed.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::state::{Scope, Seen};
use crate::error::Failure;
use crate::model::{Digest, FileSet, TreePath};
use crate::project::{list, read_files, read_paths};

/// The files of one plugin.
#[derive(Debug, Clone)]
pub(crate) struct Tree {
    root: PathBuf,
    files: FileSet,
    /// Symbolic links to files of the plugin: they change when what they point to does.
    links: BTreeSet<TreePath>,
    /// Size and time of what was last read, as they were just before.
    stamps: BTreeMap<TreePath, Stamp>,
}

/// Size and time of a file; `None` for one that is not there.
type Stamp = Option<(u64, Option<SystemTime>)>;

impl Tree {
    /// A tree of which nothing was read yet; `root` is its real path.
    pub(crate) fn new(root: PathBuf) -> Self {
        Self { root, files: FileSet::new(), links: BTreeSet::new(), stamps: BTreeMap::new() }
    }

    /// What was read so far.
    pub(crate) fn files(&self) -> &FileSet {
        &self.files
    }

    /// Files that were changed since they were last read, as the disk says now: it may know before
    /// it tells.
    pub(crate) fn changed_since(&self) -> Vec<TreePath> {
        let changed = self.stamps.iter().filter(|(path, was)| stamp(&self.root, path) != **was);
        changed.map(|(path, _)| path.clone()).collect()
    }

    fn stamps_of_all(&self) -> BTreeMap<TreePath, Stamp> {
        let files = list(&self.root).into_iter().filter(|listed| !listed.is_dir);
        files.filter_map(|file| Some((relative(&file.path)?, Some(file.stamp)))).collect()
    }

    /// Reads what `scope` asks for. When something cannot be read, nothing changes.
    pub(crate) fn read(&mut self, scope: &Scope) -> Result<Seen, Failure> {
        match scope {
            Scope::Paths(paths) => {
                let paths: BTreeSet<&TreePath> = paths.union(&self.links).collect();
                let mut files = self.files.clone();
                self.stamps =
                    paths.iter().map(|path| ((*path).clone(), stamp(&self.root, path))).collect();
                read_paths(&self.root, &mut files, paths.iter().copied())?;
                self.files = files;
                let digests = paths.into_iter().map(|p| (p.clone(), self.files.digest(p.as_str())));
                Ok(Seen { whole: false, digests: digests.collect() })
            }
            Scope::AllBut(unfinished) => {
                self.stamps = self.stamps_of_all();
                let mut files = read_files(&self.root)?;
                for path in unfinished {
                    match self.files.get(path.as_str()) {
                        Some(before) => files.insert(path.clone(), before),
                        None => drop(files.remove(path.as_str())),
                    }
                }
                self.links = links(&self.root);
                self.files = files;
                let digests =
                    self.files.iter().map(|(path, bytes)| (path.clone(), Some(Digest::of(bytes))));
                Ok(Seen { whole: true, digests: digests.collect() })
            }
        }
    }
}

fn links(root: &Path) -> BTreeSet<TreePath> {
    let is_link = list(root).into_iter().filter(|listed| listed.is_link);
    is_link.filter_map(|listed| relative(&listed.path)).collect()
}

fn stamp(root: &Path, path: &TreePath) -> Stamp {
    let metadata = path.under(root).metadata().ok()?;
    Some((metadata.len(), metadata.modified().ok()))
}

/// A path below the root as the plugin names it.
pub(super) fn relative(path: &Path) -> Option<TreePath> {
    let parts: Option<Vec<&str>> = path.components().map(|c| c.as_os_str().to_str()).collect();
    TreePath::new(&parts?.join("/")).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all() -> Scope {
        Scope::AllBut(BTreeSet::new())
    }

    #[test]
    fn reads_what_changed_and_keeps_what_is_unfinished() {
        let dir = tempfile::tempdir().unwrap();
        let root = dir.path().canonicalize().unwrap();
        let write = |name: &str, text: &str| std::fs::write(root.join(name), text).unwrap();
        write("a.js", "1");
        write("b.js", "1");
        let path = |name: &str| TreePath::new(name).unwrap();
        let mut tree = Tree::new(root.clone());
        assert_eq!(tree.read(&all()).unwrap().digests.len(), 2);
        assert_eq!(tree.changed_since(), []);
        write("a.js", "longer");
        assert_eq!(tree.changed_since(), [path("a.js")]);
        write("a.js", "2");
        write("b.js", "2");
        write("new.js", "ha");
        let seen = tree.read(&Scope::Paths([path("a.js")].into())).unwrap();
        assert_eq!(seen.digests[&path("a.js")], Some(Digest::of(b"2")));
        assert_eq!((tree.files().text("a.js"), tree.files().text("b.js")), (Some("2"), Some("1")));
        tree.read(&Scope::AllBut([path("b.js"), path("new.js")].into())).unwrap();
        assert_eq!((tree.files().text("b.js"), tree.files().text("new.js")), (Some("1"), None));
        tree.read(&all()).unwrap();
        assert_eq!(tree.files().text("new.js"), Some("ha"));
    }

    #[cfg(unix)]
    #[test]
    fn a_link_changes_with_what_it_points_to() {
        let dir = tempfile::tempdir().unwrap();
        let root = dir.path().canonicalize().unwrap();
        std::fs::write(root.join("real.js"), "1").unwrap();
        std::os::unix::fs::symlink("real.js", root.join("link.js")).unwrap();
        let mut tree = Tree::new(root.clone());
        tree.read(&all()).unwrap();
        std::fs::write(root.join("real.js"), "2").unwrap();
        let only = Scope::Paths([TreePath::new("real.js").unwrap()].into());
        let seen = tree.read(&only).unwrap();
        assert_eq!(seen.digests.len(), 2);
        assert_eq!(tree.files().text("link.js"), Some("2"));
    }
}
