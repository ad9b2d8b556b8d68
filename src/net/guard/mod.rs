//! The gate that every request of a plugin passes: HTTPS to a granted host, at a public address.
//!
//! Checked in this order, and again for every redirect: the URL's form, the host against the
//! grants, and every address the name resolves to. The connection goes to exactly the addresses
//! that were checked, so a name that changes its mind between check and connect gains nothing.
//! Proxies of the environment are not used here, because a proxy would resolve names itself.

mod address;
mod error;
mod fetch;
#[cfg(any(test, feature = "fuzzing"))]
mod fuzz;
mod headers;
mod request;
pub(super) mod resolver;
mod target;

pub(crate) use address::is_public;
pub(crate) use error::FetchError;
pub(crate) use fetch::fetch;
#[cfg(any(test, feature = "fuzzing"))]
pub(crate) use fuzz::{judges_addresses_alike, passes_only_to_granted_hosts};
pub(crate) use request::{
    FetchLimits, FetchPolicy, FetchRequest, FetchResponse, Redirect, Witness,
};
