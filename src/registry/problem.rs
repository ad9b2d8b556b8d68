//! The one form of a refusal: a problem document (RFC 9457). What went wrong inside the service
//! stays inside: the client gets the request's id, the log gets the id and the cause.

use axum::body::Body;
use axum::http::{HeaderValue, Response, StatusCode, header};
use axum::response::IntoResponse;
use serde::Serialize;

use super::RegistryError;
use crate::error::Coded;
use crate::model::Finding;

/// Kind of a refusal. `code` is part of the interface.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Kind {
    /// HTTP status.
    pub status: StatusCode,
    /// Stable code; the end of `type`.
    pub code: &'static str,
    /// What it means, the same for every occurrence.
    pub title: &'static str,
}

macro_rules! kinds {
    ($($name:ident = $status:literal, $code:literal, $title:literal;)*) => {
        $(pub(super) static $name: Kind = Kind {
            status: match StatusCode::from_u16($status) {
                Ok(status) => status,
                Err(_) => panic!("not a status"),
            },
            code: $code,
            title: $title,
        };)*
        /// Every kind, for the page that documents them.
        #[cfg(test)]
        pub(super) static KINDS: &[&Kind] = &[$(&$name),*];
    };
}

kinds! {
    NAME = 400, "name", "The address names no plugin or version";
    QUERY = 400, "query", "The query cannot be read";
    FORM = 400, "form", "The body is not a release";
    CUT_OFF = 400, "cut-off", "The body ended early";
    TOKEN_MISSING = 401, "token-missing", "A token is needed";
    TOKEN_INVALID = 401, "token-invalid", "The token is not valid here";
    TOKEN_EXPIRED = 401, "token-expired", "The token is over its time";
    TOKEN_REVOKED = 401, "token-revoked", "The token was revoked";
    TOKEN_NAMESPACE = 403, "token-namespace", "The token is for other namespaces";
    KEY_NOT_OWNER = 403, "key-not-owner", "The namespace belongs to another key";
    NOT_FOUND = 404, "not-found", "There is nothing here";
    METHOD = 405, "method", "The method is not for this address";
    TOO_SLOW = 408, "too-slow", "The body took too long";
    VERSION_TAKEN = 409, "version-taken", "The version is there with other content";
    TOO_LARGE = 413, "too-large", "The release is too large";
    ADDRESS_TOO_LONG = 414, "address-too-long", "The address is too long";
    CONTENT_TYPE = 415, "content-type", "The body has another type";
    OUTDATED = 409, "outdated", "The statement does not fit those before it";
    SIGNATURE = 422, "signature", "The signed statement is refused";
    OWNER = 422, "owner", "The owner chain does not go on like this";
    STATEMENT = 422, "statement", "The statement is about another release";
    VERDICT = 422, "verdict", "The checks refuse the release";
    ARCHIVE = 422, "archive", "The archive is refused";
    TOO_MANY_RELEASES = 422, "too-many-releases", "The plugin has too many releases";
    TOO_MANY_REQUESTS = 429, "too-many-requests", "Too many requests";
    INTERNAL = 500, "internal", "The registry failed";
    BUSY = 503, "busy", "The registry is busy";
}

/// A refusal.
#[derive(Debug, Clone)]
pub(super) struct Problem {
    /// Its kind.
    pub kind: &'static Kind,
    /// What is wrong this time.
    pub detail: String,
    /// The documented code of what was found wrong with a release, as `daino-pdk explain` knows it.
    pub cause: Option<&'static str>,
    /// What the checks found.
    pub findings: Vec<Finding>,
    /// Seconds to wait before the next try.
    pub retry_after: Option<u64>,
    /// What the log is told, and nobody else.
    pub secret: Option<String>,
}

#[derive(Serialize)]
struct Document<'a> {
    r#type: String,
    title: &'a str,
    status: u16,
    detail: &'a str,
    code: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    cause: Option<&'a str>,
    request_id: &'a str,
    #[serde(skip_serializing_if = "<[Finding]>::is_empty")]
    findings: &'a [Finding],
}

impl Problem {
    /// A refusal of this kind.
    pub(super) fn new(kind: &'static Kind, detail: impl Into<String>) -> Self {
        let detail = detail.into();
        let findings = Vec::new();
        Self { kind, detail, cause: None, findings, retry_after: None, secret: None }
    }

    /// Because of an error that the sender may know, with all its causes.
    pub(super) fn because(kind: &'static Kind, error: &(impl Coded + 'static)) -> Self {
        Self { cause: Some(error.code().id), ..Self::new(kind, chain(error)) }
    }

    /// Because of something inside the service.
    pub(super) fn internal(secret: impl Into<String>) -> Self {
        let detail = "the registry could not do this; its log says more under the request's id";
        Self { secret: Some(secret.into()), ..Self::new(&INTERNAL, detail) }
    }

    /// Come back after `seconds`.
    pub(super) fn later(mut self, seconds: u64) -> Self {
        self.retry_after = Some(seconds.max(1));
        self
    }

    /// The answer to the request `request_id`.
    pub(super) fn answer(&self, request_id: &str) -> Response<Body> {
        let document = Document {
            r#type: format!("https://daino.dev/problems/{}", self.kind.code),
            title: self.kind.title,
            status: self.kind.status.as_u16(),
            detail: &self.detail,
            code: self.kind.code,
            cause: self.cause,
            request_id,
            findings: &self.findings,
        };
        let body = serde_json::to_vec(&document).expect("a problem has only strings and numbers");
        let mut response = Response::new(Body::from(body));
        *response.status_mut() = self.kind.status;
        let headers = response.headers_mut();
        let problem = HeaderValue::from_static("application/problem+json");
        headers.insert(header::CONTENT_TYPE, problem);
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if let Some(seconds) = self.retry_after {
            headers.insert(header::RETRY_AFTER, seconds.into());
        }
        if self.kind.status == StatusCode::UNAUTHORIZED {
            let realm = HeaderValue::from_static("Bearer realm=\"daino-registry\"");
            headers.insert(header::WWW_AUTHENTICATE, realm);
        }
        response
    }
}

/// The message of an error and of each of its causes.
fn chain(error: &(dyn std::error::Error + 'static)) -> String {
    let mut text = error.to_string();
    let mut next = error.source();
    while let Some(cause) = next {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        next = cause.source();
    }
    text
}

impl From<RegistryError> for Problem {
    fn from(error: RegistryError) -> Self {
        Self::internal(chain(&error))
    }
}

impl From<rusqlite::Error> for Problem {
    fn from(error: rusqlite::Error) -> Self {
        RegistryError::from(error).into()
    }
}

/// Carried to [`super::answer`], which knows the request's id.
impl IntoResponse for Problem {
    fn into_response(self) -> Response<Body> {
        let mut response = Response::new(Body::empty());
        *response.status_mut() = self.kind.status;
        response.extensions_mut().insert(self);
        response
    }
}
