//! A plugin's files in memory, kept up to date by reading only what changed.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant, SystemTime};

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
    /// Files that were found empty: size and time as they were, and when that was first seen.
    emptied: BTreeMap<TreePath, (Stamp, Instant)>,
    /// How long a file must have been empty before that is believed.
    doubt: Duration,
}

/// How long a file must have been empty before that is believed. A system empties a file first and
/// tells of it later; on a busy disk tens of milliseconds were seen.
const DOUBT: Duration = Duration::from_millis(300);

/// Size and time of a file; `None` for one that is not there.
type Stamp = Option<(u64, Option<SystemTime>)>;

impl Tree {
    /// A tree of which nothing was read yet; `root` is its real path.
    pub(crate) fn new(root: PathBuf) -> Self {
        Self {
            root,
            files: FileSet::new(),
            links: BTreeSet::new(),
            stamps: BTreeMap::new(),
            emptied: BTreeMap::new(),
            doubt: DOUBT,
        }
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

    /// Puts the old content back into files that cannot be believed, and names them: those that
    /// changed while they were read, and those that have become empty a moment ago.
    fn doubted(&mut self, files: &mut FileSet) -> BTreeSet<TreePath> {
        let before = |path: &TreePath| self.files.get(path.as_str());
        let mut doubted: BTreeSet<TreePath> = self.changed_since().into_iter().collect();
        let mut emptied = BTreeMap::new();
        for (path, _) in files.iter().filter(|(_, now)| now.is_empty()) {
            if before(path).is_none_or(<[u8]>::is_empty) {
                continue;
            }
            let stamp = self.stamps.get(path).copied().flatten();
            let since = match self.emptied.get(path) {
                Some((known, since)) if *known == stamp => *since,
                _ => Instant::now(),
            };
            if since.elapsed() < self.doubt {
                doubted.insert(path.clone());
            }
            emptied.insert(path.clone(), (stamp, since));
        }
        for path in &doubted {
            match before(path) {
                Some(content) => files.insert(path.clone(), content),
                None => drop(files.remove(path.as_str())),
            }
        }
        self.emptied = emptied;
        doubted
    }

    fn stamps_of_all(&self) -> BTreeMap<TreePath, Stamp> {
        let files = list(&self.root).into_iter().filter(|listed| !listed.is_dir);
        files.filter_map(|file| Some((relative(&file.path)?, Some(file.stamp)))).collect()
    }

    /// Reads what `scope` asks for. When something cannot be read, nothing changes.
    pub(crate) fn read(&mut self, scope: &Scope) -> Result<Seen, Failure> {
        match scope {
            Scope::Paths(paths) => {
                let paths: BTreeSet<TreePath> = paths.union(&self.links).cloned().collect();
                let mut files = self.files.clone();
                self.stamps =
                    paths.iter().map(|path| (path.clone(), stamp(&self.root, path))).collect();
                read_paths(&self.root, &mut files, &paths)?;
                let doubted = self.doubted(&mut files);
                self.files = files;
                let digests = paths.into_iter().map(|p| {
                    let digest = self.files.digest(p.as_str());
                    (p, digest)
                });
                Ok(Seen { whole: false, digests: digests.collect(), doubted })
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
                let doubted = self.doubted(&mut files);
                self.links = links(&self.root);
                self.files = files;
                let digests =
                    self.files.iter().map(|(path, bytes)| (path.clone(), Some(Digest::of(bytes))));
                Ok(Seen { whole: true, digests: digests.collect(), doubted })
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

    #[test]
    fn an_emptied_file_is_believed_after_a_while() {
        let dir = tempfile::tempdir().unwrap();
        let root = dir.path().canonicalize().unwrap();
        let path = TreePath::new("a.js").unwrap();
        let only = Scope::Paths([path.clone()].into());
        let write = |text: &str| std::fs::write(root.join("a.js"), text).unwrap();
        write("1");
        let mut tree = Tree::new(root.clone());
        tree.read(&all()).unwrap();
        write("");
        for scope in [&all(), &only] {
            let seen = tree.read(scope).unwrap();
            assert_eq!((seen.doubted.len(), tree.files().text("a.js")), (1, Some("1")));
            assert_eq!(seen.digests[&path], Some(Digest::of(b"1")));
        }
        tree.doubt = Duration::ZERO;
        let seen = tree.read(&only).unwrap();
        assert_eq!((seen.doubted.len(), tree.files().text("a.js")), (0, Some("")));
        // Emptied anew, it is doubted anew.
        tree.doubt = DOUBT;
        write("2");
        tree.read(&only).unwrap();
        write("");
        assert_eq!(tree.read(&only).unwrap().doubted.len(), 1);
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
