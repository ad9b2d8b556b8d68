//! Finds changes by looking again and again, for systems that cannot tell of them: network drives,
//! exhausted watch limits.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use super::Signal;
use super::editor::is_editor_file;
use super::tree::relative;
use crate::project::list;

/// Time between two looks.
pub(super) const EVERY: Duration = Duration::from_millis(250);

type Stamp = (u64, Option<SystemTime>);

/// What a tree looked like.
#[derive(Debug, Default)]
pub(super) struct Poll {
    before: BTreeMap<PathBuf, Stamp>,
}

impl Poll {
    /// Remembers the tree as it is.
    pub(super) fn new(root: &Path) -> Self {
        Self { before: look(root) }
    }

    /// What changed since the last look.
    pub(super) fn changes(&mut self, root: &Path) -> Vec<Signal> {
        let now = look(root);
        let before = std::mem::replace(&mut self.before, now);
        let gone = before.keys().filter(|path| !self.before.contains_key(*path));
        let gone = gone.filter_map(|path| relative(path)).map(Signal::Removed);
        let other = self.before.iter().filter(|(path, stamp)| before.get(*path) != Some(*stamp));
        // Whether a file is complete is not known: it rests for a moment before it is read.
        let other = other.filter_map(|(path, _)| relative(path)).map(Signal::Open);
        gone.chain(other).collect()
    }
}

fn look(root: &Path) -> BTreeMap<PathBuf, Stamp> {
    let of_editor =
        |path: &Path| path.file_name().is_some_and(|name| is_editor_file(&name.to_string_lossy()));
    list(root)
        .into_iter()
        .filter(|listed| !listed.is_dir && !of_editor(&listed.path))
        .map(|listed| (listed.path, listed.stamp))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::TreePath;

    #[test]
    fn sees_new_changed_and_gone_files() {
        let dir = tempfile::tempdir().unwrap();
        let root = dir.path();
        let write = |name: &str, text: &str| std::fs::write(root.join(name), text).unwrap();
        let path = |name: &str| TreePath::new(name).unwrap();
        write("a.js", "1");
        write("b.js", "1");
        let mut poll = Poll::new(root);
        assert_eq!(poll.changes(root), []);
        write("a.js", "longer");
        write("c.js", "1");
        write("c.js~", "1");
        std::fs::remove_file(root.join("b.js")).unwrap();
        let changes = poll.changes(root);
        let expected =
            [Signal::Removed(path("b.js")), Signal::Open(path("a.js")), Signal::Open(path("c.js"))];
        assert_eq!(changes, expected);
        assert_eq!(poll.changes(root), []);
    }
}
