//! HTTP, the only place that makes it: [`Http`] for our own requests to registries, [`guard`] for
//! the requests of plugins.
//!
//! TLS is rustls with ring; trusted roots are the system's.

mod error;
pub(crate) mod guard;
mod http;
mod retry;
mod tls;

pub(crate) use error::{CODES, NetError};
pub(crate) use http::{Http, HttpOptions, Reply, Send, is_this_machine};
pub(crate) use tls::client_config;
