//! Values from outside that choose where a request goes.

use super::sentence;
use crate::check::flow::{CallSite, Hits, Hooks, OriginKind, sink};
use crate::check::rule::{Check, Rule};
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "ssrf",
    category: Category::Security,
    severity: Severity::Error,
    class: "ssrf",
    summary: "A value from outside chooses the host of a request.",
    explanation: "The server then calls machines that only it can reach, with its own address and \
        often with its own credentials. The sandbox refuses private addresses and hosts that the \
        manifest does not declare; code that takes the host from outside cannot declare it.",
    help: "Keep the host constant and put only a path segment or query parameter, encoded, into the URL.",
    bad: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    return ctx.fetch(input.callbackUrl);\n  }\n}\n",
    )],
    good: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    return ctx.fetch(`https://api.example.com/items/${encodeURIComponent(input.id)}`);\n  }\n}\n",
    )],
    check: Check::Flow(Hooks { call: Some(call), ..super::super::NO_HOOKS }),
};

const WHAT: &str = "chooses where a request goes";
const KINDS: &[OriginKind] = &[OriginKind::Remote, OriginKind::Payload, OriginKind::Client];
const MODULES: &[&str] = &[
    "axios",
    "request",
    "request-promise",
    "request-promise-native",
    "got",
    "superagent",
    "needle",
    "node-fetch",
    "http",
    "https",
    "undici",
    "bent",
    "phin",
    "cross-fetch",
    "isomorphic-fetch",
    "urllib",
    "follow-redirects",
    "wreck",
    "@hapi/wreck",
    "ky",
    "jsdom",
    "chrome-remote-interface",
    "requestretry",
    "popsicle",
    "node-libcurl",
    "ws",
    "httpplease",
    "nugget",
    "apollo-client",
    "apollo-link-http",
    "puppeteer",
    "playwright",
    "phantom",
    "wkhtmltopdf",
    "unirest",
    "make-fetch-happen",
    "minipass-fetch",
    "simple-get",
    "centra",
    "wretch",
    "redaxios",
    "ofetch",
    "fetch-retry",
    "node-fetch-commonjs",
    "download",
    "wkhtmltoimage",
];

fn call(call: &CallSite<'_, '_>, hits: &mut Hits<'_>) {
    if call.is_known {
        return;
    }
    let is_fetch = call.name == "fetch"
        && (call.receiver.is_none()
            || call.paths.iter().any(|p| p.starts_with("@ctx"))
            || call.is_of_any(&["window", "fetch", "node-fetch"]));
    let is_client = call.is_of_any(MODULES) && (call.receiver.is_none() || is_verb(call.name));
    let is_page = matches!(call.name, "goto" | "navigate")
        && call.receiver_is(&["page", "tab", "frame", "browserpage"]);
    let is_other = matches!(
        call.name,
        "open"
            | "navigate"
            | "setContent"
            | "evaluate"
            | "fromURL"
            | "fromUrl"
            | "generate"
            | "connect"
    ) && call.is_of_any(MODULES);
    if !(is_fetch || is_client || is_page || is_other) {
        return;
    }
    if is_client
        && matches!(
            call.name,
            "createServer" | "Server" | "Agent" | "listen" | "create" | "defaults" | "extend"
        )
    {
        return;
    }
    for index in 0..call.args.len().min(2) {
        let value = &call.args[index];
        if index == 1
            && !(value.objects.is_empty() && !value.is_tainted()
                || matches!(call.name, "request" | "fetch" | "Navigate"))
            && !value.objects.is_empty()
            && call.arg(0).is_some_and(|v| v.exact().is_some())
        {
            break;
        }
        if index == 1 && value.objects.is_empty() {
            break;
        }
        if let Some((taint, origin)) = address(call, value, index) {
            let message = format!("{} {WHAT}", sentence(&origin));
            hits.taint(call.file, call.at(index), taint, message);
            return;
        }
    }
    if is_page {
        super::text_argument(call, hits, 0, sink::URL, super::UNSEEN, WHAT);
    }
}

fn is_verb(name: &str) -> bool {
    matches!(
        name,
        "get"
            | "post"
            | "put"
            | "delete"
            | "del"
            | "patch"
            | "head"
            | "options"
            | "request"
            | "default"
            | "stream"
            | "json"
            | "fetch"
            | "axios"
            | "ClientRequest"
            | "WebSocket"
            | "curly"
            | "getUri_"
            | "raw"
            | "read"
    )
}

/// The taint of an address: the text itself, or the options that hold it.
fn address(
    call: &CallSite<'_, '_>,
    value: &crate::check::flow::Value,
    index: usize,
) -> Option<(crate::check::flow::Taint, String)> {
    if index == 0
        && let Some((taint, origin)) = call.heap.harmful_text(value, sink::URL, KINDS)
    {
        return Some((taint, origin.what.clone()));
    }
    for name in [
        "url",
        "uri",
        "host",
        "hostname",
        "baseURL",
        "baseUrl",
        "href",
        "socketPath",
        "proxy_",
        "path_",
    ] {
        if let Some(inner) = call.heap.property(value, name)
            && let Some((taint, origin)) = call.heap.harmful_text(&inner, sink::URL, KINDS)
        {
            return Some((taint, origin.what.clone()));
        }
    }
    None
}
