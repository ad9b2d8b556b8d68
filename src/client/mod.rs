//! The registry's client: index, archives, search, publishing.
//!
//! The registry is not trusted. What it says is bounded, parsed strictly, and believed only as far
//! as a publisher's signature goes; which key may sign is decided by the pins of the lock file. The
//! wire is described in `docs/registry-api.md`.

mod cache;
mod error;
mod evidence;
mod index;
mod lock;
mod log;
mod problem;
mod publish;
mod registry;
#[cfg(feature = "registry-server")]
mod replay;
mod resolve;
mod search;
#[cfg(test)]
pub(crate) mod tests;

pub(crate) use error::{CODES, ClientError};
pub(crate) use index::{Index, Release};
pub(crate) use lock::{CODES as LOCK_CODES, Known, LOCK_FILE, LockFile};
pub(crate) use log::SeenLog;
pub(crate) use publish::Published;
pub(crate) use registry::{ClientOptions, Registry};
pub(crate) use resolve::{choose, exact, offered};
pub(crate) use search::{SearchHit, SearchQuery};
