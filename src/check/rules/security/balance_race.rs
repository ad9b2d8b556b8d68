//! Balances that two calls change at once.

use oxc::ast::AstKind;
use oxc::semantic::{AstNode, Semantic};

use crate::check::rule::{Check, Rule};
use crate::check::syntax::Notes;
use crate::check::syntax::{head, words};
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "balance-race",
    category: Category::Security,
    severity: Severity::Warning,
    class: "balance-race",
    summary: "A balance is read, computed and written back in three steps.",
    explanation: "Two calls at the same moment read the same balance, and one of the changes is lost: points are spent twice.",
    help: "Change it in one statement: `SET balance = balance - $1 WHERE balance >= $1`.",
    bad: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    const row = await ctx.db.one('SELECT points FROM acme_plugin_a WHERE id = $1', [input.id]);\n    await ctx.db.query('UPDATE acme_plugin_a SET points = $2 WHERE id = $1', [input.id, row.points - 5]);\n  }\n}\n",
    )],
    good: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    await ctx.db.query('UPDATE acme_plugin_a SET points = points - $2 WHERE id = $1 AND points >= $2', [input.id, 5]);\n  }\n}\n",
    )],
    check: Check::Node(look),
};

fn look<'a>(node: &AstNode<'a>, cx: &Semantic<'a>, notes: &mut Notes<'_>) {
    let AstKind::Function(f) = node.kind() else { return };
    let Some(body) = &f.body else { return };
    let text = words(cx, body.span).to_lowercase();
    const COLUMNS: [&str; 9] = [
        "points",
        "balance",
        "stock",
        "stock_quantity",
        "quantity",
        "credit",
        "credits",
        "usage_count",
        "remaining",
    ];
    for column in COLUMNS {
        let Some(at) = text.find(&format!("set {column} = $")) else { continue };
        let reads = text[..at].contains("select") && text[..at].contains(column);
        if reads && !text.contains("for update") {
            let span = head(cx, f.span);
            notes.add(span, format!("Two calls at once lose a change of `{column}`"));
            return;
        }
    }
}
