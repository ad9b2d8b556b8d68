//! Writes a plan: all of it or nothing.
//!
//! A new directory is built aside, on the same file system, and renamed into place. An empty one
//! stays the directory it is, because somebody may be working in it: its files are built aside in
//! it and renamed, and taken out again when one of them cannot be. Into a full directory only the planned files are written, each atomically, after a look at all of
//! them; nothing is ever written through a symbolic link.

use std::collections::BTreeSet;
use std::io;
use std::path::Path;

use super::{Plan, TemplateError};
use crate::model::TreePath;
use crate::sys::file::{sync_dir, write_atomic};

/// Writes the plan to `target`. A directory that is not empty needs `force`.
pub(crate) fn write(plan: &Plan, target: &Path, force: bool) -> Result<(), TemplateError> {
    let kind = match std::fs::symlink_metadata(target) {
        Ok(metadata) => metadata.file_type(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return write_new(plan, target),
        Err(error) => return Err(failed(target, error)),
    };
    if kind.is_symlink() && !target.is_dir() || !kind.is_symlink() && !kind.is_dir() {
        return Err(TemplateError::InTheWay(shown(target), "is not a directory"));
    }
    let mut entries = std::fs::read_dir(target).map_err(|e| failed(target, e))?;
    if entries.next().is_none() {
        return fill(plan, target);
    }
    if !force {
        return Err(TemplateError::Exists(shown(target)));
    }
    write_over(plan, target)
}

fn write_new(plan: &Plan, target: &Path) -> Result<(), TemplateError> {
    let parent = target.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    std::fs::create_dir_all(parent).map_err(|e| failed(parent, e))?;
    let aside = tempfile::Builder::new()
        .prefix(".daino-tmp-")
        .tempdir_in(parent)
        .map_err(|e| failed(parent, e))?;
    let tree = aside.path().join("tree");
    std::fs::create_dir(&tree).map_err(|e| failed(&tree, e))?;
    for file in &plan.files {
        write_one(&tree, &file.path, &file.bytes)?;
    }
    std::fs::rename(&tree, target).map_err(|e| failed(target, e))?;
    sync_dir(parent).map_err(|e| failed(parent, e))
}

fn fill(plan: &Plan, target: &Path) -> Result<(), TemplateError> {
    let aside = tempfile::Builder::new()
        .prefix(".daino-tmp-")
        .tempdir_in(target)
        .map_err(|e| failed(target, e))?;
    for file in &plan.files {
        write_one(aside.path(), &file.path, &file.bytes)?;
    }
    let names: BTreeSet<&str> =
        plan.files.iter().filter_map(|f| f.path.as_str().split('/').next()).collect();
    let mut moved: Vec<&str> = Vec::new();
    for name in names {
        if let Err(error) = std::fs::rename(aside.path().join(name), target.join(name)) {
            for name in moved {
                // Back into what is removed; what fails here is reported by the error already.
                let _ = std::fs::rename(target.join(name), aside.path().join(name));
            }
            return Err(failed(&target.join(name), error));
        }
        moved.push(name);
    }
    drop(aside);
    sync_dir(target).map_err(|e| failed(target, e))
}

fn write_over(plan: &Plan, target: &Path) -> Result<(), TemplateError> {
    let root = target.canonicalize().map_err(|e| failed(target, e))?;
    for file in &plan.files {
        in_the_way(&root, &file.path)?;
    }
    for file in &plan.files {
        write_one(&root, &file.path, &file.bytes)?;
    }
    Ok(())
}

fn write_one(root: &Path, path: &TreePath, bytes: &[u8]) -> Result<(), TemplateError> {
    let target = path.under(root);
    target
        .parent()
        .map_or(Ok(()), std::fs::create_dir_all)
        .and_then(|()| write_atomic(&target, bytes, false))
        .map_err(|cause| TemplateError::Write { path: path.to_string(), cause })
}

/// Looks at each component of a planned path below `root`.
fn in_the_way(root: &Path, path: &TreePath) -> Result<(), TemplateError> {
    let mut here = root.to_path_buf();
    let parts: Vec<&str> = path.as_str().split('/').collect();
    for (i, part) in parts.iter().enumerate() {
        here.push(part);
        let kind = match std::fs::symlink_metadata(&here) {
            Ok(metadata) => metadata.file_type(),
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(failed(&here, error)),
        };
        let is_last = i + 1 == parts.len();
        let name = parts[..=i].join("/");
        if kind.is_symlink() {
            return Err(TemplateError::InTheWay(name, "is a symbolic link"));
        }
        if is_last && !kind.is_file() {
            return Err(TemplateError::InTheWay(name, "is not a file"));
        }
        if !is_last && !kind.is_dir() {
            return Err(TemplateError::InTheWay(name, "is not a directory"));
        }
    }
    Ok(())
}

fn failed(path: &Path, cause: io::Error) -> TemplateError {
    TemplateError::Write { path: shown(path), cause }
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}

#[cfg(test)]
mod tests {
    use super::super::render::PlannedFile;
    use super::*;

    fn plan() -> Plan {
        let file =
            |path: &str| PlannedFile { path: TreePath::new(path).unwrap(), bytes: b"new".to_vec() };
        Plan { files: vec![file("a.txt"), file("src/b.txt")] }
    }

    #[test]
    fn writes_new_and_empty_directories_and_refuses_full_ones() {
        let dir = tempfile::tempdir().unwrap();
        let target = dir.path().join("deep/x");
        write(&plan(), &target, false).unwrap();
        assert_eq!(std::fs::read(target.join("src/b.txt")).unwrap(), b"new");
        assert!(matches!(write(&plan(), &target, false), Err(TemplateError::Exists(_))));
        let empty = dir.path().join("empty");
        std::fs::create_dir(&empty).unwrap();
        write(&plan(), &empty, false).unwrap();
        let mut names: Vec<_> =
            std::fs::read_dir(&empty).unwrap().map(|e| e.unwrap().file_name()).collect();
        names.sort();
        assert_eq!(names, ["a.txt", "src"]);
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 2, "nothing is left aside");
        std::fs::write(dir.path().join("file"), "").unwrap();
        assert!(matches!(
            write(&plan(), &dir.path().join("file"), true),
            Err(TemplateError::InTheWay(..))
        ));
    }

    #[test]
    fn force_replaces_only_the_planned_files() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("a.txt"), "old").unwrap();
        std::fs::write(dir.path().join("mine.txt"), "mine").unwrap();
        write(&plan(), dir.path(), true).unwrap();
        assert_eq!(std::fs::read(dir.path().join("a.txt")).unwrap(), b"new");
        assert_eq!(std::fs::read(dir.path().join("mine.txt")).unwrap(), b"mine");
    }

    #[cfg(unix)]
    #[test]
    fn force_never_writes_through_a_link() {
        let outside = tempfile::tempdir().unwrap();
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("a.txt"), "old").unwrap();
        std::os::unix::fs::symlink(outside.path(), dir.path().join("src")).unwrap();
        let error = write(&plan(), dir.path(), true).unwrap_err();
        assert!(matches!(error, TemplateError::InTheWay(p, _) if p == "src"));
        assert_eq!(std::fs::read(dir.path().join("a.txt")).unwrap(), b"old", "nothing was changed");
        assert_eq!(std::fs::read_dir(outside.path()).unwrap().count(), 0);
    }
}
