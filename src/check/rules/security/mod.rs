//! Rules about attacks: what somebody from outside can do with what the code trusts.

pub(super) mod browser_session;
pub(super) mod code_injection;
pub(super) mod command_injection;
pub(super) mod hardcoded_secret;
pub(super) mod insecure_randomness;
pub(super) mod log_injection;
pub(super) mod nosql_injection;
pub(super) mod open_redirect;
pub(super) mod path_traversal;
pub(super) mod prototype_pollution;
pub(super) mod redos;
pub(super) mod regex_injection;
pub(super) mod sql_injection;
pub(super) mod ssrf;
pub(super) mod timing_attack;
pub(super) mod tls_validation;
pub(super) mod unsafe_deserialization;
pub(super) mod unverified_webhook;
pub(super) mod weak_crypto;
pub(super) mod xss;
pub(super) mod xxe;

use crate::check::flow::{CallSite, Hits, OriginKind};

/// Whoever can send something to a server, a plugin or a library.
pub(super) const SERVER: &[OriginKind] =
    &[OriginKind::Remote, OriginKind::Payload, OriginKind::Library];
/// The same, and what was stored by somebody before.
pub(super) const STORED: &[OriginKind] =
    &[OriginKind::Remote, OriginKind::Payload, OriginKind::Library, OriginKind::Stored];
/// Whoever calls a function that nothing in sight calls.
pub(super) const UNSEEN: &[OriginKind] = &[OriginKind::Parameter];
/// Everybody who can reach a page or a server.
pub(super) const ANYONE: &[OriginKind] = &[
    OriginKind::Remote,
    OriginKind::Payload,
    OriginKind::Library,
    OriginKind::Client,
    OriginKind::Message,
    OriginKind::Dom,
];

/// Reports an argument, or what is in it, that can harm `sink`.
pub(super) fn argument(
    call: &CallSite<'_, '_>,
    hits: &mut Hits<'_>,
    index: usize,
    sink: u32,
    kinds: &[OriginKind],
    what: &str,
) -> bool {
    let Some(value) = call.arg(index) else { return false };
    let Some((taint, origin)) = call.heap.harmful(value, sink, kinds) else { return false };
    let message = format!("{} {what}", sentence(&origin.what));
    hits.taint(call.file, call.at(index), taint, message);
    true
}

/// The same for the text of the argument alone, not for what it holds.
pub(super) fn text_argument(
    call: &CallSite<'_, '_>,
    hits: &mut Hits<'_>,
    index: usize,
    sink: u32,
    kinds: &[OriginKind],
    what: &str,
) -> bool {
    let Some(value) = call.arg(index) else { return false };
    let Some((taint, origin)) = call.heap.harmful_text(value, sink, kinds) else { return false };
    let message = format!("{} {what}", sentence(&origin.what));
    hits.taint(call.file, call.at(index), taint, message);
    true
}

/// The first letter in upper case.
pub(super) fn sentence(words: &str) -> String {
    let mut chars = words.chars();
    match chars.next() {
        Some(first) => first.to_uppercase().chain(chars).collect(),
        None => String::new(),
    }
}
