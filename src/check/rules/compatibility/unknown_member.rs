//! Members of `ctx` that there are not.

use oxc::ast::AstKind;
use oxc::semantic::{AstNode, Semantic};

use crate::check::host_api::{self, Found};
use crate::check::rule::{Check, Rule};
use crate::check::syntax::Notes;
use crate::check::syntax::words;
use crate::model::Severity;
use crate::model::finding::Category;
use crate::project::nearest;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "unknown-context-member",
    category: Category::Compatibility,
    severity: Severity::Error,
    class: "compatibility",
    summary: "The code uses a member of `ctx` that the host does not give.",
    explanation: "It is `undefined` in a shop, so the call fails. Older texts teach `tenantDb`, `storeId`, `db.raw` and `storage.delete`; the message names what took their place.",
    help: "Use what the message names.",
    bad: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    return ctx.storage.delete(\"a\");\n  }\n}\n",
    )],
    good: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    return ctx.storage.remove(\"a\");\n  }\n}\n",
    )],
    check: Check::Node(look),
};

fn look<'a>(node: &AstNode<'a>, cx: &Semantic<'a>, notes: &mut Notes<'_>) {
    let AstKind::StaticMemberExpression(member) = node.kind() else { return };
    let text = words(cx, member.span);
    let Some(path) = text.strip_prefix("ctx.") else { return };
    if path.split('.').count() > 2
        || !path.bytes().all(|b| b.is_ascii_alphanumeric() || b"._$".contains(&b))
    {
        return;
    }
    let message = match host_api::find(path) {
        Found::There(_) | Found::Open => return,
        Found::Gone(instead) => format!("`ctx.{path}` is not there; use {}", quoted(instead)),
        Found::Unknown => {
            // What belongs to an unknown member is said of that member.
            let part = path.split('.').next().unwrap_or_default();
            if path.contains('.') && !matches!(host_api::find(part), Found::There(_)) {
                return;
            }
            match nearest(path, host_api::names(path)) {
                Some(meant) => format!("`ctx.{path}` is not there; did you mean `ctx.{meant}`?"),
                None => format!("`ctx.{path}` is not there"),
            }
        }
    };
    notes.add(member.span, message);
}

fn quoted(name: &str) -> String {
    if name.contains('`') { name.to_owned() } else { format!("`{name}`") }
}
