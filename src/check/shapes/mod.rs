//! Defects of real packages, each with the rule that says so: a table for newcomers.
//!
//! The shapes are those that shops' packages have; under the quoted one stand others that mean the
//! same. What must not be reported stands below.

mod defects;
mod innocent;

use serde_json::{Value, json};

use super::{Options, Profile, Report, Subject, check};
use crate::model::{FileSet, TreePath};

/// A package with these parts beside what every package says.
fn package(parts: Value) -> Value {
    let mut whole = json!({
        "packageVersion": "1.0.0",
        "plugin": {
            "name": "Acme", "slug": "acme-plugin", "version": "1.0.0",
            "manifest": { "version": "1.0.0" },
            "permissions": []
        }
    });
    for (key, value) in parts.as_object().unwrap() {
        match (key.as_str(), value) {
            ("plugin", Value::Object(own)) => {
                for (key, value) in own {
                    whole["plugin"][key] = value.clone();
                }
            }
            _ => whole[key] = value.clone(),
        }
    }
    whole
}

fn report(parts: Value) -> Report {
    let mut files = FileSet::new();
    let text = serde_json::to_string_pretty(&package(parts)).unwrap();
    files.insert(TreePath::new("acme.json").unwrap(), text.into_bytes());
    let options = Options { profile: Profile::Strict, ..Options::default() };
    check(&Subject { files: &files }, &options)
}

/// A `GET` route with a table of its own.
fn get(code: &str) -> Value {
    route("GET", "/list", code)
}

fn post(code: &str) -> Value {
    route("POST", "/save", code)
}

fn route(method: &str, path: &str, code: &str) -> Value {
    json!({
        "controllers": [{ "name": "one", "method": method, "path": path, "code": code }],
        "migrations": [table()],
    })
}

fn table() -> Value {
    json!({
        "name": "rows", "migrationVersion": "1700000000000",
        "code": "CREATE TABLE IF NOT EXISTS acme_plugin_rows (id UUID PRIMARY KEY DEFAULT gen_random_uuid(), product_id UUID, customer_id UUID, email TEXT, name TEXT, text TEXT, status VARCHAR(20), verified BOOLEAN, points INTEGER, birth_date DATE, ip_address TEXT, created_at TIMESTAMP WITH TIME ZONE DEFAULT NOW());",
    })
}

/// Code of a route around statements.
fn body(statements: &str) -> String {
    format!(
        "async function one(req, res, {{ supabase }}) {{ {statements} res.json({{ ok: true }}); }}"
    )
}

fn sql(statements: &str) -> String {
    format!(
        "async function one(req, res, {{ sequelize }}) {{ {statements} res.json({{ ok: true }}); }}"
    )
}

fn event(name: &str, code: &str) -> Value {
    json!({ "events": [{ "eventName": name, "listenerCode": code }] })
}

fn hook(name: &str, code: &str) -> Value {
    json!({ "hooks": [{ "hookName": name, "hookType": "filter", "handlerCode": code }] })
}

fn widget(code: &str) -> Value {
    json!({ "widgets": [{ "widgetId": "acme-plugin-w", "widgetName": "W", "componentCode": code }] })
}

fn page(code: &str) -> Value {
    json!({ "adminPages": [{
        "pageKey": "p", "pageName": "P", "route": "/admin/plugins/acme-plugin/p", "componentCode": code,
    }] })
}

fn migration(code: &str) -> Value {
    json!({ "migrations": [{ "name": "m", "migrationVersion": "1700000000000", "code": code }] })
}

fn cron(code: &str) -> Value {
    json!({ "cronJobs": [{
        "cronName": "s", "cronSchedule": "0 * * * *", "handlerMethod": "s", "handlerCode": code,
    }] })
}

#[test]
fn every_defect_has_a_rule_that_says_so() {
    let mut wrong = Vec::new();
    for (what, rule, packages) in defects::all() {
        for parts in packages {
            let report = report(parts.clone());
            if !report.issues.iter().any(|f| f.rule == rule) {
                let rules: Vec<&str> = report.issues.iter().map(|f| f.rule.as_str()).collect();
                wrong.push(format!("{what}: no {rule}, but {rules:?}\n  {parts}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of them\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn what_is_right_is_not_reported() {
    let mut wrong = Vec::new();
    for (rule, packages) in innocent::all() {
        for parts in packages {
            let report = report(parts.clone());
            if let Some(found) = report.issues.iter().find(|f| f.rule == rule) {
                wrong.push(format!("{rule}: {}\n  {parts}", found.message));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of them\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn a_finding_stands_at_its_place_in_the_package() {
    let code = "async function f(req, res) {\n  const smile = '😀 \"x\"';\n  res.json(smile, eval(smile));\n}";
    let text = serde_json::to_string_pretty(&package(get(code))).unwrap();
    let report = report(get(code));
    let found = report.issues.iter().find(|f| f.rule == "dynamic-code").unwrap();
    let line = text.lines().nth(found.span.line as usize - 1).unwrap();
    let from: String = line.chars().skip(found.span.column as usize - 1).collect();
    assert!(from.starts_with("eval(smile)"), "{from}");
    assert!(found.message.ends_with("(controller `one`, line 3)"), "{}", found.message);
    assert_eq!(found.file.as_str(), "acme.json");
}
