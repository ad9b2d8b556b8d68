//! Why a plugin's request was refused or failed. The text reaches the plugin's author, who must
//! see at once which line of the manifest is missing.

use std::net::IpAddr;
use std::time::Duration;

/// Why there is no answer for the plugin.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum FetchError {
    /// The request itself is not one that can be sent.
    #[error("{0}")]
    Request(String),
    /// The host is not granted.
    #[error("`{host}` is not granted; add {permission} to `permissions.api` in manifest.json")]
    Denied {
        /// Host, with the port unless it is 443.
        host: String,
        /// What to add to `permissions.api`, a JSON string with its quotes.
        permission: String,
    },
    /// The URL asks for something no permission can grant.
    #[error("`{url}` cannot be fetched: {reason}")]
    Url {
        /// What was asked for, without credentials.
        url: String,
        /// Why not.
        reason: &'static str,
    },
    /// The name leads to an address that is not public.
    #[error("`{host}` resolves to {address}, which is not a public address")]
    Address {
        /// Name asked for.
        host: String,
        /// The first address refused.
        address: IpAddr,
    },
    /// The name does not resolve.
    #[error("`{0}` does not resolve")]
    Resolve(String),
    /// More than the limit was sent or received.
    #[error("{what} is larger than the limit of {limit} bytes")]
    TooLarge {
        /// Which part.
        what: &'static str,
        /// The limit.
        limit: u64,
    },
    /// It took too long.
    #[error("no answer from `{host}` within {:.1} s", limit.as_secs_f64())]
    Timeout {
        /// Host asked.
        host: String,
        /// The limit.
        limit: Duration,
    },
    /// The certificate or the handshake is not good.
    #[error("no trusted connection to `{host}`: {reason}")]
    Tls {
        /// Host asked.
        host: String,
        /// What TLS says.
        reason: String,
    },
    /// Nobody listens, or the connection broke.
    #[error("cannot reach `{host}`: {reason}")]
    Connection {
        /// Host asked.
        host: String,
        /// What the system says.
        reason: String,
    },
    /// A redirect that is not followed.
    #[error("redirect from `{from}` was not followed: {reason}")]
    Redirect {
        /// Where it came from.
        from: String,
        /// Why.
        reason: String,
    },
    /// The policy itself is wrong.
    #[error("the mock `{0}` is not an http address on loopback")]
    Mock(String),
}

impl FetchError {
    /// Stable name for the plugin's `error.code` and the audit log.
    pub(crate) fn code(&self) -> &'static str {
        match self {
            Self::Request(_) => "fetch.request",
            Self::Denied { .. } => "fetch.denied",
            Self::Url { .. } => "fetch.url",
            Self::Address { .. } => "fetch.address",
            Self::Resolve(_) => "fetch.resolve",
            Self::TooLarge { .. } => "fetch.too-large",
            Self::Timeout { .. } => "fetch.timeout",
            Self::Tls { .. } => "fetch.tls",
            Self::Connection { .. } => "fetch.connection",
            Self::Redirect { .. } => "fetch.redirect",
            Self::Mock(_) => "fetch.mock",
        }
    }

    /// Whether it is the grants that do not cover the host.
    pub(crate) fn is_about_grants(&self) -> bool {
        matches!(self, Self::Denied { .. })
    }

    /// Whether a permission or the address rule said no, as opposed to the network.
    pub(crate) fn is_refusal(&self) -> bool {
        matches!(self, Self::Denied { .. } | Self::Url { .. } | Self::Address { .. })
    }
}
