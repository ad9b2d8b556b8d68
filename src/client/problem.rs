//! Answers that say no: `application/problem+json` (RFC 9457), or whatever else came with the
//! status. All of it is text from outside: short, and escaped where it is shown.

use serde::Deserialize;

use crate::net::Reply;

/// Most characters kept of a text of the registry.
const MOST: usize = 500;

/// An answer that is no success.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Problem {
    /// HTTP status.
    pub status: u16,
    /// The registry's stable code.
    pub code: Option<String>,
    /// What it found wrong with a release, as `daino-pdk explain` knows it.
    pub cause: Option<String>,
    /// Its words.
    pub detail: Option<String>,
    /// Under which id its log has the rest.
    pub request_id: Option<String>,
    /// Seconds to wait, when it asked for a wait.
    pub retry_after: Option<u64>,
}

#[derive(Default, Deserialize)]
struct Document {
    code: Option<String>,
    cause: Option<String>,
    title: Option<String>,
    detail: Option<String>,
    request_id: Option<String>,
}

impl Problem {
    /// Reads an answer. A body that is no problem document is left out.
    pub(super) fn of(reply: &Reply) -> Self {
        let document: Document = serde_json::from_slice(&reply.body).unwrap_or_default();
        Self {
            status: reply.status,
            code: document.code.map(short),
            cause: document.cause.filter(|id| is_code(id)),
            detail: document.detail.or(document.title).map(short),
            request_id: document.request_id.map(short),
            retry_after: reply.header("retry-after").and_then(|text| text.parse().ok()),
        }
    }

    /// One line: what failed, the status, the registry's words.
    pub(super) fn sentence(&self, what: &str) -> String {
        let mut text = format!("{what}: it answers {}", self.status);
        if let Some(detail) = &self.detail {
            text.push_str(&format!(": {detail}"));
        }
        if let Some(id) = &self.request_id {
            text.push_str(&format!(" (request {id})"));
        }
        text
    }
}

/// Whether the text has the form of an error code: it is put into a command to run.
fn is_code(text: &str) -> bool {
    text.len() <= 60 && text.bytes().all(|b| b.is_ascii_lowercase() || matches!(b, b'.' | b'-'))
}

/// At most 500 characters, in one line.
pub(super) fn short(text: String) -> String {
    let line = text.replace(['\n', '\r', '\t'], " ");
    match line.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}
