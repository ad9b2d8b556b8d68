//! The files of a plugin tree, read into memory within limits.
//!
//! Left out: dot-files, `node_modules`, `dist`, `coverage`, and what `.dainoignore` names. A
//! symbolic link that leaves the tree is refused, never followed; so is anything that is neither
//! file nor directory.

use std::path::{Path, PathBuf};

use super::tree::MAX_TREE_FILES;
use crate::error::{Coded, ErrorCode};
use crate::model::files::{MAX_FILE, MAX_FILES, MAX_TOTAL};
use crate::model::path::TreePathError;
use crate::model::{ExitCode, FileSet, TreePath};
use crate::sys::file::read_limited;

pub(super) static UNREADABLE: ErrorCode = ErrorCode {
    id: "project.unreadable",
    exit: ExitCode::Usage,
    meaning: "A file of the plugin cannot be read.",
    remedy: "Check the permissions of the file the message names, or leave it out with `.dainoignore`.",
};
pub(super) static ESCAPES: ErrorCode = ErrorCode {
    id: "project.symlink",
    exit: ExitCode::Usage,
    meaning: "A symbolic link leaves the plugin, or something is neither a file nor a directory.",
    remedy: "Replace it by the file itself, or leave it out with `.dainoignore`.",
};
pub(super) static LIMITS: ErrorCode = ErrorCode {
    id: "project.too-large",
    exit: ExitCode::Usage,
    meaning: "The plugin has more than 5,000 files, more than 100 MB, or a file over 20 MB; or a tree that is audited has more than 100,000 files of code.",
    remedy: "Leave out what does not belong to the plugin with `.dainoignore`.",
};
pub(super) static FILE_NAME: ErrorCode = ErrorCode {
    id: "project.file-name",
    exit: ExitCode::Usage,
    meaning: "A file has a name that not every system can store.",
    remedy: "Rename the file the message names.",
};

/// Directories that are never part of a plugin.
pub(crate) const NEVER: [&str; 3] = ["node_modules", "dist", "coverage"];
/// Name of the files that say what is no part of the plugin.
pub(crate) const IGNORE_FILE: &str = ".dainoignore";
/// Deepest directory nesting walked.
pub(super) const MAX_DEPTH: usize = 32;
/// Most files and directories looked at.
const MAX_ENTRIES: usize = 4 * MAX_FILES;

/// Why the files cannot be read.
#[derive(Debug, thiserror::Error)]
pub(crate) enum WalkError {
    /// A file or directory cannot be opened.
    #[error("cannot read `{path}`")]
    Unreadable {
        /// Which, relative to the plugin.
        path: String,
        /// Why.
        #[source]
        cause: std::io::Error,
    },
    /// The walk itself failed.
    #[error("cannot read the plugin's files")]
    Walk(#[source] ignore::Error),
    /// A symbolic link to somewhere else.
    #[error("`{0}` is a symbolic link that leaves the plugin")]
    Leaves(String),
    /// A pipe, socket or device.
    #[error("`{0}` is neither a file nor a directory")]
    Special(String),
    /// Too many files.
    #[error("the plugin has more than {MAX_FILES} files; the last one read was `{0}`")]
    TooMany(String),
    /// Too many files for an audit.
    #[error("the tree has more than {MAX_TREE_FILES} files of code")]
    TreeTooLarge,
    /// Directories in directories in directories.
    #[error("`{0}` is nested deeper than {MAX_DEPTH} directories")]
    TooDeep(String),
    /// One file is too large.
    #[error("`{0}` is larger than 20 MB")]
    FileTooLarge(String),
    /// All files together are too large.
    #[error("the plugin is larger than 100 MB; the last file read was `{0}`")]
    TooLarge(String),
    /// The name cannot be stored everywhere.
    #[error(transparent)]
    Name(#[from] TreePathError),
    /// Two names that are the same on some systems.
    #[error("`{0}` and `{1}` are the same file on systems that ignore case")]
    Clash(String, String),
}

impl Coded for WalkError {
    fn code(&self) -> &'static ErrorCode {
        match self {
            Self::Unreadable { .. } | Self::Walk(_) => &UNREADABLE,
            Self::Leaves(_) | Self::Special(_) => &ESCAPES,
            Self::TooMany(_)
            | Self::TreeTooLarge
            | Self::TooDeep(_)
            | Self::FileTooLarge(_)
            | Self::TooLarge(_) => &LIMITS,
            Self::Name(_) | Self::Clash(..) => &FILE_NAME,
        }
    }
    fn hints(&self) -> Vec<String> {
        match self {
            Self::Name(_) | Self::Clash(..) => vec!["rename the file".to_owned()],
            Self::Walk(_) => Vec::new(),
            Self::TreeTooLarge => vec!["check its folders one by one".to_owned()],
            Self::Unreadable { path, .. }
            | Self::Leaves(path)
            | Self::Special(path)
            | Self::FileTooLarge(path)
            | Self::TooMany(path)
            | Self::TooDeep(path)
            | Self::TooLarge(path) => {
                vec![format!("if it is not part of the plugin, add `{path}` to `.dainoignore`")]
            }
        }
    }
}

/// Reads the files below `dir`.
pub(crate) fn read_files(dir: &Path) -> Result<FileSet, WalkError> {
    let root = dir.canonicalize().map_err(|cause| unreadable(".", cause))?;
    let mut files = FileSet::new();
    let mut folded = std::collections::BTreeMap::new();
    let (mut total, mut entries) = (0u64, 0usize);
    for entry in walker(&root) {
        let entry = entry.map_err(WalkError::Walk)?;
        let Ok(relative) = entry.path().strip_prefix(&root) else { continue };
        if relative.as_os_str().is_empty() {
            continue;
        }
        let shown = shown(relative);
        entries += 1;
        if entries > MAX_ENTRIES {
            return Err(WalkError::TooMany(shown));
        }
        let Some(source) = source(&root, entry.path(), &shown)? else {
            if entry.depth() >= MAX_DEPTH {
                return Err(WalkError::TooDeep(shown));
            }
            continue;
        };
        let path = tree_path(relative, &shown)?;
        if let Some(other) = folded.insert(path.as_str().to_lowercase(), shown.clone()) {
            return Err(WalkError::Clash(other, shown));
        }
        if files.len() == MAX_FILES {
            return Err(WalkError::TooMany(shown));
        }
        let content = read_limited(&source, MAX_FILE).map_err(|cause| match cause.kind() {
            std::io::ErrorKind::FileTooLarge => WalkError::FileTooLarge(shown.clone()),
            _ => unreadable(&shown, cause),
        })?;
        total += content.len() as u64;
        if total > MAX_TOTAL {
            return Err(WalkError::TooLarge(shown));
        }
        files.insert(path, content);
    }
    Ok(files)
}

/// Something of a plugin tree, with what tells whether it changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Listed {
    /// Where it is, below the root.
    pub path: PathBuf,
    /// Whether it is a directory.
    pub is_dir: bool,
    /// Whether it is a symbolic link.
    pub is_link: bool,
    /// Bytes and time of the last change, of what a link points to.
    pub stamp: (u64, Option<std::time::SystemTime>),
}

/// Everything that [`read_files`] would look at, without reading it. What cannot be looked at is
/// left out.
pub(crate) fn list(root: &Path) -> Vec<Listed> {
    let mut found = Vec::new();
    for entry in walker(root).flatten().take(MAX_ENTRIES) {
        let Ok(relative) = entry.path().strip_prefix(root) else { continue };
        let Ok(metadata) = entry.path().metadata() else { continue };
        let is_link = entry.path_is_symlink();
        found.push(Listed {
            path: relative.to_path_buf(),
            is_dir: metadata.is_dir() && !is_link,
            is_link,
            stamp: (metadata.len(), metadata.modified().ok()),
        });
    }
    found
}

/// Reads `paths` again: `files` gets their new content, and loses those that are gone. Which paths
/// belong to the plugin is the caller's business.
pub(crate) fn read_paths<'a>(
    root: &Path,
    files: &mut FileSet,
    paths: impl IntoIterator<Item = &'a TreePath>,
) -> Result<(), WalkError> {
    for path in paths {
        let shown = path.as_str();
        let read = source(root, &path.under(root), shown).and_then(|source| match source {
            None => Ok(None),
            Some(source) => {
                read_limited(&source, MAX_FILE).map(Some).map_err(|cause| match cause.kind() {
                    std::io::ErrorKind::FileTooLarge => WalkError::FileTooLarge(shown.to_owned()),
                    _ => unreadable(shown, cause),
                })
            }
        });
        match read {
            Ok(Some(content)) => files.insert(path.clone(), content),
            Ok(None) => drop(files.remove(shown)),
            Err(WalkError::Unreadable { cause, .. }) if is_gone(&cause) => {
                files.remove(shown);
            }
            Err(error) => return Err(error),
        }
    }
    if files.len() > MAX_FILES {
        return Err(WalkError::TooMany(last(files)));
    }
    if files.total_bytes() > MAX_TOTAL {
        return Err(WalkError::TooLarge(last(files)));
    }
    Ok(())
}

fn last(files: &FileSet) -> String {
    files.paths().last().map(ToString::to_string).unwrap_or_default()
}

fn is_gone(cause: &std::io::Error) -> bool {
    matches!(cause.kind(), std::io::ErrorKind::NotFound | std::io::ErrorKind::NotADirectory)
}

pub(super) fn walker(root: &Path) -> ignore::Walk {
    ignore::WalkBuilder::new(root)
        .standard_filters(false)
        .hidden(true)
        .parents(false)
        .add_custom_ignore_filename(IGNORE_FILE)
        .follow_links(false)
        .max_depth(Some(MAX_DEPTH))
        .sort_by_file_name(std::cmp::Ord::cmp)
        .filter_entry(|entry| !NEVER.iter().any(|name| entry.file_name() == *name))
        .build()
}

/// The file to read for an entry: itself, or what a link inside the tree points to. `None` for a
/// directory.
fn source(root: &Path, path: &Path, shown: &str) -> Result<Option<PathBuf>, WalkError> {
    let kind = path.symlink_metadata().map_err(|cause| unreadable(shown, cause))?.file_type();
    if kind.is_dir() {
        return Ok(None);
    }
    if kind.is_file() {
        return Ok(Some(path.to_path_buf()));
    }
    if !kind.is_symlink() {
        return Err(WalkError::Special(shown.to_owned()));
    }
    let target = path.canonicalize().map_err(|cause| unreadable(shown, cause))?;
    if !target.starts_with(root) || !target.is_file() {
        return Err(WalkError::Leaves(shown.to_owned()));
    }
    Ok(Some(target))
}

fn unreadable(path: &str, cause: std::io::Error) -> WalkError {
    WalkError::Unreadable { path: path.to_owned(), cause }
}

fn shown(relative: &Path) -> String {
    let parts: Vec<_> = relative.components().map(|c| c.as_os_str().to_string_lossy()).collect();
    parts.join("/").chars().take(255).flat_map(char::escape_debug).collect()
}

pub(super) fn tree_path(relative: &Path, shown: &str) -> Result<TreePath, WalkError> {
    let parts: Option<Vec<&str>> = relative.components().map(|c| c.as_os_str().to_str()).collect();
    let not_text = TreePathError { path: shown.to_owned(), reason: "its name is not UTF-8" };
    Ok(TreePath::new(&parts.ok_or(not_text)?.join("/"))?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(files: &[(&str, &str)]) -> tempfile::TempDir {
        let dir = tempfile::tempdir().unwrap();
        for (path, content) in files {
            let path = dir.path().join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, content).unwrap();
        }
        dir
    }

    #[test]
    fn leaves_out_what_is_not_the_plugin() {
        let dir = tree(&[
            ("manifest.json", "{}"),
            ("src/a.js", "1"),
            (".git/config", ""),
            (".env", "SECRET"),
            ("node_modules/x/index.js", ""),
            ("dist/x.dpk", ""),
            ("notes/todo.txt", ""),
            (".dainoignore", "notes/\n*.log\n"),
            ("a.log", ""),
        ]);
        let files = read_files(dir.path()).unwrap();
        let paths: Vec<_> = files.paths().map(TreePath::as_str).collect();
        assert_eq!(paths, ["manifest.json", "src/a.js"]);
    }

    #[cfg(unix)]
    #[test]
    fn links_that_leave_and_special_files_are_refused() {
        let outside = tree(&[("secret", "s")]);
        let dir = tree(&[("manifest.json", "{}"), ("a.js", "1")]);
        let link =
            |to: &Path, name: &str| std::os::unix::fs::symlink(to, dir.path().join(name)).unwrap();
        link(Path::new("a.js"), "b.js");
        assert_eq!(read_files(dir.path()).unwrap().text("b.js"), Some("1"));
        for target in
            [outside.path().join("secret"), outside.path().to_path_buf(), "/dev/zero".into()]
        {
            link(&target, "out");
            assert!(matches!(read_files(dir.path()), Err(WalkError::Leaves(p)) if p == "out"));
            std::fs::remove_file(dir.path().join("out")).unwrap();
        }
        let _socket = std::os::unix::net::UnixListener::bind(dir.path().join("sock")).unwrap();
        assert!(matches!(read_files(dir.path()), Err(WalkError::Special(_))));
    }

    #[test]
    fn reads_single_paths_again() {
        let dir = tree(&[("manifest.json", "{}"), ("a.js", "1"), ("b.js", "2")]);
        let root = dir.path().canonicalize().unwrap();
        let mut files = read_files(&root).unwrap();
        std::fs::write(root.join("a.js"), "new").unwrap();
        std::fs::remove_file(root.join("b.js")).unwrap();
        std::fs::write(root.join("c.js"), "3").unwrap();
        let paths = ["a.js", "b.js", "c.js", "none/x.js"].map(|p| TreePath::new(p).unwrap());
        read_paths(&root, &mut files, &paths).unwrap();
        assert_eq!(files, read_files(&root).unwrap());
        assert_eq!(files.text("a.js"), Some("new"));
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink("/etc/passwd", root.join("out.js")).unwrap();
            let out = [TreePath::new("out.js").unwrap()];
            assert!(matches!(read_paths(&root, &mut files, &out), Err(WalkError::Leaves(_))));
        }
        assert!(list(&root).iter().any(|listed| listed.path == Path::new("c.js")));
    }

    #[test]
    fn sizes_and_names_are_bounded() {
        let dir = tree(&[("manifest.json", "{}")]);
        let big = std::fs::File::create(dir.path().join("big.bin")).unwrap();
        big.set_len(MAX_FILE + 1).unwrap();
        assert!(matches!(read_files(dir.path()), Err(WalkError::FileTooLarge(_))));
        std::fs::remove_file(dir.path().join("big.bin")).unwrap();
        let deep = vec!["d"; MAX_DEPTH + 1].join("/");
        std::fs::create_dir_all(dir.path().join(&deep)).unwrap();
        assert!(matches!(read_files(dir.path()), Err(WalkError::TooDeep(_))));
        let clash = tree(&[("Index.js", ""), ("index.js", "")]);
        if std::fs::read_dir(clash.path()).unwrap().count() == 2 {
            assert!(matches!(read_files(clash.path()), Err(WalkError::Clash(..))));
        }
    }
}
