//! Ways out of `finally`.

use oxc::ast::AstKind;
use oxc::semantic::{AstNode, Semantic};
use oxc::span::GetSpan;

use crate::check::rule::{Check, Rule};
use crate::check::syntax::Notes;
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "unsafe-finally",
    category: Category::Quality,
    severity: Severity::Warning,
    class: "quality",
    summary: "A `finally` block returns, throws or leaves a loop.",
    explanation: "What the block before it returned or threw is forgotten, errors too.",
    help: "Move the statement after the `try`.",
    bad: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    try { return await ctx.storage.get(\"a\"); } finally { return null; }\n  }\n}\n",
    )],
    good: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    try { return await ctx.storage.get(\"a\"); } finally { ctx.log.info(\"done\"); }\n  }\n}\n",
    )],
    check: Check::Node(look),
};

fn look<'a>(node: &AstNode<'a>, cx: &Semantic<'a>, notes: &mut Notes<'_>) {
    let leaves_loop = match node.kind() {
        AstKind::ReturnStatement(_) | AstKind::ThrowStatement(_) => false,
        AstKind::BreakStatement(s) if s.label.is_none() => true,
        AstKind::ContinueStatement(s) if s.label.is_none() => true,
        _ => return,
    };
    let mut inner = node.kind().span();
    for around in cx.nodes().ancestors(node.id()) {
        match around.kind() {
            AstKind::Function(_) | AstKind::ArrowFunctionExpression(_) | AstKind::Program(_) => {
                return;
            }
            AstKind::ForStatement(_)
            | AstKind::ForInStatement(_)
            | AstKind::ForOfStatement(_)
            | AstKind::WhileStatement(_)
            | AstKind::DoWhileStatement(_)
            | AstKind::SwitchStatement(_)
                if leaves_loop =>
            {
                return;
            }
            AstKind::TryStatement(t)
                if t.finalizer.as_ref().is_some_and(|f| f.span.contains_inclusive(inner)) =>
            {
                notes.add(node.kind().span(), "This forgets what the `try` returned or threw");
                return;
            }
            _ => {}
        }
        inner = around.kind().span();
    }
}
