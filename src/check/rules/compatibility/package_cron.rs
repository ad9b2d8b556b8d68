//! Cron jobs of a package that run nothing.

use crate::check::ir::{self, Expr, ExprKind, StmtKind};
use crate::check::plugin::{Findings, Plugin};
use crate::check::rule::{Check, Rule};
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "package-cron-form",
    category: Category::Compatibility,
    severity: Severity::Error,
    class: "compatibility",
    summary: "The code of a cron job is a function, and the host runs it as the body of one.",
    explanation: "A body that only declares a function does nothing. It gets `db`, `storeId`, `params`, `secrets` and `fetch` as names.",
    help: "Write the statements themselves.",
    bad: &[(
        "package/acme.json",
        "{\n \"packageVersion\": \"1.0.0\",\n \"plugin\": {\n  \"name\": \"Acme\",\n  \"slug\": \"acme-plugin\",\n  \"version\": \"1.0.0\",\n  \"manifest\": {\n   \"version\": \"1.0.0\"\n  }\n },\n \"cronJobs\": [\n  {\n   \"cronName\": \"s\",\n   \"cronSchedule\": \"0 * * * *\",\n   \"handlerMethod\": \"s\",\n   \"handlerCode\": \"async function sync({ db, storeId }) { return db; }\"\n  }\n ]\n}\n",
    )],
    good: &[(
        "package/acme.json",
        "{\n \"packageVersion\": \"1.0.0\",\n \"plugin\": {\n  \"name\": \"Acme\",\n  \"slug\": \"acme-plugin\",\n  \"version\": \"1.0.0\",\n  \"manifest\": {\n   \"version\": \"1.0.0\"\n  }\n },\n \"cronJobs\": [\n  {\n   \"cronName\": \"s\",\n   \"cronSchedule\": \"0 * * * *\",\n   \"handlerMethod\": \"s\",\n   \"handlerCode\": \"const rows = await db.from('acme_plugin_a').select('id'); return rows;\"\n  }\n ]\n}\n",
    )],
    check: Check::Plugin(look),
};

fn look(plugin: &Plugin<'_>, findings: &mut Findings<'_>) {
    for package in plugin.packages {
        for (list, key) in
            [("cronJobs", "handlerCode"), ("cron", "handler_code"), ("cron", "handlerCode")]
        {
            for (pointer, row) in package.rows(list) {
                let Some(code) = row.get(key).and_then(|c| c.as_str()) else { continue };
                if only_declares(code) {
                    let span = package.span(&format!("{pointer}/{key}"));
                    findings.at(package.path, span, "This declares a function and runs nothing");
                }
            }
        }
    }
}

/// Whether code has functions and nothing that runs.
fn only_declares(code: &str) -> bool {
    let code = code.trim();
    if code.starts_with("export ") || code.starts_with("module.exports") {
        return true;
    }
    // As the body of a function, so that `return` may stand in it.
    let (module, fault) = ir::build(0, "job.js", &format!("async () => {{ {code}\n}}"), &[]);
    let Some(module) = module.filter(|_| fault.is_none()) else { return false };
    let body = module.body.body.first().and_then(|stmt| match &stmt.kind {
        StmtKind::Expr(Expr { kind: ExprKind::Function(f), .. }) => Some(&f.body),
        _ => None,
    });
    let is_function = |e: &Expr| matches!(e.kind, ExprKind::Function(_));
    body.is_some_and(|list| {
        !list.is_empty()
            && list.iter().all(|stmt| match &stmt.kind {
                StmtKind::Function(..) => true,
                StmtKind::Declare(_, Some(value)) => is_function(value),
                StmtKind::Expr(value) => is_function(value),
                _ => false,
            })
    })
}
