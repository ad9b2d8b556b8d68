//! Names that no variable may have.

use oxc::ast::AstKind;
use oxc::semantic::{AstNode, Semantic};

use crate::check::rule::{Check, Rule};
use crate::check::syntax::Notes;
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "shadowed-global",
    category: Category::Quality,
    severity: Severity::Error,
    class: "quality",
    summary: "A variable or parameter is called `NaN`, `Infinity`, `eval` or `arguments`.",
    explanation: "Every line that means the real one gets the variable.",
    help: "Choose another name.",
    bad: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    const NaN = input.total;\n    return NaN;\n  }\n}\n",
    )],
    good: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    const total = input.total;\n    return total;\n  }\n}\n",
    )],
    check: Check::Node(look),
};

fn look<'a>(node: &AstNode<'a>, _: &Semantic<'a>, notes: &mut Notes<'_>) {
    let AstKind::BindingIdentifier(name) = node.kind() else { return };
    if matches!(name.name.as_str(), "NaN" | "Infinity" | "eval" | "arguments") {
        notes.add(name.span, format!("`{}` means something else", name.name));
    }
}
