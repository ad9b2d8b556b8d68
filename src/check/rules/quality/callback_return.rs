//! Callbacks that give nothing.

use oxc::ast::AstKind;
use oxc::ast::ast::Expression;
use oxc::semantic::{AstNode, Semantic};

use crate::check::rule::{Check, Rule};
use crate::check::syntax::Notes;
use crate::check::syntax::{block_of, own};
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "callback-without-return",
    category: Category::Quality,
    severity: Severity::Error,
    class: "quality",
    summary: "The function given to `map`, `filter`, `find`, `reduce` or `sort` returns nothing.",
    explanation: "Every result is `undefined`: the list is full of holes, or empty.",
    help: "Return a value, or use `forEach`.",
    bad: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    return input.items.map((item) => { item.total; });\n  }\n}\n",
    )],
    good: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    return input.items.map((item) => { return item.total; });\n  }\n}\n",
    )],
    check: Check::Node(look),
};

fn look<'a>(node: &AstNode<'a>, _: &Semantic<'a>, notes: &mut Notes<'_>) {
    let AstKind::CallExpression(call) = node.kind() else { return };
    let Expression::StaticMemberExpression(member) = &call.callee else { return };
    let takes = matches!(
        member.property.name.as_str(),
        "map"
            | "filter"
            | "find"
            | "findIndex"
            | "findLast"
            | "some"
            | "every"
            | "reduce"
            | "reduceRight"
            | "flatMap"
            | "sort"
            | "toSorted"
    );
    let Some(body) = call.arguments.first().filter(|_| takes).and_then(block_of) else { return };
    let own = own(body);
    if !own.returns_value && !own.throws && !own.yields {
        let name = member.property.name.as_str();
        notes.add(member.property.span, format!("The function given to `{name}` returns nothing"));
    }
}
