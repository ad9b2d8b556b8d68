//! Old parts of the language.

use oxc::ast::AstKind;
use oxc::ast::ast::Expression;
use oxc::semantic::{AstNode, Semantic};

use crate::check::rule::{Check, Rule};
use crate::check::syntax::Notes;
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "deprecated-javascript",
    category: Category::Quality,
    severity: Severity::Info,
    class: "quality",
    summary: "A part of JavaScript is used that is kept for old pages only.",
    explanation: "`escape`, `unescape` and `substr` break on some text; `new Buffer` may show old memory.",
    help: "Use `encodeURIComponent`, `slice` and `Buffer.from`.",
    bad: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    return escape(input.name);\n  }\n}\n",
    )],
    good: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    return encodeURIComponent(input.name);\n  }\n}\n",
    )],
    check: Check::Node(look),
};

fn look<'a>(node: &AstNode<'a>, cx: &Semantic<'a>, notes: &mut Notes<'_>) {
    match node.kind() {
        AstKind::CallExpression(call) => match &call.callee {
            Expression::Identifier(id)
                if matches!(id.name.as_str(), "escape" | "unescape")
                    && cx.is_reference_to_global_variable(id) =>
            {
                notes.add(call.span, format!("`{}` is kept for old pages only", id.name));
            }
            Expression::StaticMemberExpression(m) if m.property.name == "substr" => {
                notes.add(m.property.span, "`substr` is kept for old pages only");
            }
            _ => {}
        },
        AstKind::NewExpression(new) if new.callee.is_specific_id("Buffer") => {
            notes.add(new.span, "`new Buffer` may show old memory");
        }
        _ => {}
    }
}
