//! Writes the files of a release into a directory.
//!
//! The directory is new, so nothing in it can be a link that leads elsewhere; every file is made,
//! never opened. All of it is on disk when the call returns: the files are written first and then flushed
//! by several threads, so that one commit of the file system's own journal does for many of them. Nothing
//! needs them to be there before: the directory gets its name, and the shop its record, only after that.
//! Flushing the whole file system would be one call, and would wait for what everybody else has written.

use std::collections::BTreeSet;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::error::{Coded, ErrorCode};
use crate::model::{ExitCode, FileSet};
use crate::sys::file;

/// Most files that are open at the same time.
const BATCH: usize = 256;
/// Threads that flush.
const THREADS: usize = 8;

/// Codes of this module.
pub(crate) const CODES: &[&ErrorCode] = &[&WRITE];

static WRITE: ErrorCode = ErrorCode {
    id: "package.write",
    exit: ExitCode::Usage,
    meaning: "A file of the release could not be written.",
    remedy: "Check that the directory is yours to write in and that the disk has room.",
};

/// A file or directory that could not be made.
#[derive(Debug, thiserror::Error)]
#[error("cannot write `{}`", path.display())]
pub struct UnpackError {
    /// Which.
    pub path: PathBuf,
    /// Why.
    #[source]
    pub source: io::Error,
}

impl Coded for UnpackError {
    fn code(&self) -> &'static ErrorCode {
        &WRITE
    }
}

/// Writes `files` into the new directory `dir`, which must not exist; its parent must. After a
/// failure the directory is removed again.
pub fn unpack(files: &FileSet, dir: &Path) -> Result<(), UnpackError> {
    fs::create_dir(dir).map_err(|source| UnpackError { path: dir.to_path_buf(), source })?;
    write_all(files, dir).inspect_err(|_| {
        // The failure that counts is the one being returned.
        let _ = fs::remove_dir_all(dir);
    })
}

fn write_all(files: &FileSet, dir: &Path) -> Result<(), UnpackError> {
    let mut made = BTreeSet::from([dir.to_path_buf()]);
    // As many as a process may have open is far more than a batch.
    let mut batch = Vec::new();
    for (path, content) in files.iter() {
        let target = path.under(dir);
        make_parents(&target, &mut made)?;
        match write_new(&target, content) {
            Ok(file) => batch.push((file, target)),
            Err(source) => return Err(UnpackError { path: target, source }),
        }
        if batch.len() == BATCH {
            flush(&std::mem::take(&mut batch))?;
        }
    }
    flush(&batch)?;
    let parent = dir.parent().map(Path::to_path_buf).filter(|p| !p.as_os_str().is_empty());
    for path in made.iter().rev().chain(&parent) {
        file::sync_dir(path).map_err(|source| UnpackError { path: path.clone(), source })?;
    }
    Ok(())
}

/// Makes the directories above `target` that this call has not made yet.
fn make_parents(target: &Path, made: &mut BTreeSet<PathBuf>) -> Result<(), UnpackError> {
    let missing: Vec<&Path> =
        target.ancestors().skip(1).take_while(|path| !made.contains(*path)).collect();
    for path in missing.into_iter().rev() {
        fs::create_dir(path).map_err(|source| UnpackError { path: path.to_path_buf(), source })?;
        made.insert(path.to_path_buf());
    }
    Ok(())
}

fn write_new(path: &Path, content: &[u8]) -> io::Result<File> {
    let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
    file.write_all(content)?;
    Ok(file)
}

/// Flushes files that were written, several at a time.
fn flush(files: &[(File, PathBuf)]) -> Result<(), UnpackError> {
    let each = files.len().div_ceil(THREADS).max(1);
    let flush_some = |some: &[(File, PathBuf)]| {
        some.iter().try_for_each(|(file, path)| {
            file.sync_all().map_err(|source| UnpackError { path: path.clone(), source })
        })
    };
    std::thread::scope(|scope| {
        let running: Vec<_> =
            files.chunks(each).map(|some| scope.spawn(move || flush_some(some))).collect();
        running.into_iter().try_for_each(|one| match one.join() {
            Ok(flushed) => flushed,
            Err(panic) => std::panic::resume_unwind(panic),
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::TreePath;

    fn files() -> FileSet {
        ["manifest.json", "lib/a/b.js", "lib/c.js"]
            .into_iter()
            .map(|path| (TreePath::new(path).unwrap(), path.as_bytes().to_vec()))
            .collect()
    }

    #[test]
    fn writes_every_file_into_a_new_directory() {
        let temp = tempfile::tempdir().unwrap();
        let dir = temp.path().join("code");
        unpack(&files(), &dir).unwrap();
        for (path, content) in files().iter() {
            assert_eq!(fs::read(path.under(&dir)).unwrap(), content);
        }
    }

    #[test]
    fn a_directory_that_exists_is_left_alone() {
        let temp = tempfile::tempdir().unwrap();
        let dir = temp.path().join("code");
        fs::create_dir(&dir).unwrap();
        fs::write(dir.join("mine"), "x").unwrap();
        assert!(unpack(&files(), &dir).is_err());
        assert_eq!(fs::read(dir.join("mine")).unwrap(), b"x");
    }

    #[test]
    fn a_failure_leaves_nothing() {
        let temp = tempfile::tempdir().unwrap();
        let dir = temp.path().join("code");
        let mut files = files();
        files.insert(TreePath::new("lib").unwrap(), b"a file and a directory".to_vec());
        assert!(unpack(&files, &dir).is_err());
        assert!(!dir.exists());
    }
}
