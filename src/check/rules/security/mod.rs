//! Rules about attacks: what somebody from outside can do with what the code trusts.

pub(super) mod balance_race;
pub(super) mod browser_session;
pub(super) mod card_data;
pub(super) mod client_chosen_value;
pub(super) mod code_injection;
pub(super) mod command_injection;
pub(super) mod cors_any;
pub(super) mod dynamic_code;
pub(super) mod error_exposed;
pub(super) mod escape_attempt;
pub(super) mod hardcoded_secret;
pub(super) mod insecure_cookie;
pub(super) mod insecure_randomness;
pub(super) mod jwt_unverified;
pub(super) mod log_injection;
pub(super) mod mass_assignment;
pub(super) mod nosql_injection;
pub(super) mod open_redirect;
pub(super) mod open_route_reads;
pub(super) mod open_route_writes;
pub(super) mod password_hash;
pub(super) mod path_traversal;
pub(super) mod personal_data_logged;
pub(super) mod personal_data_sent;
pub(super) mod personal_data_stored;
pub(super) mod prototype_pollution;
pub(super) mod raw_html;
pub(super) mod redos;
pub(super) mod regex_injection;
pub(super) mod resource_exhaustion;
pub(super) mod secret_logged;
pub(super) mod sql_injection;
pub(super) mod ssrf;
pub(super) mod static_iv;
pub(super) mod timing_attack;
pub(super) mod tls_validation;
pub(super) mod unauthenticated_cipher;
pub(super) mod unsafe_deserialization;
pub(super) mod unverified_webhook;
pub(super) mod vulnerable_dependency;
pub(super) mod weak_crypto;
pub(super) mod xss;
pub(super) mod xxe;

use crate::check::flow::{CallSite, Hits, Origin, OriginKind, Taint};
use crate::check::ir::{Function, Place, Visitor, visit_module};
use crate::check::plugin::{Plugin, Source};
use crate::model::manifest::Route;

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
    let found = call.arg(index).and_then(|value| call.heap.harmful(value, sink, kinds));
    report(call, hits, index, found, what)
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
    let found = call.arg(index).and_then(|value| call.heap.harmful_text(value, sink, kinds));
    report(call, hits, index, found, what)
}

fn report(
    call: &CallSite<'_, '_>,
    hits: &mut Hits<'_>,
    index: usize,
    found: Option<(Taint, &Origin)>,
    what: &str,
) -> bool {
    let Some((taint, origin)) = found else { return false };
    hits.taint(call.file, call.at(index), taint, format!("{} {what}", sentence(&origin.what)));
    true
}

/// Routes that need no login: their place in the manifest, and the text of their handlers.
fn open_routes<'a>(plugin: &Plugin<'a>) -> Vec<(usize, &'a Route, String)> {
    let Some(manifest) = plugin.manifest else { return Vec::new() };
    let entry = plugin.entry();
    let mut found = Vec::new();
    for (index, route) in manifest.routes.iter().enumerate().filter(|(_, r)| !r.requires_auth) {
        let text = match plugin.source(&route.handler) {
            Some(source) => Some(source.text.clone()),
            None => plugin.source(entry.as_str()).and_then(|s| method_text(s, &route.handler)),
        };
        found.extend(text.map(|text| (index, route, text)));
    }
    found
}

/// The words of a method of a file.
fn method_text(source: &Source, name: &str) -> Option<String> {
    struct Method<'n>(&'n str, Option<Place>);
    impl Visitor for Method<'_> {
        fn enter_function(&mut self, f: &Function) {
            if f.name.as_deref() == Some(self.0) && self.1.is_none() {
                self.1 = Some(f.place);
            }
        }
    }
    let mut method = Method(name, None);
    visit_module(source.module.as_ref()?, &mut method);
    method.1.map(|place| source.slice(place).to_owned())
}

/// The first letter in upper case.
pub(super) fn sentence(words: &str) -> String {
    let mut chars = words.chars();
    match chars.next() {
        Some(first) => first.to_uppercase().chain(chars).collect(),
        None => String::new(),
    }
}
