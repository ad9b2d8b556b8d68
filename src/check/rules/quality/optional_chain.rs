//! Uses of what may be undefined.

use oxc::ast::AstKind;
use oxc::ast::ast::Expression;
use oxc::semantic::{AstNode, Semantic};
use oxc::span::GetSpan;

use crate::check::rule::{Check, Rule};
use crate::check::syntax::Notes;
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "unsafe-optional-chain",
    category: Category::Quality,
    severity: Severity::Error,
    class: "quality",
    summary: "The result of `?.` is used as if it could not be undefined.",
    explanation: "`(a?.b).c` throws when a is missing, which `?.` was meant to prevent.",
    help: "Go on with `?.`, or give a default with `??`.",
    bad: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    return (input.customer?.address).city;\n  }\n}\n",
    )],
    good: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    return input.customer?.address?.city;\n  }\n}\n",
    )],
    check: Check::Node(look),
};

fn look<'a>(node: &AstNode<'a>, cx: &Semantic<'a>, notes: &mut Notes<'_>) {
    let is_chain = |e: &Expression<'_>| {
        matches!(e, Expression::ParenthesizedExpression(p)
            if matches!(p.expression.get_inner_expression(), Expression::ChainExpression(_)))
    };
    let is_unsafe = match node.kind() {
        AstKind::StaticMemberExpression(m) => !m.optional && is_chain(&m.object),
        AstKind::ComputedMemberExpression(m) => !m.optional && is_chain(&m.object),
        AstKind::CallExpression(c) => !c.optional && is_chain(&c.callee),
        AstKind::NewExpression(n) => is_chain(&n.callee),
        AstKind::SpreadElement(s) => {
            matches!(s.argument, Expression::ChainExpression(_))
                && !matches!(cx.nodes().parent_kind(node.id()), AstKind::ObjectExpression(_))
        }
        _ => false,
    };
    if is_unsafe {
        notes.add(node.kind().span(), "This throws when the chain ends early");
    }
}
