//! Promises that nobody waits for.

use oxc::ast::AstKind;
use oxc::ast::ast::{ClassElement, Expression, IdentifierReference};
use oxc::semantic::{AstNode, Semantic};
use oxc::span::GetSpan;

use crate::check::rule::{Check, Rule};
use crate::check::syntax::Notes;
use crate::check::syntax::{is_in_async, words};
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "floating-promise",
    category: Category::Quality,
    severity: Severity::Warning,
    class: "quality",
    summary: "A call gives a promise, and nothing waits for it.",
    explanation: "The handler ends before the work is done, and the sandbox may end the call with it; an error in it is heard by nobody.",
    help: "Write `await` before the call, or `return` it.",
    bad: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    ctx.db.query('DELETE FROM acme_rows WHERE id = $1', [input.id]);\n    return { ok: true };\n  }\n}\n",
    )],
    good: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    await ctx.db.query('DELETE FROM acme_rows WHERE id = $1', [input.id]);\n    return { ok: true };\n  }\n}\n",
    )],
    check: Check::Node(look),
};

fn look<'a>(node: &AstNode<'a>, cx: &Semantic<'a>, notes: &mut Notes<'_>) {
    let AstKind::ExpressionStatement(statement) = node.kind() else { return };
    let Expression::CallExpression(call) = &statement.expression else { return };
    let callee = words(cx, call.callee.span());
    let is_host =
        ["ctx.db.", "ctx.storage.", "ctx.files.", "ctx.supabase.", "ctx.sequelize.", "ctx.events."]
            .iter()
            .any(|p| callee.starts_with(p))
            || callee == "ctx.fetch";
    let is_own = match &call.callee {
        Expression::Identifier(id) => is_async_function(id, cx),
        Expression::StaticMemberExpression(m)
            if matches!(m.object, Expression::ThisExpression(_)) =>
        {
            is_async_method(node, m.property.name.as_str(), cx)
        }
        _ => false,
    };
    if (is_host || is_own) && is_in_async(node, cx) && !callee.ends_with(".on") {
        notes.add(call.span, "Nothing waits for this call");
    }
}

/// Whether a name is that of an asynchronous function of the file.
fn is_async_function(id: &IdentifierReference<'_>, cx: &Semantic<'_>) -> bool {
    let Some(symbol) =
        id.reference_id.get().and_then(|r| cx.scoping().get_reference(r).symbol_id())
    else {
        return false;
    };
    match cx.symbol_declaration(symbol).kind() {
        AstKind::Function(f) => f.r#async,
        AstKind::VariableDeclarator(d) => {
            !cx.scoping().symbol_is_mutated(symbol)
                && match &d.init {
                    Some(Expression::ArrowFunctionExpression(f)) => f.r#async,
                    Some(Expression::FunctionExpression(f)) => f.r#async,
                    _ => false,
                }
        }
        _ => false,
    }
}

/// Whether the class around a node has an asynchronous method of this name.
fn is_async_method(node: &AstNode<'_>, name: &str, cx: &Semantic<'_>) -> bool {
    cx.nodes().ancestors(node.id()).any(|n| match n.kind() {
        AstKind::ClassBody(body) => body.body.iter().any(|e| match e {
            ClassElement::MethodDefinition(m) => {
                m.value.r#async && m.key.is_specific_static_name(name)
            }
            _ => false,
        }),
        _ => false,
    })
}
