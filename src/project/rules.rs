//! Whether a path belongs to a plugin, decided without walking the tree: for whoever is told about
//! single paths, such as a watcher. Says the same as the walk does.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use ignore::gitignore::{Gitignore, GitignoreBuilder};

use super::walk::{IGNORE_FILE, NEVER, list};

/// The rules of one tree.
#[derive(Debug, Clone, Default)]
pub(crate) struct Rules {
    /// Directory with an ignore file, below the root -> what the file says.
    ignores: BTreeMap<PathBuf, Gitignore>,
}

impl Rules {
    /// Reads the ignore files of the tree. One that cannot be read says nothing.
    pub(crate) fn read(root: &Path) -> Self {
        let mut ignores = BTreeMap::new();
        for listed in list(root).into_iter().filter(|listed| listed.is_dir) {
            let dir = root.join(&listed.path);
            let file = dir.join(IGNORE_FILE);
            if !file.is_file() {
                continue;
            }
            let mut builder = GitignoreBuilder::new(&dir);
            // A line that is no pattern is left out, as the walk does.
            let _ = builder.add(file);
            if let Ok(rules) = builder.build() {
                ignores.insert(listed.path, rules);
            }
        }
        Self { ignores }
    }

    /// Whether the file is one that decides about others.
    pub(crate) fn is_rule(path: &Path) -> bool {
        path.file_name().is_some_and(|name| name == IGNORE_FILE)
    }

    /// Whether `path`, relative to the root, belongs to the plugin.
    pub(crate) fn is_part(&self, path: &Path, is_dir: bool) -> bool {
        let hidden = |part: &std::ffi::OsStr| part.to_string_lossy().starts_with('.');
        let never = |part: &std::ffi::OsStr| NEVER.iter().any(|name| part == *name);
        if path.iter().any(|part| hidden(part) || never(part)) {
            return false;
        }
        for dir in path.ancestors().skip(1) {
            let Some(rules) = self.ignores.get(dir) else { continue };
            let Ok(relative) = path.strip_prefix(dir) else { continue };
            let verdict = rules.matched_path_or_any_parents(relative, is_dir);
            if !verdict.is_none() {
                return !verdict.is_ignore();
            }
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::read_files;

    #[test]
    fn says_the_same_as_the_walk() {
        let dir = tempfile::tempdir().unwrap();
        let root = dir.path().canonicalize().unwrap();
        let all = [
            "manifest.json",
            "src/a.js",
            "src/a.log",
            "src/keep.log",
            "src/deep/b.gen.js",
            "notes/todo.txt",
            ".git/config",
            ".env",
            "node_modules/x/index.js",
            "dist/x.dpk",
            "src/dist/y.js",
        ];
        for path in all {
            std::fs::create_dir_all(root.join(path).parent().unwrap()).unwrap();
            std::fs::write(root.join(path), "x").unwrap();
        }
        std::fs::write(root.join(IGNORE_FILE), "notes/\n*.log\n!keep.log\n").unwrap();
        std::fs::write(root.join("src").join(IGNORE_FILE), "*.gen.js\n").unwrap();
        let walked = read_files(&root).unwrap();
        let rules = Rules::read(&root);
        for path in all {
            assert_eq!(rules.is_part(Path::new(path), false), walked.contains(path), "{path}");
        }
        assert!(walked.contains("src/keep.log") && !walked.contains("src/deep/b.gen.js"));
        assert!(!rules.is_part(Path::new("notes"), true));
    }
}
