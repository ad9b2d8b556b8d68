//! What goes wrong between us and a server.

use std::error::Error;

use crate::error::{Coded, ErrorCode};
use crate::model::ExitCode;

/// Codes of this module.
pub(crate) const CODES: &[&ErrorCode] =
    &[&OFFLINE, &CONNECT, &TIMEOUT, &TLS, &TOO_LARGE, &PROTOCOL, &CLIENT];

static OFFLINE: ErrorCode = ErrorCode {
    id: "net.offline",
    exit: ExitCode::Network,
    meaning: "The command needs the network, and `--offline` forbids it.",
    remedy: "Run it without `--offline` (or unset DAINO_OFFLINE).",
};
static CONNECT: ErrorCode = ErrorCode {
    id: "net.connect",
    exit: ExitCode::Network,
    meaning: "The server could not be reached: the name does not resolve, nobody listens there, or the connection broke.",
    remedy: "Check the address, the network and HTTPS_PROXY, then run the command again.",
};
static TIMEOUT: ErrorCode = ErrorCode {
    id: "net.timeout",
    exit: ExitCode::Network,
    meaning: "The server did not answer in time.",
    remedy: "Run the command again; give DAINO_HTTP_TIMEOUT more seconds on a slow network.",
};
static TLS: ErrorCode = ErrorCode {
    id: "net.tls",
    exit: ExitCode::Network,
    meaning: "There is no trusted TLS connection to the server.",
    remedy: "Check the server's certificate and this machine's clock and trusted roots (package `ca-certificates`).",
};
static TOO_LARGE: ErrorCode = ErrorCode {
    id: "net.too-large",
    exit: ExitCode::Network,
    meaning: "The server sent more than it should.",
    remedy: "Check that the address is that of a registry; report it to whoever runs it.",
};
static PROTOCOL: ErrorCode = ErrorCode {
    id: "net.protocol",
    exit: ExitCode::Network,
    meaning: "The server's answer is not HTTP as it should be, or it redirects to another scheme.",
    remedy: "Check the address; a captive portal or a proxy may be answering instead.",
};
static CLIENT: ErrorCode = ErrorCode {
    id: "net.client",
    exit: ExitCode::Bug,
    meaning: "The HTTP client could not be made.",
    remedy: "Check HTTP_PROXY and HTTPS_PROXY; if they are fine, please report this.",
};

/// Why a request has no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum NetError {
    /// `--offline`.
    #[error("`{0}` is not asked: the network is switched off")]
    Offline(String),
    /// No connection.
    #[error("cannot reach `{url}`: {reason}")]
    Connect {
        /// Asked for.
        url: String,
        /// What the system says.
        reason: String,
    },
    /// No answer in time.
    #[error("`{url}` did not answer within {seconds} s")]
    Timeout {
        /// Asked for.
        url: String,
        /// Seconds waited without a byte.
        seconds: u64,
    },
    /// No trust.
    #[error("no trusted connection to `{url}`: {reason}")]
    Tls {
        /// Asked for.
        url: String,
        /// What TLS says.
        reason: String,
    },
    /// More than expected.
    #[error("`{url}` sends more than {limit} bytes")]
    TooLarge {
        /// Asked for.
        url: String,
        /// The limit.
        limit: u64,
    },
    /// Not HTTP, or a redirect that is refused.
    #[error("`{url}` answers wrongly: {reason}")]
    Protocol {
        /// Asked for.
        url: String,
        /// What is wrong.
        reason: String,
    },
    /// The client cannot be made.
    #[error("cannot make an HTTP client: {0}")]
    Client(String),
}

impl Coded for NetError {
    fn code(&self) -> &'static ErrorCode {
        match self {
            Self::Offline(_) => &OFFLINE,
            Self::Connect { .. } => &CONNECT,
            Self::Timeout { .. } => &TIMEOUT,
            Self::Tls { .. } => &TLS,
            Self::TooLarge { .. } => &TOO_LARGE,
            Self::Protocol { .. } => &PROTOCOL,
            Self::Client(_) => &CLIENT,
        }
    }

    fn hints(&self) -> Vec<String> {
        vec![self.code().remedy.to_owned()]
    }
}

impl NetError {
    /// Reads the chain of causes of reqwest's error.
    pub(super) fn explain(error: &reqwest::Error, url: &str, idle_seconds: u64) -> Self {
        let url = url.to_owned();
        if error.is_timeout() {
            return Self::Timeout { url, seconds: idle_seconds };
        }
        let mut next: Option<&(dyn Error + 'static)> = Some(error);
        let mut reason = String::new();
        while let Some(cause) = next {
            if let Some(tls) = super::tls::inside(cause) {
                return Self::Tls { url, reason: tls.to_string() };
            }
            reason = cause.to_string();
            next = cause.source();
        }
        if error.is_redirect() || error.is_decode() || error.is_builder() {
            return Self::Protocol { url, reason };
        }
        Self::Connect { url, reason }
    }
}
