//! Reads a plugin's files from a commit, object by object and within the limits of a plugin.
//!
//! The same files as from a directory: dot-files, `node_modules`, `dist`, `coverage` and what
//! `.dainoignore` names are left out. Sizes are asked for before an object is read.

use std::collections::BTreeMap;

use git2::{ObjectType, Odb, Oid, Repository, Tree};
use ignore::Match;
use ignore::gitignore::{Gitignore, GitignoreBuilder};

use super::SourceError;
use crate::model::files::{MAX_FILE, MAX_FILES, MAX_TOTAL};
use crate::model::{FileSet, TreePath};
use crate::project::{IGNORE_FILE, NEVER};

/// Deepest nesting that is read.
const MAX_DEPTH: usize = 32;
/// Most bytes of a directory's own object: far more than any with 5,000 files.
const MAX_TREE: usize = 8 * 1024 * 1024;
/// Most files and directories looked at.
const MAX_ENTRIES: usize = 4 * MAX_FILES;
/// Most bytes of a link's target.
const MAX_LINK: usize = 4096;
/// How a pointer of Git LFS begins.
const LFS: &[u8] = b"version https://git-lfs.github.com/spec/";

const FOLDER: i32 = 0o040_000;
const LINK: i32 = 0o120_000;
const SUBMODULE: i32 = 0o160_000;

/// The tree object, when it is not too large to be read.
pub(super) fn tree(repository: &Repository, id: Oid) -> Result<Tree<'_>, SourceError> {
    let odb = repository.odb().map_err(SourceError::Damaged)?;
    let (size, kind) = odb.read_header(id).map_err(SourceError::Damaged)?;
    if kind != ObjectType::Tree || size > MAX_TREE {
        return Err(large("a directory of the repository", "8 MB of names"));
    }
    repository.find_tree(id).map_err(SourceError::Damaged)
}

/// The bytes of a file of at most `limit` bytes.
pub(super) fn blob(odb: &Odb<'_>, id: Oid, limit: usize) -> Result<Option<Vec<u8>>, SourceError> {
    let (size, kind) = odb.read_header(id).map_err(SourceError::Damaged)?;
    if kind != ObjectType::Blob || size > limit {
        return Ok(None);
    }
    let object = odb.read(id).map_err(SourceError::Damaged)?;
    Ok(Some(object.data().to_vec()))
}

/// Reads the files below `root`.
pub(super) fn read(repository: &Repository, root: &Tree<'_>) -> Result<FileSet, SourceError> {
    let mut reader = Reader {
        repository,
        odb: repository.odb().map_err(SourceError::Damaged)?,
        root,
        files: FileSet::new(),
        folded: BTreeMap::new(),
        ignored: Vec::new(),
        total: 0,
        entries: 0,
    };
    reader.folder(root, "", 0)?;
    Ok(reader.files)
}

struct Reader<'r> {
    repository: &'r Repository,
    odb: Odb<'r>,
    root: &'r Tree<'r>,
    files: FileSet,
    folded: BTreeMap<String, String>,
    /// A `.dainoignore` for each directory above that has one, with the directory's path.
    ignored: Vec<(String, Gitignore)>,
    total: u64,
    entries: usize,
}

impl Reader<'_> {
    fn folder(&mut self, tree: &Tree<'_>, below: &str, depth: usize) -> Result<(), SourceError> {
        let here = self.ignored.len();
        if let Some(entry) = tree.get_name(IGNORE_FILE)
            && entry.filemode() & 0o170_000 == 0o100_000
        {
            let text = blob(&self.odb, entry.id(), 64 * 1024)?.unwrap_or_default();
            self.ignored.push((below.to_owned(), rules(&text)));
        }
        for entry in tree {
            self.entries += 1;
            if self.entries > MAX_ENTRIES {
                return Err(large("the number of files", "5,000 files"));
            }
            let name = entry.name().map_err(|_| SourceError::NotText(shown(below).to_owned()))?;
            let path = if below.is_empty() { name.to_owned() } else { format!("{below}/{name}") };
            if is_gits_own(name) {
                return Err(SourceError::GitName(path));
            }
            let mode = entry.filemode() & 0o170_000;
            if name.starts_with('.')
                || NEVER.contains(&name)
                || self.is_ignored(&path, mode == FOLDER)
            {
                continue;
            }
            match mode {
                FOLDER if depth + 1 >= MAX_DEPTH => {
                    return Err(large(&format!("the nesting of `{path}`"), "32 directories"));
                }
                FOLDER => {
                    // Checked before anything below it is read.
                    TreePath::new(&path).map_err(SourceError::Name)?;
                    let inner = self::tree(self.repository, entry.id())?;
                    self.folder(&inner, &path, depth + 1)?;
                }
                LINK => {
                    let target = self.target(entry.id(), below, &path)?;
                    self.file(&path, target)?;
                }
                SUBMODULE => return Err(SourceError::Submodule(path)),
                _ => self.file(&path, entry.id())?,
            }
        }
        self.ignored.truncate(here);
        Ok(())
    }

    /// The nearest `.dainoignore` that says something decides.
    fn is_ignored(&self, path: &str, is_dir: bool) -> bool {
        for (dir, rules) in self.ignored.iter().rev() {
            let relative = match dir.is_empty() {
                true => path,
                false => path.get(dir.len() + 1..).unwrap_or(path),
            };
            match rules.matched(relative, is_dir) {
                Match::Ignore(_) => return true,
                Match::Whitelist(_) => return false,
                Match::None => {}
            }
        }
        false
    }

    /// The file that a link inside the plugin points to.
    fn target(&self, id: Oid, below: &str, path: &str) -> Result<Oid, SourceError> {
        let leaves = || SourceError::Link(path.to_owned());
        let text = blob(&self.odb, id, MAX_LINK)?.ok_or_else(leaves)?;
        let text = String::from_utf8(text).map_err(|_| leaves())?;
        let mut parts: Vec<&str> = below.split('/').filter(|part| !part.is_empty()).collect();
        if text.starts_with('/') {
            return Err(leaves());
        }
        for part in text.split('/') {
            match part {
                "" | "." => {}
                ".." => drop(parts.pop().ok_or_else(leaves)?),
                part => parts.push(part),
            }
        }
        let target = TreePath::new(&parts.join("/")).map_err(|_| leaves())?;
        let entry = self.root.get_path(std::path::Path::new(target.as_str()));
        let entry = entry.map_err(|_| leaves())?;
        match entry.filemode() & 0o170_000 {
            0o100_000 => Ok(entry.id()),
            _ => Err(leaves()),
        }
    }

    fn file(&mut self, path: &str, id: Oid) -> Result<(), SourceError> {
        let path = TreePath::new(path).map_err(SourceError::Name)?;
        let shown = path.as_str().to_owned();
        if let Some(other) = self.folded.insert(shown.to_lowercase(), shown.clone()) {
            return Err(SourceError::Clash(other, shown));
        }
        if self.files.len() == MAX_FILES {
            return Err(large("the number of files", "5,000 files"));
        }
        let content = blob(&self.odb, id, MAX_FILE as usize)?
            .ok_or_else(|| large(&format!("the size of `{shown}`"), "20 MB"))?;
        if content.starts_with(LFS) && content.len() < 1024 {
            return Err(SourceError::Lfs(shown));
        }
        self.total += content.len() as u64;
        if self.total > MAX_TOTAL {
            return Err(large("the size of all files", "100 MB"));
        }
        self.files.insert(path, content);
        Ok(())
    }
}

fn shown(dir: &str) -> &str {
    if dir.is_empty() { "." } else { dir }
}

fn large(what: &str, limit: &str) -> SourceError {
    SourceError::Large { what: what.to_owned(), limit: limit.to_owned() }
}

/// What a `.dainoignore` says; lines that are no rules say nothing, as for a directory.
fn rules(text: &[u8]) -> Gitignore {
    let mut builder = GitignoreBuilder::new("");
    for line in String::from_utf8_lossy(text).lines() {
        let _ = builder.add_line(None, line);
    }
    builder.build().unwrap_or_else(|_| Gitignore::empty())
}

/// Whether a name is, on some system, the one of Git's own directory.
fn is_gits_own(name: &str) -> bool {
    let plain: String = name
        .chars()
        .filter(|c| !matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'))
        .collect();
    let plain = plain.trim_end_matches(['.', ' ']).to_ascii_lowercase();
    plain == ".git" || plain == "git~1" || plain.starts_with(".git:")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_git_are_known_in_every_spelling() {
        for bad in [".git", ".GIT", ".Git. ", "git~1", "GIT~1", ".g\u{200c}it", ".git::$INDEX"] {
            assert!(is_gits_own(bad), "{bad:?}");
        }
        for good in [".github", ".gitignore", "git", "git~2", "x.git"] {
            assert!(!is_gits_own(good), "{good:?}");
        }
    }

    #[test]
    fn ignore_rules_are_those_of_a_directory() {
        let rules = rules(b"*.map\n!keep.map\n/docs/\n# note\n");
        let ignored = |path: &str, is_dir| rules.matched(path, is_dir).is_ignore();
        assert!(ignored("a.map", false) && ignored("x/a.map", false) && ignored("docs", true));
        assert!(!ignored("keep.map", false) && !ignored("x/docs", true) && !ignored("a.js", false));
    }
}
