//! Values from outside that become HTML.

use super::{ANYONE, sentence, text_argument};
use crate::check::flow::{
    AttributeSite, CallSite, Hits, Hooks, OriginKind, TextSite, Value, WriteSite, sink,
};
use crate::check::rule::{Check, Rule};
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "xss",
    category: Category::Security,
    severity: Severity::Error,
    class: "xss",
    summary: "A value from outside becomes part of HTML.",
    explanation: "A value that holds `<script>` or an event handler runs in the customer's or the \
        administrator's browser, with their session. Text set as `textContent`, rendered by React or \
        escaped by a known function is safe.",
    help: "Set it as text, let the template engine escape it, or clean it with a sanitizer.",
    bad: &[(
        "index.js",
        "export function hello(req, res) {\n  res.send('<h1>' + req.query.name + '</h1>');\n}\n",
    )],
    good: &[(
        "index.js",
        "export function hello(req, res) {\n  res.json({ name: req.query.name });\n}\n",
    )],
    check: Check::Flow(Hooks {
        call: Some(call),
        write: Some(write),
        text: Some(text),
        attribute: Some(attribute),
        ..super::super::NO_HOOKS
    }),
};

const WHAT: &str = "becomes part of HTML";
/// The same, and parameters of functions that nothing in sight calls: for sinks that are HTML and
/// nothing else.
const WIDE: &[OriginKind] = &[
    OriginKind::Remote,
    OriginKind::Payload,
    OriginKind::Library,
    OriginKind::Client,
    OriginKind::Message,
    OriginKind::Dom,
    OriginKind::Stored,
    OriginKind::Parameter,
];
/// Whoever can reach a page, and what the page stored before.
const VISITOR: &[OriginKind] = &[
    OriginKind::Remote,
    OriginKind::Payload,
    OriginKind::Library,
    OriginKind::Client,
    OriginKind::Message,
    OriginKind::Dom,
    OriginKind::Stored,
];
const REMOTE: &[OriginKind] = &[OriginKind::Remote, OriginKind::Payload, OriginKind::File];
const PAGE: &[OriginKind] = &[
    OriginKind::Remote,
    OriginKind::Payload,
    OriginKind::Client,
    OriginKind::Message,
    OriginKind::Dom,
];

/// jQuery methods that read their argument as HTML.
const JQUERY: &[&str] = &[
    "html",
    "append",
    "prepend",
    "after",
    "before",
    "replaceWith",
    "wrap",
    "wrapAll",
    "wrapInner",
    "appendTo",
    "prependTo",
    "insertAfter",
    "insertBefore",
    "replaceAll",
    "add",
    "parseHTML",
];

fn is_jquery(call: &CallSite<'_, '_>) -> bool {
    call.paths.iter().any(|p| {
        ["$", "jQuery", "jquery", "cash-dom", "zepto", "cheerio", "?$"]
            .iter()
            .any(|j| p.strip_prefix(j).is_some_and(|r| r.starts_with(['(', '.'])))
    })
}

fn call(call: &CallSite<'_, '_>, hits: &mut Hits<'_>) {
    if call.is_known {
        return;
    }
    let is_response = call.paths.iter().any(|p| p.starts_with("@res") || p.starts_with("@koa.res"));
    let is_spelled = call.receiver_is(&["res", "response"]) && call.name == "send";
    match call.name {
        "send" | "write" | "end" if is_response || is_spelled => {
            text_argument(call, hits, 0, sink::HTML, REMOTE, WHAT);
        }
        "write" | "writeln" if call.is_of("document") => {
            for index in 0..call.args.len() {
                if text_argument(call, hits, index, sink::HTML, WIDE, WHAT) {
                    return;
                }
            }
        }
        "$" | "jQuery" | "jquery" if call.receiver.is_none() => selector(call, hits),
        name if JQUERY.contains(&name) && is_jquery(call) && call.receiver.is_some() => {
            for index in 0..call.args.len() {
                if text_argument(call, hits, index, sink::HTML, VISITOR, WHAT) {
                    return;
                }
            }
        }
        "sendMail"
            if call.is_of("nodemailer")
                || call.receiver_is(&["transport", "transporter", "mailer", "mailtransport"]) =>
        {
            if let Some(html) = call.option(0, "html")
                && let Some((taint, origin)) = call.heap.harmful_text(&html, sink::HTML, REMOTE)
            {
                let message = format!("{} {WHAT}", sentence(&origin.what));
                hits.taint(call.file, call.at(0), taint, message);
            }
        }
        "html" if call.is_of_any(&["d3", "d3-selection"]) => {
            text_argument(call, hits, 0, sink::HTML, PAGE, WHAT);
        }
        "jGrowl" | "createNodesFromMarkup" => {
            text_argument(call, hits, 0, sink::HTML, WIDE, WHAT);
        }
        "unsafeHTML" | "unsafeSVG" if call.is_of_any(&["lit", "lit-html"]) => {
            text_argument(call, hits, 0, sink::HTML, WIDE, WHAT);
        }
        "setProperty"
            if call
                .arg(1)
                .and_then(|v| v.exact())
                .is_some_and(|name| matches!(name, "innerHTML" | "outerHTML")) =>
        {
            text_argument(call, hits, 2, sink::HTML, WIDE, WHAT);
        }
        "insertAdjacentHTML"
        | "createContextualFragment"
        | "setHTMLUnsafe"
        | "parseFromString_" => {
            let index = usize::from(call.name == "insertAdjacentHTML");
            text_argument(call, hits, index, sink::HTML, WIDE, WHAT);
        }
        "bypassSecurityTrustHtml"
        | "bypassSecurityTrustScript"
        | "bypassSecurityTrustUrl"
        | "bypassSecurityTrustResourceUrl"
        | "bypassSecurityTrustStyle" => {
            text_argument(call, hits, 0, sink::HTML, WIDE, "is declared to be safe HTML");
        }
        "trustAsHtml" | "trustAs" | "trustAsJs" | "trustAsUrl" | "trustAsResourceUrl"
        | "trustAsCss" => {
            for index in 0..call.args.len() {
                if text_argument(call, hits, index, sink::HTML, WIDE, "is declared to be safe HTML")
                {
                    return;
                }
            }
        }
        "SafeString" if call.is_of_any(&["handlebars", "Handlebars", "hbs"]) => {
            text_argument(call, hits, 0, sink::HTML, WIDE, "is declared to be safe HTML");
        }
        "setAttribute" => {
            let name = call
                .arg(0)
                .and_then(|v| v.exact().map(str::to_ascii_lowercase))
                .unwrap_or_default();
            let is_sink = name.starts_with("on") || matches!(name.as_str(), "srcdoc" | "style_");
            if is_sink || name == "href" && call.arg(1).is_some_and(|v| v.prefix().is_empty()) {
                text_argument(call, hits, 1, sink::HTML, &[OriginKind::Client], WHAT);
            }
        }
        "createElement" if call.is_of_any(&["react", "React"]) => {
            if let Some(inner) = call.option(1, "dangerouslySetInnerHTML") {
                dangerous(call, &inner, hits);
            }
        }
        "compile" | "render" | "renderString" | "template" | "templates" | "parse" | "scan"
        | "precompile"
            if call.is_of_any(TEMPLATES)
                || call.receiver_is(TEMPLATES)
                || call.name == "template" && call.receiver.is_none()
                || call.name == "templates" && is_jquery(call) =>
        {
            let kinds = &[OriginKind::Remote, OriginKind::Payload];
            text_argument(call, hits, 0, sink::HTML, kinds, "is read as a template of HTML");
        }
        _ => {}
    }
}

/// Template engines whose templates become HTML.
const TEMPLATES: &[&str] = &[
    "dot",
    "doT",
    "ejs",
    "handlebars",
    "Handlebars",
    "hogan",
    "Hogan",
    "hogan.js",
    "pug",
    "Pug",
    "jade",
    "mustache",
    "Mustache",
    "nunjucks",
    "eta",
    "Eta",
    "squirrelly",
    "Sqrl",
    "sqrl",
    "lodash",
    "_",
    "underscore",
    "swig",
    "twig",
    "liquidjs",
];

fn dangerous(call: &CallSite<'_, '_>, value: &Value, hits: &mut Hits<'_>) {
    if let Some(html) = call.heap.property(value, "__html")
        && let Some((taint, origin)) = call.heap.harmful_text(&html, sink::HTML, VISITOR)
    {
        let message = format!("{} {WHAT}", sentence(&origin.what));
        hits.taint(call.file, call.at(1), taint, message);
    }
}

/// `$(x)` makes elements when x looks like HTML.
fn selector(call: &CallSite<'_, '_>, hits: &mut Hits<'_>) {
    let Some(value) = call.arg(0) else { return };
    let prefix = value.prefix().trim_start();
    if !prefix.is_empty() && !prefix.starts_with('<') {
        return;
    }
    text_argument(call, hits, 0, sink::HTML, ANYONE, WHAT);
}

fn write(site: &WriteSite<'_, '_>, hits: &mut Hits<'_>) {
    let is_html = match site.name {
        Some("innerHTML" | "outerHTML" | "srcdoc") => true,
        Some("body") => site.paths.iter().any(|p| &**p == "@koa" || &**p == "@koa.response"),
        _ => false,
    };
    if is_html && let Some((taint, origin)) = site.heap.harmful_text(site.value, sink::HTML, WIDE) {
        let message = format!("{} {WHAT}", sentence(&origin.what));
        hits.taint(site.file, site.place, taint, message);
    }
}

fn text(site: &TextSite<'_, '_>, hits: &mut Hits<'_>) {
    // `<h1>${req.params.x}</h1>`: HTML put together by hand.
    let mut before = String::new();
    for part in site.parts {
        if part.is_tainted()
            && starts_tag(&before)
            && let Some((taint, origin)) = site.heap.harmful_text(
                part,
                sink::HTML,
                &[OriginKind::Remote, OriginKind::Payload, OriginKind::Library],
            )
        {
            let message = format!("{} {WHAT}", sentence(&origin.what));
            hits.taint(site.file, site.place, taint, message);
            return;
        }
        before.push_str(part.text.as_deref().unwrap_or(" "));
    }
}

fn starts_tag(text: &str) -> bool {
    text.as_bytes().windows(2).any(|w| w[0] == b'<' && w[1].is_ascii_alphabetic())
}

fn attribute(site: &AttributeSite<'_, '_>, hits: &mut Hits<'_>) {
    let html = match site.name {
        "dangerouslySetInnerHTML" => {
            site.heap.property(site.value, "__html").unwrap_or_else(|| site.value.clone())
        }
        "srcDoc" => site.value.clone(),
        _ => return,
    };
    if let Some((taint, origin)) = site.heap.harmful_text(&html, sink::HTML, WIDE) {
        let message = format!("{} {WHAT}", sentence(&origin.what));
        hits.taint(site.file, site.place, taint, message);
    }
}
