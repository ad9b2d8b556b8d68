//! Calls of a package's own routes that do not arrive.

use std::collections::BTreeMap;

use crate::check::host_package::Read;
use crate::check::ir::{
    Binary, Expr, ExprKind, Key, PatternKind, Place, Property, Stmt, StmtKind, Visitor,
    visit_module,
};
use crate::check::plugin::{Findings, Plugin};
use crate::check::rule::{Check, Rule};
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "package-call",
    category: Category::Compatibility,
    severity: Severity::Error,
    class: "compatibility",
    summary: "A widget or page of a DainoStore package calls its own route by an address that fails.",
    explanation: "Routes are below `/exec/`, every call needs the header `x-store-id`, and a route has to have a controller.",
    help: "Call `/api/plugins/<slug>/exec/…` with `x-store-id`, and add the controller.",
    bad: &[(
        "package/acme.json",
        "{\n \"packageVersion\": \"1.0.0\",\n \"plugin\": {\n  \"name\": \"Acme\",\n  \"slug\": \"acme-plugin\",\n  \"version\": \"1.0.0\",\n  \"manifest\": {\n   \"version\": \"1.0.0\"\n  }\n },\n \"widgets\": [\n  {\n   \"widgetId\": \"b\",\n   \"widgetName\": \"B\",\n   \"componentCode\": \"function B() { fetch('/api/plugins/acme-plugin/status'); }\"\n  }\n ]\n}\n",
    )],
    good: &[(
        "package/acme.json",
        "{\n \"packageVersion\": \"1.0.0\",\n \"plugin\": {\n  \"name\": \"Acme\",\n  \"slug\": \"acme-plugin\",\n  \"version\": \"1.0.0\",\n  \"manifest\": {\n   \"version\": \"1.0.0\"\n  }\n },\n \"widgets\": [\n  {\n   \"widgetId\": \"b\",\n   \"widgetName\": \"B\",\n   \"componentCode\": \"function B({ config }) { fetch('/api/plugins/acme-plugin/exec/list', { headers: { 'x-store-id': config.id } }); }\"\n  }\n ],\n \"controllers\": [\n  {\n   \"name\": \"list\",\n   \"method\": \"GET\",\n   \"path\": \"/list\",\n   \"code\": \"async function list(req, res, { supabase }) { res.json({}); }\"\n  }\n ]\n}\n",
    )],
    check: Check::Plugin(look),
};

fn look(plugin: &Plugin<'_>, findings: &mut Findings<'_>) {
    for package in plugin.packages {
        let routes: Vec<(String, Vec<String>)> = package
            .rows("controllers")
            .filter_map(|(_, row)| {
                let text = |key: &str| row.get(key).and_then(|v| v.as_str());
                let path = text("path")?;
                Some((text("method").unwrap_or("GET").to_ascii_uppercase(), segments(path)))
            })
            .collect();
        for unit in package.units() {
            let Some(read) = unit.read() else { continue };
            let mut calls = Calls {
                read: &read,
                slug: package.slug(),
                routes: &routes,
                names_store: unit.code.to_lowercase().contains("x-store-id"),
                texts: BTreeMap::new(),
                found: Vec::new(),
            };
            visit_module(&read.module, &mut calls);
            for (place, message) in calls.found {
                findings.at(package.path, package.inside(&unit, &read, place), message);
            }
        }
    }
}

/// Stands for what is only known when the code runs.
const HOLE: char = '\u{0}';
/// First parts of the host's own addresses, which are no slugs.
const RESERVED: &[&str] = &[
    "ai",
    "widgets",
    "starters",
    "marketplace",
    "purchase",
    "installed",
    "active",
    "registry",
    "import",
    "install-github",
    "dynamic",
    "hooks",
    "create",
];

fn segments(path: &str) -> Vec<String> {
    path.trim_matches('/').split('/').filter(|s| !s.is_empty()).map(str::to_owned).collect()
}

struct Calls<'a> {
    read: &'a Read,
    slug: &'a str,
    routes: &'a [(String, Vec<String>)],
    /// Whether the header is named anywhere in the handler.
    names_store: bool,
    /// Text of variables.
    texts: BTreeMap<u32, String>,
    found: Vec<(Place, String)>,
}

impl Calls<'_> {
    /// Text, as far as it is known.
    fn text(&self, value: &Expr) -> String {
        match &value.kind {
            ExprKind::Text(text) => text.to_string(),
            ExprKind::Template(parts) => parts.iter().map(|p| self.text(p)).collect(),
            ExprKind::Binary(Binary::Add, a, b) => self.text(a) + &self.text(b),
            ExprKind::Symbol(symbol) => {
                self.texts.get(symbol).cloned().unwrap_or_else(|| HOLE.to_string())
            }
            _ => HOLE.to_string(),
        }
    }

    /// Whether the options of a request carry the store.
    fn has_store(&self, options: Option<&Expr>) -> bool {
        let Some(options) = options else { return false };
        let words = self.read.slice(options.place).to_lowercase();
        if words.contains("x-store-id") || words.contains("store_id") {
            return true;
        }
        // What is spread, or named, may have it.
        let is_open = match &options.kind {
            ExprKind::Object(parts) => parts.iter().any(|part| match part {
                Property::Spread(_) => true,
                Property::Value(Key::Name(key), _, value) if &**key == "headers" => {
                    !matches!(value.kind, ExprKind::Object(_))
                        || self.read.slice(value.place).contains("...")
                }
                Property::Value(..) => false,
            }),
            _ => true,
        };
        is_open && self.names_store
    }

    /// The method of a request, unless it is only known when the code runs.
    fn method(&self, options: Option<&Expr>) -> Option<String> {
        let Some(options) = options else { return Some("GET".to_owned()) };
        let ExprKind::Object(parts) = &options.kind else { return None };
        let mut method = Some("GET".to_owned());
        for part in parts {
            match part {
                Property::Spread(_) => return None,
                Property::Value(Key::Name(key), _, value) if &**key == "method" => {
                    method = match &value.kind {
                        ExprKind::Text(text) => Some(text.to_ascii_uppercase()),
                        _ => None,
                    };
                }
                Property::Value(..) => {}
            }
        }
        method
    }

    /// What is wrong with a request of an own route.
    fn fault(&self, address: &str, method: Option<String>, has_store: bool) -> Option<String> {
        let rest = &address[address.find("plugins/")? + "plugins/".len()..];
        let (slug, rest) = rest.split_once('/')?;
        let is_own = slug.contains(HOLE) || self.slug.is_empty() || slug == self.slug;
        if !is_own || RESERVED.contains(&slug) {
            return None;
        }
        let rest = rest.split(['?', '#']).next().unwrap_or_default();
        let path = match rest.strip_prefix("exec") {
            Some(path) if path.is_empty() || path.starts_with(['/', HOLE]) => path,
            // The whole rest may be anything.
            _ if rest.starts_with(HOLE) => return None,
            _ => return Some("Routes of a plugin are below `/exec/`".to_owned()),
        };
        if !has_store && !address.contains("store_id=") {
            return Some("The header `x-store-id` is missing".to_owned());
        }
        if path.starts_with(HOLE) {
            return None;
        }
        let asked = segments(path);
        // A value at the end may hold more than one part.
        let is_open = asked.last().is_some_and(|last| last.len() > 1 && last.ends_with(HOLE));
        let fits = |own: &[String]| {
            let same =
                |(a, b): (&String, &String)| a == b || b.starts_with(':') || a.contains(HOLE);
            own.len() == asked.len() && asked.iter().zip(own).all(same)
                || is_open && own.len() >= asked.len()
                || asked.last().is_some_and(|l| l.contains(HOLE))
                    && own.len() > asked.len()
                    && asked.iter().zip(own).all(same)
        };
        let there: Vec<&str> =
            self.routes.iter().filter(|(_, own)| fits(own)).map(|(m, _)| m.as_str()).collect();
        let shown = path.replace(HOLE, "…");
        match method {
            _ if there.is_empty() => Some(format!("There is no controller for `{shown}`")),
            Some(method) if !there.contains(&method.as_str()) => Some(format!(
                "The controller for `{shown}` takes {}, not {method}",
                there.join(" and ")
            )),
            _ => None,
        }
    }
}

impl Visitor for Calls<'_> {
    fn statement(&mut self, stmt: &Stmt) {
        if let StmtKind::Declare(pattern, Some(value)) = &stmt.kind
            && let PatternKind::Symbol(symbol) = &pattern.kind
        {
            let text = self.text(value);
            if text.chars().any(|c| c != HOLE) {
                self.texts.insert(*symbol, text);
            }
        }
    }

    fn expression(&mut self, expr: &Expr) {
        let ExprKind::Call(call) = &expr.kind else { return };
        let Some(first) = call.args.first() else { return };
        let (is_fetch, client) = match &call.callee.kind {
            ExprKind::Global(name) => (&**name == "fetch", None),
            ExprKind::Member(object, name) => {
                let owner = self.read.slice(object.place);
                (
                    &**name == "fetch" && matches!(owner, "window" | "globalThis" | "self"),
                    (owner == "apiClient").then_some(&**name),
                )
            }
            _ => (false, None),
        };
        if !is_fetch && client.is_none() {
            return;
        }
        let address = self.text(first);
        let fault = match client {
            Some(_) if address.trim_start_matches('/').starts_with("api/") => {
                Some("`apiClient` puts `/api/` before an address itself".to_owned())
            }
            Some(name) => {
                let method = matches!(name, "get" | "post" | "put" | "patch" | "delete")
                    .then(|| name.to_ascii_uppercase());
                self.fault(&address, method, true)
            }
            None if address.contains("/api/plugins/") => {
                let options = call.args.get(1);
                self.fault(&address, self.method(options), self.has_store(options))
            }
            None => None,
        };
        self.found.extend(fault.map(|message| (expr.place, message)));
    }
}
