//! Resolves names and refuses those that lead to an address a plugin may not reach.
//!
//! reqwest connects to exactly the addresses returned here, and asks once per connection. One bad
//! address refuses the whole name: a public name with a private address beside it is an attack or
//! a mistake.

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use futures_util::future::{BoxFuture, FutureExt};
use reqwest::dns::{Addrs, Name, Resolve, Resolving};

/// Turns a name into addresses: a seam, so that tests can play a hostile name server.
pub(in crate::net) trait Lookup: Send + Sync {
    /// The addresses of `host`.
    fn lookup(&self, host: String) -> BoxFuture<'static, io::Result<Vec<IpAddr>>>;
}

/// The system's resolver.
pub(in crate::net) struct SystemLookup;

impl Lookup for SystemLookup {
    fn lookup(&self, host: String) -> BoxFuture<'static, io::Result<Vec<IpAddr>>> {
        async move {
            let found = tokio::net::lookup_host((host.as_str(), 0)).await?;
            Ok(found.map(|address| address.ip()).collect())
        }
        .boxed()
    }
}

/// Says why a name was not resolved; found again in the chain of causes of reqwest's error.
#[derive(Debug, Clone, thiserror::Error)]
pub(super) enum ResolveError {
    /// It leads to an address that is refused.
    #[error("{0} is not a public address")]
    Refused(IpAddr),
    /// It leads nowhere.
    #[error("the name does not resolve")]
    Nothing,
}

/// Resolves and checks.
pub(in crate::net) struct CheckingResolver {
    lookup: Arc<dyn Lookup>,
    permits: fn(IpAddr) -> bool,
}

impl CheckingResolver {
    /// Checks every address that `lookup` finds with `permits`.
    pub(in crate::net) fn new(lookup: Arc<dyn Lookup>, permits: fn(IpAddr) -> bool) -> Self {
        Self { lookup, permits }
    }
}

impl Resolve for CheckingResolver {
    fn resolve(&self, name: Name) -> Resolving {
        let (found, permits) = (self.lookup.lookup(name.as_str().to_owned()), self.permits);
        Box::pin(async move {
            let found = found.await.map_err(|_| ResolveError::Nothing)?;
            if let Some(bad) = found.iter().find(|address| !permits(**address)) {
                return Err(ResolveError::Refused(*bad).into());
            }
            if found.is_empty() {
                return Err(ResolveError::Nothing.into());
            }
            // Port 0 is replaced by the URL's own port.
            let addresses = found.into_iter().map(|address| SocketAddr::new(address, 0));
            Ok(Box::new(addresses) as Addrs)
        })
    }
}
