//! Gives libgit2 a way to reach a server that is ours: libgit2 is built without TLS and ssh.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use git2::transport::{self, SmartSubtransport, Transport};

/// Makes `make` the way to every address of `scheme` (`https`), once per process.
/// `is_stateless` says that each question is a request of its own, as with HTTP.
pub fn carry<S: SmartSubtransport>(
    scheme: &'static str,
    is_stateless: bool,
    make: fn() -> Result<S, git2::Error>,
) -> Result<(), git2::Error> {
    static KNOWN: Mutex<BTreeSet<&str>> = Mutex::new(BTreeSet::new());
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    if known.contains(scheme) {
        return Ok(());
    }
    let factory = move |remote: &git2::Remote<'_>| Transport::smart(remote, is_stateless, make()?);
    // SAFETY: the call must not run beside another that makes or registers a transport. The lock is
    // held here, and `source` makes transports only after it has called this function.
    #[allow(unsafe_code)]
    let registered = unsafe { transport::register(scheme, factory) };
    registered?;
    known.insert(scheme);
    Ok(())
}
