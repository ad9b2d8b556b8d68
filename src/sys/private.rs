//! Files that only their owner may read. Where the system has no such modes, the account's own
//! directory is what protects them.

use std::fs::OpenOptions;
use std::io::{self, Write};
use std::path::Path;

use super::file::sync_dir;

/// Makes a directory, and those above it, that only the owner can enter. One that exists is kept
/// as it is.
pub fn create_dir(path: &Path) -> io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

/// Makes a new directory in `base` that only the owner can enter; gone when dropped.
pub fn temp_dir(prefix: &str, base: &Path) -> io::Result<tempfile::TempDir> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(prefix);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(std::fs::Permissions::from_mode(0o700));
    }
    builder.tempdir_in(base)
}

/// Writes a new file with mode 0600, flushed to disk. One that exists is an error. A file that
/// could not be written whole is removed.
pub fn create_file(path: &Path, content: &[u8]) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    let written = file.write_all(content).and_then(|()| file.sync_all());
    if written.is_err() {
        let _ = std::fs::remove_file(path);
    }
    written?;
    path.parent().map_or(Ok(()), sync_dir)
}

/// Whether nobody but the owner can read or change the file or directory. Links are not followed:
/// a link is not private.
pub fn is_private(path: &Path) -> io::Result<bool> {
    let metadata = std::fs::symlink_metadata(path)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        Ok(!metadata.is_symlink() && metadata.permissions().mode() & 0o077 == 0)
    }
    #[cfg(not(unix))]
    Ok(!metadata.is_symlink())
}
