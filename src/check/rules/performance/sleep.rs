//! Pauses longer than the call may last.

use crate::check::ir::{Expr, ExprKind, Place, Visitor, visit_module};
use crate::check::plugin::{Findings, Plugin};
use crate::check::rule::{Check, Rule};
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "sleep-over-limit",
    category: Category::Performance,
    severity: Severity::Error,
    class: "performance",
    summary: "A handler waits longer than the time limit of a call.",
    explanation: "The sandbox ends the call before the pause is over.",
    help: "Use a cron job, or raise `resourceLimits.timeout`.",
    bad: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    await new Promise((resolve) => setTimeout(resolve, 60000));\n    return input;\n  }\n}\n",
    )],
    good: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    await new Promise((resolve) => setTimeout(resolve, 100));\n    return input;\n  }\n}\n",
    )],
    check: Check::Plugin(look),
};

fn look(plugin: &Plugin<'_>, findings: &mut Findings<'_>) {
    let Some(manifest) = plugin.manifest else { return };
    let limit = manifest.resource_limits.timeout.duration().as_millis() as f64;
    for source in plugin.sources.iter().filter(|s| !s.is_test) {
        let Some(module) = &source.module else { continue };
        let mut pauses = Pauses(Vec::new());
        visit_module(module, &mut pauses);
        for (place, millis) in pauses.0 {
            if millis > limit {
                findings.code(
                    source,
                    place,
                    format!("A call may last {limit} ms, this waits {millis}"),
                );
            }
        }
    }
}

struct Pauses(Vec<(Place, f64)>);

impl Visitor for Pauses {
    fn expression(&mut self, expr: &Expr) {
        if let ExprKind::Call(call) = &expr.kind
            && matches!(&call.callee.kind, ExprKind::Global(name) if &**name == "setTimeout")
            && let Some(Expr { kind: ExprKind::Number(millis), .. }) = call.args.get(1)
        {
            self.0.push((expr.place, *millis));
        }
    }
}
