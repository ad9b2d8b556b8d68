//! Handlers of a package that ask for what they do not get.

use std::collections::BTreeSet;

use crate::check::host_package::UnitKind;
use crate::check::ir::{
    Expr, ExprKind, Function, Key, Module, Pattern, PatternKind, Place, Stmt, StmtKind, Visitor,
    visit_function,
};
use crate::check::plugin::{Findings, Plugin};
use crate::check::rule::{Check, Rule};
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "package-context",
    category: Category::Compatibility,
    severity: Severity::Error,
    class: "compatibility",
    summary: "A handler of a DainoStore package takes a name from its context that the shop does not pass.",
    explanation: "The third argument of a controller is `{ supabase }` and nothing else; listeners get `(data)` and filters `(value, context)`. Any other name is undefined, and the first use of it fails. A request has `body`, `query`, `params`, `headers`, `ip` and `method`; an answer has `json` and `status`.",
    help: "Use `supabase`, and the global `fetch`.",
    bad: &[(
        "package/acme.json",
        "{\n \"packageVersion\": \"1.0.0\",\n \"plugin\": {\n  \"name\": \"Acme\",\n  \"slug\": \"acme-plugin\",\n  \"version\": \"1.0.0\",\n  \"manifest\": {\n   \"version\": \"1.0.0\"\n  }\n },\n \"controllers\": [\n  {\n   \"name\": \"list\",\n   \"method\": \"GET\",\n   \"path\": \"/list\",\n   \"code\": \"async function list(req, res, { sequelize }) { res.json(await sequelize.query('SELECT 1')); }\"\n  }\n ]\n}\n",
    )],
    good: &[(
        "package/acme.json",
        "{\n \"packageVersion\": \"1.0.0\",\n \"plugin\": {\n  \"name\": \"Acme\",\n  \"slug\": \"acme-plugin\",\n  \"version\": \"1.0.0\",\n  \"manifest\": {\n   \"version\": \"1.0.0\"\n  }\n },\n \"controllers\": [\n  {\n   \"name\": \"list\",\n   \"method\": \"GET\",\n   \"path\": \"/list\",\n   \"code\": \"async function list(req, res, { supabase }) { res.json({}); }\"\n  }\n ]\n}\n",
    )],
    check: Check::Plugin(look),
};

fn look(plugin: &Plugin<'_>, findings: &mut Findings<'_>) {
    for package in plugin.packages {
        for unit in package.units() {
            let Some(read) = unit.read() else { continue };
            let Some(f) = main(&read.module) else { continue };
            let mut asked: Vec<(Place, String)> = Vec::new();
            match unit.kind {
                UnitKind::Controller => {
                    context(f, 2, &mut asked, |name| name == "supabase");
                    context(f, 0, &mut asked, |name| !ABSENT.contains(&name));
                    context(f, 1, &mut asked, |name| matches!(name, "json" | "status"));
                    answers(f, &mut asked);
                }
                UnitKind::Event => context(f, 1, &mut asked, |_| false),
                UnitKind::Hook => {
                    context(f, 1, &mut asked, |name| !SERVER.contains(&name));
                    context(f, 2, &mut asked, |_| false);
                }
                UnitKind::Widget | UnitKind::AdminPage => continue,
            }
            let mut told = BTreeSet::new();
            for (place, name) in asked {
                if told.insert(name.clone()) {
                    let message = format!("`{}` never gets `{name}`", unit.name);
                    findings.at(package.path, package.inside(&unit, &read, place), message);
                }
            }
        }
    }
}

/// What a request of Express has, and this one has not.
const ABSENT: &[&str] = &["url", "path", "get", "cookies", "storeId", "rawBody", "originalUrl"];
/// What only the server has.
const SERVER: &[&str] = &[
    "db",
    "supabase",
    "sequelize",
    "secrets",
    "fetch",
    "tenantDb",
    "storeId",
    "res",
    "req",
    "emailService",
];

/// The first function of a handler.
fn main(module: &Module) -> Option<&Function> {
    module.body.body.iter().find_map(|stmt| match &stmt.kind {
        StmtKind::Function(_, f) => Some(&**f),
        StmtKind::Expr(e) | StmtKind::ExportDefault(e) => function(e),
        _ => None,
    })
}

fn function(value: &Expr) -> Option<&Function> {
    match &value.kind {
        ExprKind::Function(f) => Some(f),
        // `module.exports = async (req, res, ctx) => {}`
        ExprKind::Assign(_, _, value) => function(value),
        _ => None,
    }
}

/// Names that a function takes from one of its parameters, other than those that are there.
fn context(
    f: &Function,
    index: usize,
    asked: &mut Vec<(Place, String)>,
    is_there: impl Fn(&str) -> bool,
) {
    let Some(param) = f.params.get(index) else { return };
    let mut found = Vec::new();
    match &param.pattern.kind {
        PatternKind::Symbol(symbol) => {
            let mut members = Members { symbol: *symbol, found: Vec::new() };
            visit_function(f, &mut members);
            found = members.found;
        }
        _ => parts(&param.pattern, &mut found),
    }
    asked.extend(found.into_iter().filter(|(_, name)| !is_there(name)));
}

fn parts(pattern: &Pattern, found: &mut Vec<(Place, String)>) {
    let PatternKind::Object(parts, _) = &pattern.kind else { return };
    for (key, inner) in parts {
        if let Key::Name(name) = key {
            found.push((inner.place, name.to_string()));
        }
    }
}

/// `ctx.db`, `const { db } = ctx`.
struct Members {
    symbol: u32,
    found: Vec<(Place, String)>,
}

impl Visitor for Members {
    fn statement(&mut self, stmt: &Stmt) {
        if let StmtKind::Declare(pattern, Some(value)) = &stmt.kind
            && matches!(value.kind, ExprKind::Symbol(symbol) if symbol == self.symbol)
        {
            parts(pattern, &mut self.found);
        }
    }

    fn expression(&mut self, expr: &Expr) {
        if let ExprKind::Member(object, name) = &expr.kind
            && matches!(object.kind, ExprKind::Symbol(symbol) if symbol == self.symbol)
        {
            self.found.push((expr.place, name.to_string()));
        }
    }
}

/// `res.status(…)` gives an object with `json` alone.
fn answers(f: &Function, asked: &mut Vec<(Place, String)>) {
    struct Answers {
        symbol: u32,
        found: Vec<(Place, String)>,
    }
    impl Visitor for Answers {
        fn expression(&mut self, expr: &Expr) {
            if let ExprKind::Member(object, name) = &expr.kind
                && &**name != "json"
                && let ExprKind::Call(call) = &object.kind
                && let ExprKind::Member(res, status) = &call.callee.kind
                && &**status == "status"
                && matches!(res.kind, ExprKind::Symbol(symbol) if symbol == self.symbol)
            {
                self.found.push((expr.place, format!("status().{name}")));
            }
        }
    }
    let Some(PatternKind::Symbol(symbol)) = f.params.get(1).map(|p| &p.pattern.kind) else {
        return;
    };
    let mut found = Answers { symbol: *symbol, found: Vec::new() };
    visit_function(f, &mut found);
    asked.extend(found.found);
}
