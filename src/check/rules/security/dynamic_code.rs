//! Ways out of what a plugin is given: text as code, the global object, the raw client.

use crate::check::ir::{Expr, ExprKind, Place, Visitor, visit_module};
use crate::check::plugin::{Findings, Plugin, Source};
use crate::check::rule::{Check, Rule};
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "dynamic-code",
    category: Category::Security,
    severity: Severity::Error,
    class: "dynamic-code",
    summary: "A plugin runs text as code, or reaches for what no plugin is given.",
    explanation: "`eval`, `new Function` and a timer with text run what nobody has read, even when the text is fixed today; `globalThis.process`, a module of the server and `getClient()` lead to the shop's own rights. A host refuses a plugin for each of them.",
    help: "Write the code where it runs, and use what the context gives.",
    bad: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    const rule = new Function('x', 'return x * 2');\n    return rule(input.total);\n  }\n}\n",
    )],
    good: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    const rule = (x) => x * 2;\n    return rule(input.total);\n  }\n}\n",
    )],
    check: Check::Plugin(look),
};

fn look(plugin: &Plugin<'_>, findings: &mut Findings<'_>) {
    for source in plugin.sources.iter().filter(|s| !s.is_test && !s.is_dense) {
        let Some(module) = &source.module else { continue };
        let mut reached = Reached { source, found: Vec::new() };
        visit_module(module, &mut reached);
        for (place, message) in reached.found {
            findings.code(source, place, message);
        }
    }
}

struct Reached<'s> {
    source: &'s Source,
    found: Vec<(Place, String)>,
}

fn is_global(value: &Expr, names: &[&str]) -> bool {
    matches!(&value.kind, ExprKind::Global(name) if names.contains(&&**name))
}

impl Visitor for Reached<'_> {
    fn expression(&mut self, expr: &Expr) {
        const WORLD: &[&str] = &["globalThis", "global", "window", "self"];
        match &expr.kind {
            ExprKind::Call(call) => {
                let has_text = |index: usize| {
                    call.args.get(index).is_some_and(|a| {
                        matches!(a.kind, ExprKind::Text(_) | ExprKind::Template(_))
                    })
                };
                let name = match &call.callee.kind {
                    ExprKind::Global(name) => &**name,
                    ExprKind::Member(object, name) if is_global(object, WORLD) => name,
                    ExprKind::Member(_, name) if matches!(&**name, "getClient" | "constructor") => {
                        name
                    }
                    // `(0, eval)(text)`
                    ExprKind::Sequence(list) => match list.last().map(|l| &l.kind) {
                        Some(ExprKind::Global(name)) => name,
                        _ => return,
                    },
                    _ => return,
                };
                let message = match name {
                    "eval" => "`eval` runs text as code".to_owned(),
                    "Function" | "AsyncFunction" => "`Function` runs text as code".to_owned(),
                    "setTimeout" | "setInterval" if has_text(0) => {
                        format!("`{name}` runs text as code")
                    }
                    "constructor" if has_text(0) => "A constructor runs text as code".to_owned(),
                    "getClient" if !self.source.slice(call.callee.place).contains("pool") => {
                        "`getClient` gives the shop's own rights".to_owned()
                    }
                    _ => return,
                };
                self.found.push((expr.place, message));
            }
            ExprKind::Member(object, name)
                if is_global(object, &["globalThis", "global"])
                    && matches!(&**name, "process" | "require" | "module" | "Deno" | "Bun") =>
            {
                self.found.push((expr.place, format!("`{name}` is the server's own")));
            }
            // `globalThis['pro' + 'cess']`
            ExprKind::Index(object, _) if is_global(object, &["globalThis", "global"]) => {
                self.found.push((expr.place, "This reaches around the global object".to_owned()));
            }
            _ => {}
        }
    }
}
