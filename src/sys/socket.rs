//! Sockets in the file system.

use std::io;
use std::path::Path;

/// A connected local socket.
#[cfg(unix)]
pub(crate) type LocalStream = tokio::net::UnixStream;
/// A connected local socket; there are none on this system.
#[cfg(not(unix))]
pub(crate) type LocalStream = tokio::io::DuplexStream;

/// Longest path of a socket, bytes: what the smallest system takes, its end included.
pub(crate) const LONGEST_PATH: usize = 103;

/// Connects to the socket at `path`.
pub(crate) async fn connect(path: &Path) -> io::Result<LocalStream> {
    #[cfg(unix)]
    {
        tokio::net::UnixStream::connect(path).await
    }
    #[cfg(not(unix))]
    {
        let _ = path;
        Err(io::Error::new(io::ErrorKind::Unsupported, "no local sockets on this system"))
    }
}
