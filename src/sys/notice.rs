//! What this system tells about files that change.

/// Whether it tells when a file that was written is closed; elsewhere a file counts as complete
/// once it has rested.
pub(crate) fn tells_closing() -> bool {
    cfg!(target_os = "linux")
}

/// Whether an error says that this user may not watch any more.
pub(crate) fn is_out_of_watchers(error: &std::io::Error) -> bool {
    matches!(error.raw_os_error(), Some(libc::EMFILE | libc::ENFILE | libc::ENOSPC))
}
