//! Timers that stay.

use oxc::ast::AstKind;
use oxc::semantic::{AstNode, Semantic};
use oxc::span::GetSpan;

use crate::check::rule::{Check, Rule};
use crate::check::syntax::Notes;
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "timer-not-cleared",
    category: Category::Performance,
    severity: Severity::Warning,
    class: "performance",
    summary: "A timer is started at the top of a file or when the plugin is enabled, and nothing stops it.",
    explanation: "It runs for as long as the instance lives, and once more after each time the plugin is enabled.",
    help: "Keep the handle and call `clearInterval` in `onDisable`, or use a cron job of the manifest.",
    bad: &[(
        "index.js",
        "const timer = setInterval(() => {}, 1000);\nexport default class Plugin {\n  timer() { return timer; }\n}\n",
    )],
    good: &[(
        "index.js",
        "const timer = setInterval(() => {}, 1000);\nexport default class Plugin {\n  async onDisable() { clearInterval(timer); }\n}\n",
    )],
    check: Check::Node(look),
};

fn look<'a>(node: &AstNode<'a>, cx: &Semantic<'a>, notes: &mut Notes<'_>) {
    let AstKind::CallExpression(call) = node.kind() else { return };
    if !call.callee.is_specific_id("setInterval") || cx.source_text().contains("clearInterval(") {
        return;
    }
    let around = cx.nodes().ancestors(node.id()).find_map(|n| match n.kind() {
        AstKind::MethodDefinition(m) => Some(m.key.is_specific_static_name("onEnable")),
        AstKind::Function(_) | AstKind::ArrowFunctionExpression(_)
            if !matches!(cx.nodes().parent_kind(n.id()), AstKind::MethodDefinition(_)) =>
        {
            Some(false)
        }
        _ => None,
    });
    // One whose handle is dropped has a rule of its own.
    let is_dropped = matches!(cx.nodes().parent_kind(node.id()), AstKind::ExpressionStatement(_));
    if around.unwrap_or(true) && !is_dropped {
        notes.add(call.callee.span(), "Nothing stops this timer");
    }
}
