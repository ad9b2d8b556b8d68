//! Names that nothing defines.

use crate::check::ir::{Expr, ExprKind, Name, PatternKind, Place, Unary, Visitor, visit_module};
use crate::check::plugin::{Findings, Plugin};
use crate::check::rule::{Check, Rule};
use crate::model::Severity;
use crate::model::finding::Category;
use std::collections::BTreeSet;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "undefined-name",
    category: Category::Compatibility,
    severity: Severity::Error,
    class: "compatibility",
    summary: "Server code uses a name that neither the file nor the platform defines.",
    explanation: "It throws a `ReferenceError` in the sandbox. There is no `process`, `window`, `document`, `localStorage` or `__dirname`; settings and secrets come with `ctx`.",
    help: "Import or define the name, or use what the message says.",
    bad: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    return process.env.API_URL;\n  }\n}\n",
    )],
    good: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    return ctx.config.apiUrl;\n  }\n}\n",
    )],
    check: Check::Plugin(look),
};

fn look(plugin: &Plugin<'_>, findings: &mut Findings<'_>) {
    let browser: Vec<&str> = plugin
        .manifest
        .iter()
        .flat_map(|m| {
            m.widgets
                .iter()
                .map(|w| w.file.as_str())
                .chain(m.admin_pages.iter().map(|p| p.file.as_str()))
        })
        .collect();
    for source in plugin.sources.iter().filter(|s| !s.is_test && !s.is_dense) {
        let Some(module) = &source.module else { continue };
        let path = source.path.as_str();
        let is_browser = browser.contains(&path)
            || ["widgets/", "admin/", "events/", "hooks/"].iter().any(|p| path.starts_with(p));
        if is_browser {
            continue;
        }
        let mut names =
            Names { asked: BTreeSet::new(), written: BTreeSet::new(), found: Vec::new() };
        visit_module(module, &mut names);
        for (place, name) in names.found {
            let is_known = PLATFORM.contains(&&*name)
                || names.asked.contains(&name)
                || names.written.contains(&name);
            if is_known {
                continue;
            }
            let advice = match &*name {
                "process" => "; settings are in `ctx.config`, secrets in `ctx.secrets`",
                "window" | "document" | "localStorage" | "sessionStorage" | "navigator"
                | "location" => "; only widgets and admin pages run in a browser",
                "__dirname" | "__filename" => "; there are no files around the code",
                "XMLHttpRequest" => "; use `ctx.fetch`",
                _ => "",
            };
            findings.code(source, place, format!("Nothing defines `{name}`{advice}"));
        }
    }
}

/// Names of the platform: `src/sandbox/js/platform.js` and the language itself.
const PLATFORM: &[&str] = &[
    "AbortController",
    "AbortSignal",
    "AggregateError",
    "Array",
    "ArrayBuffer",
    "Atomics",
    "BigInt",
    "BigInt64Array",
    "BigUint64Array",
    "Boolean",
    "Buffer",
    "CryptoKey",
    "CustomEvent",
    "DataView",
    "Date",
    "Error",
    "EvalError",
    "Event",
    "EventTarget",
    "FinalizationRegistry",
    "Float32Array",
    "Float64Array",
    "Function",
    "Headers",
    "Infinity",
    "Int16Array",
    "Int32Array",
    "Int8Array",
    "Intl",
    "Iterator",
    "JSON",
    "Map",
    "Math",
    "NaN",
    "Number",
    "Object",
    "Promise",
    "Proxy",
    "RangeError",
    "ReferenceError",
    "Reflect",
    "RegExp",
    "Request",
    "Response",
    "Set",
    "SharedArrayBuffer",
    "String",
    "Symbol",
    "SyntaxError",
    "TextDecoder",
    "TextEncoder",
    "TypeError",
    "URIError",
    "URL",
    "URLSearchParams",
    "Uint16Array",
    "Uint32Array",
    "Uint8Array",
    "Uint8ClampedArray",
    "WeakMap",
    "WeakRef",
    "WeakSet",
    "arguments",
    "atob",
    "btoa",
    "clearInterval",
    "clearTimeout",
    "console",
    "crypto",
    "decodeURI",
    "decodeURIComponent",
    "encodeURI",
    "encodeURIComponent",
    "escape",
    "eval",
    "exports",
    "fetch",
    "global",
    "globalThis",
    "isFinite",
    "isNaN",
    "module",
    "parseFloat",
    "parseInt",
    "performance",
    "queueMicrotask",
    "require",
    "setInterval",
    "setTimeout",
    "structuredClone",
    "undefined",
    "unescape",
    "setImmediate",
    "clearImmediate",
];

struct Names {
    asked: BTreeSet<Name>,
    written: BTreeSet<Name>,
    found: Vec<(Place, Name)>,
}

impl Visitor for Names {
    fn expression(&mut self, expr: &Expr) {
        match &expr.kind {
            ExprKind::Global(name) => self.found.push((expr.place, name.clone())),
            // `typeof window` asks whether it is there.
            ExprKind::Unary(Unary::TypeOf, inner) => {
                if let ExprKind::Global(name) = &inner.kind {
                    self.asked.insert(name.clone());
                }
            }
            ExprKind::Assign(_, pattern, _) => {
                if let PatternKind::Target(target) = &pattern.kind
                    && let ExprKind::Global(name) = &target.kind
                {
                    self.written.insert(name.clone());
                }
            }
            _ => {}
        }
    }
}
