//! A tree of any kind that is larger than a plugin may be: listed first, then read part by part.
//!
//! Only code and what says which packages it uses is read. What cannot be read is told, and the
//! rest is read all the same. Links are not followed: what they point to is in the tree already, or
//! no part of it.

use std::io::ErrorKind;
use std::ops::Range;
use std::path::{Path, PathBuf};

use super::walk::{MAX_DEPTH, WalkError, tree_path, walker};
use crate::model::files::MAX_FILE;
use crate::model::{FileSet, TreePath};
use crate::sys::file::read_limited;

/// Most files of a tree that are read.
pub(super) const MAX_TREE_FILES: usize = 100_000;
/// Most files and folders looked at.
const MAX_TREE_ENTRIES: usize = 1_000_000;
/// Bytes after which a part ends.
const PART_BYTES: u64 = 2 * 1024 * 1024;
/// Files after which a part ends.
const PART_FILES: usize = 2_500;
/// Most things that are named as left out.
const MAX_NAMED: usize = 50;

const CODE: [&str; 8] = ["js", "mjs", "cjs", "jsx", "ts", "mts", "cts", "tsx"];
const PACKAGES: [&str; 5] =
    ["package.json", "package-lock.json", "npm-shrinkwrap.json", "pnpm-lock.yaml", "yarn.lock"];

/// The files of a tree that are checked.
#[derive(Debug)]
pub(crate) struct Tree {
    root: PathBuf,
    /// What says which packages are used: belongs to every part.
    shared: FileSet,
    /// Everything else, sorted by path.
    files: Vec<(TreePath, u64)>,
    /// What is not checked, and why.
    pub left_out: Vec<(String, String)>,
}

impl Tree {
    /// Lists the files below `dir`.
    pub(crate) fn list(dir: &Path) -> Result<Self, WalkError> {
        let root = dir
            .canonicalize()
            .map_err(|cause| WalkError::Unreadable { path: ".".to_owned(), cause })?;
        let mut tree =
            Self { shared: FileSet::new(), files: Vec::new(), left_out: Vec::new(), root };
        let root = tree.root.clone();
        for (entries, entry) in walker(&root).enumerate() {
            if entries > MAX_TREE_ENTRIES || tree.len() > MAX_TREE_FILES {
                return Err(WalkError::TreeTooLarge);
            }
            match entry {
                Ok(entry) => tree.take(&entry),
                Err(error) => tree.leave(error.to_string(), "it cannot be read"),
            }
        }
        tree.files.sort();
        Ok(tree)
    }

    /// How many files are checked.
    pub(crate) fn len(&self) -> usize {
        self.files.len() + self.shared.len()
    }

    fn take(&mut self, entry: &ignore::DirEntry) {
        let Ok(relative) = entry.path().strip_prefix(&self.root) else { return };
        let Some(kind) = entry.file_type().filter(|_| !relative.as_os_str().is_empty()) else {
            return;
        };
        let shown = relative.to_string_lossy().into_owned();
        if kind.is_dir() {
            if entry.depth() >= MAX_DEPTH {
                self.leave(shown, "folders are looked at to a depth of 32");
            }
            return;
        }
        let is_code = relative.extension().is_some_and(|e| CODE.iter().any(|c| e == *c));
        let is_package = relative.file_name().is_some_and(|n| PACKAGES.iter().any(|p| n == *p));
        if !is_code && !is_package {
            return;
        }
        if !kind.is_file() {
            self.leave(shown, "it is a link, or no file; links are not followed");
            return;
        }
        let Ok(path) = tree_path(relative, &shown) else {
            self.leave(shown, "not every system can store its name");
            return;
        };
        let size = entry.metadata().map_or(0, |m| m.len());
        if is_package {
            match self.content(&path) {
                Ok(bytes) => self.shared.insert(path, bytes),
                Err(why) => self.leave(shown, why),
            }
        } else {
            self.files.push((path, size));
        }
    }

    fn leave(&mut self, what: String, why: &str) {
        if self.left_out.len() < MAX_NAMED {
            self.left_out.push((what, why.to_owned()));
        }
    }

    fn content(&self, path: &TreePath) -> Result<Vec<u8>, &'static str> {
        read_limited(&path.under(&self.root), MAX_FILE).map_err(|cause| match cause.kind() {
            ErrorKind::FileTooLarge => "it is larger than 20 MB",
            _ => "it cannot be read",
        })
    }

    /// The parts: as few folders as possible are torn apart.
    pub(crate) fn parts(&self) -> impl Iterator<Item = Range<usize>> {
        let mut start = 0;
        std::iter::from_fn(move || {
            let rest = self.files.get(start..).filter(|rest| !rest.is_empty());
            let rest = match rest {
                Some(rest) => rest,
                // A tree without code has one part: its packages.
                None if start == 0 => {
                    start = 1;
                    return Some(0..0);
                }
                None => return None,
            };
            let mut bytes = 0;
            let fits = rest.iter().take(PART_FILES).take_while(|(_, size)| {
                let is_first = bytes == 0;
                bytes += (*size).max(1);
                is_first || bytes <= PART_BYTES
            });
            let most = fits.count().max(1);
            let length = if most == rest.len() { most } else { seam(rest, most) };
            let part = start..start + length;
            start = part.end;
            Some(part)
        })
    }

    /// Reads a part; what of it cannot be read, and why.
    pub(crate) fn read(&self, part: Range<usize>) -> (FileSet, Vec<(String, String)>) {
        let mut files = self.shared.clone();
        let mut unread = Vec::new();
        for (path, _) in &self.files[part] {
            match self.content(path) {
                Ok(bytes) => files.insert(path.clone(), bytes),
                Err(why) => unread.push((path.to_string(), why.to_owned())),
            }
        }
        (files, unread)
    }
}

/// Where to end a part of at most `most` files: in its second half, between the folders that have
/// least in common.
fn seam(files: &[(TreePath, u64)], most: usize) -> usize {
    let shared = |at: usize| {
        let folders = |i: usize| files[i].0.parent().split('/');
        folders(at - 1).zip(folders(at)).take_while(|(a, b)| a == b).count()
    };
    let first = (most / 2).max(1);
    (first..=most).rev().min_by_key(|at| shared(*at)).unwrap_or(most)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(files: &[(&str, usize)]) -> tempfile::TempDir {
        let dir = tempfile::tempdir().unwrap();
        for (path, size) in files {
            let path = dir.path().join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, vec![b' '; *size]).unwrap();
        }
        dir
    }

    fn parts(tree: &Tree) -> Vec<Vec<String>> {
        let names = |part| {
            let (files, unread) = tree.read(part);
            assert!(unread.is_empty(), "{unread:?}");
            files.paths().map(ToString::to_string).collect()
        };
        tree.parts().map(names).collect()
    }

    #[test]
    fn folders_stay_together_and_every_part_knows_the_packages() {
        let dir = tree(&[
            ("a/1.js", 900_000),
            ("a/2.ts", 500_000),
            ("b/1.js", 400_000),
            ("b/2.js", 400_000),
            ("b/notes.txt", 10),
            ("c.js", 10),
            ("node_modules/x.js", 10),
            ("package.json", 2),
        ]);
        let tree = Tree::list(dir.path()).unwrap();
        assert_eq!(tree.len(), 6);
        assert_eq!(
            parts(&tree),
            [
                vec!["a/1.js", "a/2.ts", "package.json"],
                vec!["b/1.js", "b/2.js", "c.js", "package.json"],
            ]
        );
    }

    #[test]
    fn a_file_larger_than_a_part_is_one_and_a_tree_without_code_has_one() {
        let dir = tree(&[("a.js", 3_000_000), ("b.js", 3_000_000), ("c.js", 1)]);
        let large = Tree::list(dir.path()).unwrap();
        assert_eq!(parts(&large), [vec!["a.js"], vec!["b.js"], vec!["c.js"]]);
        let dir = tree(&[("package.json", 2)]);
        assert_eq!(parts(&Tree::list(dir.path()).unwrap()), [vec!["package.json"]]);
    }

    #[cfg(unix)]
    #[test]
    fn links_are_told_and_not_followed() {
        let dir = tree(&[("a.js", 1)]);
        for (to, name) in [("loop.js", "loop.js"), ("/etc/passwd", "out.js"), (".", "folder")] {
            std::os::unix::fs::symlink(to, dir.path().join(name)).unwrap();
        }
        let tree = Tree::list(dir.path()).unwrap();
        let told: Vec<&str> = tree.left_out.iter().map(|(what, _)| what.as_str()).collect();
        assert_eq!(told, ["loop.js", "out.js"]);
        assert_eq!(parts(&tree), [vec!["a.js"]]);
        std::fs::remove_file(dir.path().join("a.js")).unwrap();
        let (files, unread) = tree.read(0..1);
        assert_eq!((files.len(), unread[0].0.as_str()), (0, "a.js"));
    }
}
