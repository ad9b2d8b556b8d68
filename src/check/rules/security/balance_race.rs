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

/// What is counted down or up.
const COLUMNS: [&str; 14] = [
    "points",
    "points_balance",
    "balance",
    "stock",
    "stock_quantity",
    "quantity",
    "credit",
    "credits",
    "usage_count",
    "used_count",
    "uses_left",
    "remaining",
    "times_used",
    "available",
];

fn look<'a>(node: &AstNode<'a>, cx: &Semantic<'a>, notes: &mut Notes<'_>) {
    let (span, body) = match node.kind() {
        AstKind::Function(f) => match &f.body {
            Some(body) => (f.span, body.span),
            None => return,
        },
        AstKind::ArrowFunctionExpression(f) => (f.span, f.span),
        _ => return,
    };
    // What is in a function is said of the outer one.
    let is_inner = cx
        .nodes()
        .ancestors(node.id())
        .any(|n| matches!(n.kind(), AstKind::Function(_) | AstKind::ArrowFunctionExpression(_)));
    if is_inner {
        return;
    }
    let text = words(cx, body).to_lowercase();
    let text: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.contains("for update") {
        return;
    }
    for column in COLUMNS {
        let is_raced = [set_in_sql(&text, column), set_by_builder(&text, column)]
            .into_iter()
            .flatten()
            .any(|at| text[..at].contains("select") && has_word(&text[..at], column));
        if is_raced {
            notes.add(head(cx, span), format!("Two calls at once lose a change of `{column}`"));
            return;
        }
    }
}

/// `UPDATE … SET balance = $1`, without a comparison with the old value.
fn set_in_sql(text: &str, column: &str) -> Option<usize> {
    let at =
        [format!(" {column} = $"), format!(" {column}=$")].iter().find_map(|p| text.find(p))?;
    let update = text[..at].rfind("update ")?;
    let is_set = text[update..at].contains(" set") && !text[update..at].contains(" where ");
    let rest = text[at + column.len() + 3..].split(['`', '\'', '"']).next().unwrap_or_default();
    let is_compared = rest.contains(" where ") && rest.contains(&format!("{column} = "));
    (is_set && !is_compared).then_some(update)
}

/// `.update({ balance: … })`, without a filter by the old value.
fn set_by_builder(text: &str, column: &str) -> Option<usize> {
    for (at, _) in text.match_indices(".update({") {
        let row = text[at..].split('}').next().unwrap_or_default();
        let is_set = row.contains(&format!("{{ {column}:"))
            || row.contains(&format!(", {column}:"))
            || row.contains(&format!("{{{column}:"));
        let chain = text[at..].split(';').next().unwrap_or_default();
        let is_compared = chain.contains(&format!(".eq('{column}'"))
            || chain.contains(&format!(".eq(\"{column}\""));
        if is_set && !is_compared {
            return Some(at);
        }
    }
    None
}

fn has_word(text: &str, word: &str) -> bool {
    let is_part = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric() || c == '_');
    text.match_indices(word).any(|(at, _)| {
        !is_part(text[..at].chars().next_back()) && !is_part(text[at + word.len()..].chars().next())
    })
}
