//! Who asks: address, request id, token.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Instant;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};

use super::app::App;
use super::problem::{self, Problem};
use super::tokens::{Fault, Token};
use crate::model::PluginSlug;

/// One request, as far as it says who made it.
#[derive(Debug, Clone)]
pub(super) struct Caller {
    /// Where it came from.
    pub address: IpAddr,
    /// Its id, in the log and in the answer.
    pub request: Arc<str>,
}

/// The client's address: the peer's, or behind a proxy the one that the proxy saw.
pub(super) fn address(peer: IpAddr, headers: &HeaderMap, behind_proxy: bool) -> IpAddr {
    let seen = || {
        let last = headers.get_all("x-forwarded-for").iter().next_back()?.to_str().ok()?;
        last.rsplit(',').next()?.trim().parse().ok()
    };
    if behind_proxy { seen().unwrap_or(peer) } else { peer }
}

impl<S: Sync> FromRequestParts<S> for Caller {
    type Rejection = Problem;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let caller = parts.extensions.get::<Self>().cloned();
        caller.ok_or_else(|| Problem::internal("a request has no caller"))
    }
}

/// The token of a request that may change `namespace` now.
pub(super) async fn authorise(
    app: &Arc<App>,
    headers: &HeaderMap,
    namespace: &PluginSlug,
) -> Result<Token, Problem> {
    let text = bearer(headers)?;
    let checked = app.blocking(move |app| Ok(app.tokens.check(&text)?)).await?;
    let refuse = |kind, detail: &str| Err(Problem::new(kind, detail));
    let token = match checked {
        Ok(token) => token,
        Err(Fault::Unknown) => {
            return refuse(&problem::TOKEN_INVALID, "this registry has no such token");
        }
        Err(Fault::Expired) => {
            return refuse(&problem::TOKEN_EXPIRED, "ask the registry's operator for a new token");
        }
        Err(Fault::Revoked) => {
            return refuse(&problem::TOKEN_REVOKED, "ask the registry's operator for a new token");
        }
    };
    if !token.namespaces.contains(namespace) {
        let list: Vec<&str> = token.namespaces.iter().map(PluginSlug::as_str).collect();
        let detail = format!("the token is for {}, not for `{namespace}`", list.join(", "));
        return Err(Problem::new(&problem::TOKEN_NAMESPACE, detail));
    }
    app.changes.take(token.id.clone(), Instant::now()).map_err(|seconds| {
        let detail = "this token has changed much in a short time";
        Problem::new(&problem::TOO_MANY_REQUESTS, detail).later(seconds)
    })?;
    Ok(token)
}

fn bearer(headers: &HeaderMap) -> Result<String, Problem> {
    let mut values = headers.get_all(header::AUTHORIZATION).iter();
    let missing =
        || Problem::new(&problem::TOKEN_MISSING, "send `Authorization: Bearer` and a token");
    let value = values.next().ok_or_else(missing)?;
    if values.next().is_some() {
        return Err(Problem::new(&problem::TOKEN_INVALID, "there is more than one token"));
    }
    let (scheme, token) =
        value.to_str().ok().and_then(|v| v.split_once(' ')).ok_or_else(missing)?;
    if scheme.eq_ignore_ascii_case("bearer") { Ok(token.trim().to_owned()) } else { Err(missing()) }
}
