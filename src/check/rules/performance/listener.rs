//! Listeners that stay.

use oxc::ast::AstKind;
use oxc::ast::ast::Expression;
use oxc::semantic::{AstNode, Semantic};

use crate::check::rule::{Check, Rule};
use crate::check::syntax::Notes;
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "listener-not-removed",
    category: Category::Performance,
    severity: Severity::Warning,
    class: "performance",
    summary: "`onEnable` listens to something and nothing stops listening.",
    explanation: "Each time the plugin is enabled it listens once more; old listeners run beside the new ones.",
    help: "Stop listening in `onDisable`, with `off` or `removeEventListener`.",
    bad: &[
        (
            "index.js",
            "import { bus } from \"./src/bus.js\";\nexport default class Plugin {\n  async onEnable(ctx) {\n    bus.on(\"order\", () => ctx.log.info(\"order\"));\n  }\n}\n",
        ),
        (
            "src/bus.js",
            "import { EventEmitter } from \"events\";\nexport const bus = new EventEmitter();\n",
        ),
    ],
    good: &[
        (
            "index.js",
            "import { bus } from \"./src/bus.js\";\nexport default class Plugin {\n  async onEnable(ctx) {\n    this.listener = () => ctx.log.info(\"order\");\n    bus.on(\"order\", this.listener);\n  }\n  async onDisable() {\n    bus.off(\"order\", this.listener);\n  }\n}\n",
        ),
        (
            "src/bus.js",
            "import { EventEmitter } from \"events\";\nexport const bus = new EventEmitter();\n",
        ),
    ],
    check: Check::Node(look),
};

fn look<'a>(node: &AstNode<'a>, cx: &Semantic<'a>, notes: &mut Notes<'_>) {
    let AstKind::CallExpression(call) = node.kind() else { return };
    let Expression::StaticMemberExpression(member) = &call.callee else { return };
    if !matches!(member.property.name.as_str(), "on" | "addListener" | "addEventListener") {
        return;
    }
    let in_enable = cx.nodes().ancestors(node.id()).any(|n| match n.kind() {
        AstKind::MethodDefinition(m) => m.key.is_specific_static_name("onEnable"),
        _ => false,
    });
    let text = cx.source_text();
    let stops = [".off(", ".removeListener(", ".removeEventListener(", ".removeAllListeners("]
        .iter()
        .any(|m| text.contains(m));
    if in_enable && !stops {
        notes.add(member.property.span, "Nothing stops this listener");
    }
}
