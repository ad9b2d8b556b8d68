//! Database functions that are refused.

use oxc::ast::AstKind;
use oxc::ast::ast::Expression;
use oxc::semantic::{AstNode, Semantic};
use oxc::span::GetSpan;

use crate::check::rule::{Check, Rule};
use crate::check::syntax::Notes;
use crate::check::syntax::words;
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "refused-rpc",
    category: Category::Compatibility,
    severity: Severity::Error,
    class: "compatibility",
    summary: "A function of the database is called with `rpc`.",
    explanation: "No plugin is granted any: such functions run with rights of their own. `execute_sql` above all is refused.",
    help: "Send a statement with `ctx.db.query`.",
    bad: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    return ctx.supabase.rpc('get_sync_stats', { id: input.id });\n  }\n}\n",
    )],
    good: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    return ctx.db.query('SELECT id FROM acme_plugin_a WHERE id = $1', [input.id]);\n  }\n}\n",
    )],
    check: Check::Node(look),
};

fn look<'a>(node: &AstNode<'a>, cx: &Semantic<'a>, notes: &mut Notes<'_>) {
    let AstKind::CallExpression(call) = node.kind() else { return };
    let Expression::StaticMemberExpression(member) = &call.callee else { return };
    let chain = words(cx, member.object.span());
    if member.property.name == "rpc"
        && matches!(chain, "ctx.supabase" | "supabase" | "ctx.db" | "db")
    {
        notes.add(call.span, "No plugin may call a function of the database");
    }
}
