//! HTTP, the only place that makes it: [`Http`] for our own requests to registries, [`Web`] for
//! repositories and interfaces that a person names, [`guard`] for the requests of plugins.
//!
//! TLS is rustls with ring; trusted roots are the system's.

mod error;
pub(crate) mod guard;
mod http;
mod retry;
mod tls;
mod web;

pub(crate) use error::{CODES, NetError};
pub(crate) use http::{Http, HttpOptions, Reply, Send, is_this_machine};
pub(crate) use tls::client_config;
pub(crate) use web::{Answer, Question, Web};
