//! Cases that run into the next one.

use oxc::ast::AstKind;
use oxc::ast::ast::Statement;
use oxc::semantic::{AstNode, Semantic};
use oxc::span::Span;

use crate::check::rule::{Check, Rule};
use crate::check::syntax::Notes;
use crate::check::syntax::{ends, place, words};
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "switch-fallthrough",
    category: Category::Quality,
    severity: Severity::Warning,
    class: "quality",
    summary: "A `case` with statements runs into the next one.",
    explanation: "Most often a `break` is missing, and the next case happens as well.",
    help: "End the case with `break` or `return`, or say `// falls through`.",
    bad: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    let n = 0;\n    switch (input.kind) {\n      case 'a':\n        n = 1;\n      case 'b':\n        n = 2;\n        break;\n    }\n    return n;\n  }\n}\n",
    )],
    good: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    let n = 0;\n    switch (input.kind) {\n      case 'a':\n        n = 1;\n        break;\n      case 'b':\n        n = 2;\n        break;\n    }\n    return n;\n  }\n}\n",
    )],
    check: Check::Node(look),
};

fn look<'a>(node: &AstNode<'a>, cx: &Semantic<'a>, notes: &mut Notes<'_>) {
    let AstKind::SwitchStatement(switch) = node.kind() else { return };
    for pair in switch.cases.windows(2) {
        let [case, next] = pair else { continue };
        let Some(last) = case.consequent.last() else { continue };
        if case.consequent.iter().any(ends) || ends_process(cx, last) {
            continue;
        }
        let between = words(cx, Span::new(case.span.start, next.span.start)).to_ascii_lowercase();
        let is_meant = ["fall through", "falls through", "fallthrough", "fall-through", "no break"]
            .iter()
            .any(|w| between.contains(w));
        if !is_meant {
            notes.add(place(last), "The next case runs, too");
        }
    }
}

fn ends_process(cx: &Semantic<'_>, last: &Statement<'_>) -> bool {
    words(cx, place(last)).starts_with("process.exit(")
}
