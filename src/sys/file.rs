//! Writing files so that a reader sees the old content or the new, never half of it.

use std::io::{self, Write};
use std::path::Path;

/// Writes `content` to `path` by way of a temporary file beside it: flushed to disk, then renamed.
/// `private` gives mode 0600.
pub fn write_atomic(path: &Path, content: &[u8], private: bool) -> io::Result<()> {
    let parent = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    write_aside(parent, content, private)?.persist(path).map_err(|e| e.error)?;
    sync_dir(parent)
}

/// Writes `content` to a temporary file in `dir`, flushed to disk; it is gone when dropped.
/// `private` gives mode 0600, else it is 0644.
pub fn write_aside(
    dir: &Path,
    content: &[u8],
    private: bool,
) -> io::Result<tempfile::NamedTempFile> {
    let file = write_unflushed(dir, content, private)?;
    file.as_file().sync_all()?;
    Ok(file)
}

/// Writes `content` to a temporary file in `dir` without flushing it: for what can be made again.
pub fn write_unflushed(
    dir: &Path,
    content: &[u8],
    private: bool,
) -> io::Result<tempfile::NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".daino-tmp-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(std::fs::Permissions::from_mode(if private { 0o600 } else { 0o644 }));
    }
    #[cfg(not(unix))]
    let _ = private;
    let mut file = builder.tempfile_in(dir)?;
    file.write_all(content)?;
    Ok(file)
}

/// Flushes a directory, so that a rename in it survives a power cut. Does nothing where the
/// system has no such call.
pub fn sync_dir(dir: &Path) -> io::Result<()> {
    if cfg!(unix) { std::fs::File::open(dir)?.sync_all() } else { Ok(()) }
}

/// Reads at most `limit` bytes; a longer file is an error of kind `FileTooLarge`.
pub fn read_limited(path: &Path, limit: u64) -> io::Result<Vec<u8>> {
    use io::Read;
    let file = std::fs::File::open(path)?;
    let mut content = Vec::new();
    file.take(limit + 1).read_to_end(&mut content)?;
    if content.len() as u64 > limit {
        return Err(io::Error::new(
            io::ErrorKind::FileTooLarge,
            format!("`{}` is larger than {limit} bytes", path.display()),
        ));
    }
    Ok(content)
}

/// Whether only the owner can read the file. Always true where the system has no such modes.
pub fn is_private(path: &Path) -> io::Result<bool> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        Ok(std::fs::metadata(path)?.permissions().mode() & 0o077 == 0)
    }
    #[cfg(not(unix))]
    {
        std::fs::metadata(path).map(|_| true)
    }
}

/// Flushes everything on the file system that holds `dir`. Does nothing where the system has no
/// such call.
pub fn sync_file_system(dir: &Path) -> io::Result<()> {
    #[cfg(target_os = "linux")]
    {
        Ok(rustix::fs::syncfs(std::fs::File::open(dir)?)?)
    }
    #[cfg(not(target_os = "linux"))]
    {
        let _ = dir;
        Ok(())
    }
}

/// Makes the link `at` to the file `name` in the same directory; a copy where there are no links.
pub fn link_beside(name: &std::ffi::OsStr, at: &Path) -> io::Result<()> {
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(name, at)
    }
    #[cfg(not(unix))]
    {
        std::fs::copy(at.with_file_name(name), at).map(|_| ())
    }
}
