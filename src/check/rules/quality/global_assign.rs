//! Built-in names that are assigned.

use oxc::ast::AstKind;
use oxc::semantic::{AstNode, Semantic};

use crate::check::rule::{Check, Rule};
use crate::check::syntax::Notes;
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "global-assign",
    category: Category::Quality,
    severity: Severity::Error,
    class: "quality",
    summary: "A name of the language itself is assigned.",
    explanation: "`Promise = …` changes what every other line means; `undefined = …` and `NaN = …` throw in a module.",
    help: "Use a name of your own.",
    bad: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    Promise = input.Promise;\n    return 1;\n  }\n}\n",
    )],
    good: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    const Deferred = input.Promise;\n    return Deferred;\n  }\n}\n",
    )],
    check: Check::Node(look),
};

const NAMES: [&str; 22] = [
    "undefined",
    "NaN",
    "Infinity",
    "Object",
    "Array",
    "Promise",
    "JSON",
    "Math",
    "Date",
    "String",
    "Number",
    "Boolean",
    "Symbol",
    "Map",
    "Set",
    "RegExp",
    "Error",
    "Reflect",
    "Proxy",
    "BigInt",
    "Intl",
    "WeakMap",
];

fn look<'a>(node: &AstNode<'a>, cx: &Semantic<'a>, notes: &mut Notes<'_>) {
    let AstKind::IdentifierReference(name) = node.kind() else { return };
    let reference = cx.scoping().get_reference(name.reference_id());
    if reference.is_write()
        && reference.symbol_id().is_none()
        && NAMES.contains(&name.name.as_str())
    {
        notes.add(name.span, format!("`{}` belongs to the language", name.name));
    }
}
