//! Requests that wait as long as the other side likes.

use crate::check::ir::{Call, Expr, ExprKind, Key, Place, Property, Visitor, visit_module};
use crate::check::plugin::{Findings, Plugin};
use crate::check::rule::{Check, Rule};
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "fetch-without-timeout",
    category: Category::Performance,
    severity: Severity::Info,
    class: "performance",
    summary: "A request has no time limit of its own.",
    explanation: "A provider that hangs holds the call until the limit of the plugin ends it, with whatever it had left to do: a payment is neither taken nor refused. A limit of the request leaves time to say so.",
    help: "Pass `signal: AbortSignal.timeout(ms)`, less than `resourceLimits.timeout`.",
    bad: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    const answer = await ctx.fetch('https://api.example.com/rates', { method: 'POST' });\n    return answer.ok;\n  }\n}\n",
    )],
    good: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    const answer = await ctx.fetch('https://api.example.com/rates', { method: 'POST', signal: AbortSignal.timeout(3000) });\n    return answer.ok;\n  }\n}\n",
    )],
    check: Check::Plugin(look),
};

/// Milliseconds of the limit that the fix puts in; under every plugin's own default.
const LIMIT: &str = "signal: AbortSignal.timeout(3000)";

fn look(plugin: &Plugin<'_>, findings: &mut Findings<'_>) {
    for source in plugin.sources.iter().filter(|s| !s.is_test && !s.is_dense) {
        let Some(module) = &source.module else { continue };
        let mut requests = Requests(Vec::new());
        visit_module(module, &mut requests);
        for (place, edit) in requests.0 {
            if !matches!(source.slice(place), "fetch" | "ctx.fetch" | "this.ctx.fetch") {
                continue;
            }
            let Some(finding) = findings.code(source, place, "Nothing ends this request") else {
                continue;
            };
            let title = "end the request after three seconds";
            finding.fix = match edit {
                Edit::Argument(after) => {
                    let at = Place { start: after, end: after };
                    source.fix(title, &[(at, &format!(", {{ {LIMIT} }}"))])
                }
                Edit::Member(after, is_only) => {
                    let at = Place { start: after, end: after };
                    let comma = if is_only { " " } else { "," };
                    source.fix(title, &[(at, &format!(" {LIMIT}{comma}"))])
                }
            };
        }
    }
}

/// Where the limit goes.
enum Edit {
    /// Behind the address, as options of its own.
    Argument(u32),
    /// Into the options, behind their brace; whether it stands there alone.
    Member(u32, bool),
}

struct Requests(Vec<(Place, Edit)>);

impl Visitor for Requests {
    fn expression(&mut self, expr: &Expr) {
        let ExprKind::Call(call) = &expr.kind else { return };
        if !is_fetch(call) {
            return;
        }
        match call.args.as_slice() {
            // A request that is handed over may have a limit already.
            [url] if is_text(url) => {
                self.0.push((call.callee.place, Edit::Argument(url.place.end)));
            }
            [_, options] => {
                let ExprKind::Object(members) = &options.kind else { return };
                let is_open = members.iter().any(|member| match member {
                    Property::Value(Key::Name(name), ..) => &**name == "signal",
                    Property::Value(Key::Computed(_), ..) | Property::Spread(_) => true,
                });
                if !is_open {
                    let edit = Edit::Member(options.place.start + 1, members.is_empty());
                    self.0.push((call.callee.place, edit));
                }
            }
            _ => {}
        }
    }
}

fn is_fetch(call: &Call) -> bool {
    match &call.callee.kind {
        ExprKind::Global(name) | ExprKind::Member(_, name) => &**name == "fetch",
        _ => false,
    }
}

fn is_text(expr: &Expr) -> bool {
    matches!(expr.kind, ExprKind::Text(_) | ExprKind::Template(_))
}
