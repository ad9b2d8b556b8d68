//! Code that never runs.

use oxc::ast::AstKind;
use oxc::ast::ast::Statement;
use oxc::semantic::{AstNode, Semantic};

use crate::check::rule::{Check, Rule};
use crate::check::syntax::Notes;
use crate::check::syntax::{ends, head, place};
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "unreachable-code",
    category: Category::Quality,
    severity: Severity::Warning,
    class: "quality",
    summary: "Code stands after a statement that always leaves.",
    explanation: "It never runs; most often the statement before it was meant to be conditional.",
    help: "Remove the code, or make the statement before it conditional.",
    bad: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    return input;\n    ctx.log.info(\"done\");\n  }\n}\n",
    )],
    good: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    ctx.log.info(\"done\");\n    return input;\n  }\n}\n",
    )],
    check: Check::Node(look),
};

fn look<'a>(node: &AstNode<'a>, cx: &Semantic<'a>, notes: &mut Notes<'_>) {
    let list = match node.kind() {
        AstKind::BlockStatement(b) => b.body.as_slice(),
        AstKind::FunctionBody(b) => b.statements.as_slice(),
        AstKind::SwitchCase(c) => c.consequent.as_slice(),
        _ => return,
    };
    let Some(at) = list.iter().position(ends) else { return };
    let dead = list[at + 1..].iter().find(|s| match s {
        Statement::FunctionDeclaration(_) | Statement::EmptyStatement(_) => false,
        Statement::BreakStatement(_) => !matches!(node.kind(), AstKind::SwitchCase(_)),
        Statement::VariableDeclaration(d) => {
            !d.kind.is_var() || d.declarations.iter().any(|d| d.init.is_some())
        }
        s => !s.is_typescript_syntax(),
    });
    if let Some(dead) = dead {
        notes.add(head(cx, place(dead)), "This never runs");
    }
}
