//! Errors that nobody hears of.

use crate::check::ir::{Place, Stmt, StmtKind, Visitor, visit_module};
use crate::check::plugin::{Findings, Source};
use crate::check::rule::{Check, Rule};
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "empty-catch",
    category: Category::Quality,
    severity: Severity::Info,
    class: "quality",
    summary: "A `catch` block is empty.",
    explanation: "What fails then fails in silence, and whoever looks for the reason finds nothing.",
    help: "Log the error, or say in a comment why it does not matter.",
    bad: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    try { await ctx.storage.set('a', 1); } catch {}\n  }\n}\n",
    )],
    good: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    try { await ctx.storage.set('a', 1); } catch (error) { ctx.log.warn(String(error)); }\n  }\n}\n",
    )],
    check: Check::File(look),
};

fn look(source: &Source, findings: &mut Findings<'_>) {
    struct Found(Vec<Place>);
    impl Visitor for Found {
        fn statement(&mut self, stmt: &Stmt) {
            if let StmtKind::Try { handler: Some((_, body)), .. } = &stmt.kind
                && body.is_empty()
            {
                self.0.push(stmt.place);
            }
        }
    }
    let Some(module) = &source.module else { return };
    let mut found = Found(Vec::new());
    visit_module(module, &mut found);
    for place in found.0 {
        // A comment in the block says why.
        let has_comment =
            module.comments.iter().any(|c| c.start >= place.start && c.end <= place.end);
        if !has_comment {
            findings.code(source, place, "An error here is lost");
        }
    }
}
