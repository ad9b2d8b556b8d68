//! Filters of a package that give a promise, or nothing.

use super::filter_return::returns;
use crate::check::hooks::{self, HookKind};
use crate::check::host_package::{UnitKind, only};
use crate::check::ir::{Expr, ExprKind, Stmt, StmtKind};
use crate::check::plugin::{Findings, Plugin};
use crate::check::rule::{Check, Rule};
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "package-filter",
    category: Category::Compatibility,
    severity: Severity::Error,
    class: "compatibility",
    summary: "A hook of a DainoStore package is asynchronous, or returns nothing.",
    explanation: "The host takes what a filter returns as the new value and does not wait: a promise becomes the address of the checkout, `undefined` leaves it as it was.",
    help: "Return the value, at once; ask for what it needs beforehand.",
    bad: &[(
        "package/acme.json",
        "{\n \"packageVersion\": \"1.0.0\",\n \"plugin\": {\n  \"name\": \"Acme\",\n  \"slug\": \"acme-plugin\",\n  \"version\": \"1.0.0\",\n  \"manifest\": {\n   \"version\": \"1.0.0\"\n  }\n },\n \"hooks\": [\n  {\n   \"hookName\": \"cart.getCheckoutUrl\",\n   \"handlerCode\": \"async (url) => { return url + '?a=1'; }\"\n  }\n ]\n}\n",
    )],
    good: &[(
        "package/acme.json",
        "{\n \"packageVersion\": \"1.0.0\",\n \"plugin\": {\n  \"name\": \"Acme\",\n  \"slug\": \"acme-plugin\",\n  \"version\": \"1.0.0\",\n  \"manifest\": {\n   \"version\": \"1.0.0\"\n  }\n },\n \"hooks\": [\n  {\n   \"hookName\": \"cart.getCheckoutUrl\",\n   \"handlerCode\": \"(url) => { return url + '?a=1'; }\"\n  }\n ]\n}\n",
    )],
    check: Check::Plugin(look),
};

fn look(plugin: &Plugin<'_>, findings: &mut Findings<'_>) {
    for package in plugin.packages {
        for unit in package.units() {
            if unit.kind != UnitKind::Hook {
                continue;
            }
            let row = unit.pointer.rsplit_once('/').map_or("", |(row, _)| row);
            let kind = package.json.pointer(&format!("{row}/hookType")).and_then(|k| k.as_str());
            // Of a name that nobody knows, the kind says what it is meant to be.
            let is_filter = hooks::is_filter(unit.name)
                || matches!(hooks::hook(unit.name), HookKind::Unknown | HookKind::Alias(_))
                    && kind == Some("filter");
            if !is_filter {
                continue;
            }
            let Some(module) = unit.function() else { continue };
            let Some(f) = only(&module) else { continue };
            let code = unit.code.trim();
            let code = code.strip_prefix("export default ").unwrap_or(code);
            let message = if code.starts_with("async") || gives_promise(&f.body) {
                format!("`{}` gets a promise, and nobody waits for it", unit.name)
            } else if !f.body.iter().any(returns) {
                format!("`{}` gets nothing back", unit.name)
            } else {
                continue;
            };
            findings.at(package.path, package.span(&unit.pointer), message);
        }
    }
}

/// Whether statements of the function itself return a promise that is made there.
fn gives_promise(list: &[Stmt]) -> bool {
    list.iter().any(|stmt| match &stmt.kind {
        StmtKind::Return(Some(value)) => is_promise(value),
        StmtKind::If(_, then, other) => {
            gives_promise(std::slice::from_ref(then))
                || other.as_ref().is_some_and(|s| gives_promise(std::slice::from_ref(s)))
        }
        StmtKind::Loop { body, .. }
        | StmtKind::ForEach { body, .. }
        | StmtKind::Labeled(_, body) => gives_promise(std::slice::from_ref(body)),
        StmtKind::Try { block, handler, finalizer } => {
            gives_promise(block)
                || handler.as_ref().is_some_and(|(_, b)| gives_promise(b))
                || finalizer.as_ref().is_some_and(|b| gives_promise(b))
        }
        StmtKind::Switch(_, cases) => cases.iter().any(|(_, body)| gives_promise(body)),
        StmtKind::Block(body) => gives_promise(body),
        _ => false,
    })
}

fn is_promise(value: &Expr) -> bool {
    let ExprKind::Call(call) = &value.kind else { return false };
    match &call.callee.kind {
        ExprKind::Global(name) => &**name == "fetch" || call.is_new && &**name == "Promise",
        ExprKind::Member(object, name) => {
            matches!(&object.kind, ExprKind::Global(global) if &**global == "Promise")
                || matches!(&**name, "then" | "catch" | "finally")
        }
        _ => false,
    }
}
