//! Values from outside that choose where the browser goes next.

use super::sentence;
use crate::check::flow::{AttributeSite, CallSite, Hits, Hooks, OriginKind, WriteSite, sink};
use crate::check::rule::{Check, Rule};
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "open-redirect",
    category: Category::Security,
    severity: Severity::Error,
    class: "open-redirect",
    summary: "A value from outside chooses where the browser goes next.",
    explanation: "A link to the shop then leads to a page of the attacker, which looks as if the shop \
        had sent the customer there. Paths that start with a fixed folder, and values compared with a \
        list, are safe.",
    help: "Redirect to a fixed address, or to a path picked from a list.",
    bad: &[("index.js", "export function leave(req, res) {\n  res.redirect(req.query.next);\n}\n")],
    good: &[(
        "index.js",
        "const PAGES = { cart: '/cart', home: '/' };\nexport function leave(req, res) {\n  res.redirect(PAGES[req.query.next] ?? '/');\n}\n",
    )],
    check: Check::Flow(Hooks {
        call: Some(call),
        write: Some(write),
        attribute: Some(attribute),
        ..super::super::NO_HOOKS
    }),
};

const WHAT: &str = "chooses where the browser goes";
const SERVER: &[OriginKind] = &[OriginKind::Remote, OriginKind::Payload];
const PAGE: &[OriginKind] = &[OriginKind::Client, OriginKind::Remote, OriginKind::Message];

fn call(call: &CallSite<'_, '_>, hits: &mut Hits<'_>) {
    let on_response = call.paths.iter().any(|p| p.starts_with("@res") || p.starts_with("@koa"))
        || call.receiver_is(&["res", "response", "reply", "ctx", "h"]);
    match call.name {
        "redirect" if on_response => {
            let index = usize::from(call.args.len() > 1 && call.arg(0).is_some_and(|v| v.is_plain));
            report(call, hits, index, SERVER);
        }
        "location" if on_response => report(call, hits, 0, SERVER),
        "setHeader" | "header" | "set" | "writeHead" if on_response => {
            let name = call.arg(0).and_then(|v| v.exact().map(str::to_ascii_lowercase));
            if matches!(name.as_deref(), Some("location" | "refresh")) {
                report(call, hits, 1, SERVER);
            }
            for index in 0..call.args.len().min(3) {
                for key in ["Location", "location"] {
                    if let Some(value) = call.option(index, key)
                        && let Some((taint, origin)) =
                            call.heap.harmful_text(&value, sink::REDIRECT, SERVER)
                    {
                        let message = format!("{} {WHAT}", sentence(&origin.what));
                        hits.taint(call.file, call.at(index), taint, message);
                    }
                }
            }
        }
        "assign" | "replace" | "reload_" if call.is_of("location") => report(call, hits, 0, PAGE),
        "open" | "navigate" | "openExternal"
            if call.is_path("window.open")
                || call.is_path("open")
                || call.is_of_any(&["navigation", "electron"])
                || call.receiver_is(&["window", "win", "self"]) =>
        {
            report(call, hits, 0, PAGE);
        }
        "push" | "replace" | "navigateByUrl"
            if call.is_of_any(&["next/router", "?router", "next/navigation"])
                && (call.receiver_is(&["router"]) || call.is_of("next/router")) =>
        {
            report(call, hits, 0, PAGE);
        }
        "redirect" if call.is_of_any(&["next/navigation", "NextResponse", "Response"]) => {
            report(call, hits, 0, SERVER)
        }
        "url" | "path" if call.receiver_words.ends_with("$location") => report(call, hits, 0, PAGE),
        "importScripts" => report(call, hits, 0, PAGE),
        "Worker" if call.receiver.is_none() => report(call, hits, 0, &[OriginKind::Client]),
        "attr" | "prop"
            if call.paths.iter().any(|p| p.starts_with("$(") || p.starts_with("jQuery(")) =>
        {
            let name = call.arg(0).and_then(|v| v.exact().map(str::to_owned)).unwrap_or_default();
            if matches!(name.as_str(), "src" | "href" | "action" | "formaction")
                && call.receiver_words.contains("script")
            {
                report(call, hits, 1, PAGE);
            }
        }
        _ => {}
    }
}

fn report(call: &CallSite<'_, '_>, hits: &mut Hits<'_>, index: usize, kinds: &[OriginKind]) {
    super::text_argument(call, hits, index, sink::REDIRECT, kinds, WHAT);
}

fn write(site: &WriteSite<'_, '_>, hits: &mut Hits<'_>) {
    let on = |path: &str| site.paths.iter().any(|p| &**p == path);
    let is_location = match site.name {
        Some("location") => {
            on("window")
                || on("document")
                || on("self")
                || on("top")
                || site.paths.iter().any(|p| {
                    p.contains("window")
                        || p.contains("top")
                        || p.contains("document")
                        || p.contains("frames")
                })
        }
        Some("href" | "protocol_" | "host_") => {
            on("location") || site.paths.iter().any(|p| p.ends_with("location"))
        }
        Some("src" | "action" | "formAction" | "formaction" | "data" | "codebase") => {
            site.paths.iter().any(|p| p.contains("createElement(") || p.contains("getElement"))
        }
        _ => false,
    };
    if !is_location {
        return;
    }
    if let Some((taint, origin)) = site.heap.harmful_text(site.value, sink::REDIRECT, PAGE) {
        let message = format!("{} {WHAT}", sentence(&origin.what));
        hits.taint(site.file, site.place, taint, message);
    }
}

fn attribute(site: &AttributeSite<'_, '_>, hits: &mut Hits<'_>) {
    let is_address = match site.name {
        "src" => matches!(site.element, "script" | "iframe" | "embed"),
        "href" | "action" | "formAction" => {
            matches!(site.element, "a" | "form" | "button" | "base" | "area" | "Link" | "NextLink")
        }
        _ => false,
    };
    if is_address
        && let Some((taint, origin)) = site.heap.harmful_text(site.value, sink::REDIRECT, PAGE)
    {
        let message = format!("{} {WHAT}", sentence(&origin.what));
        hits.taint(site.file, site.place, taint, message);
    }
}
