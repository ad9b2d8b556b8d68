//! Calls of routes that there are not.

use crate::check::ir::{Expr, ExprKind, Place, Visitor, visit_module};
use crate::check::plugin::{Findings, Plugin};
use crate::check::rule::{Check, Rule};
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "dangling-call",
    category: Category::Compatibility,
    severity: Severity::Error,
    class: "compatibility",
    summary: "A part calls a route of the plugin that the manifest does not have.",
    explanation: "The shop answers 404.",
    help: "Add the route to the manifest, or correct the path.",
    bad: &[
        (
            "manifest.json",
            "{\n \"name\": \"Acme\",\n \"slug\": \"acme-plugin\",\n \"version\": \"1.0.0\",\n \"type\": \"custom\",\n \"description\": \"An example.\",\n \"license\": \"MIT\",\n \"routes\": [\n  {\n   \"method\": \"GET\",\n   \"path\": \"/status\",\n   \"handler\": \"status\"\n  }\n ]\n}",
        ),
        (
            "index.js",
            "export default class Plugin {\n  async status(req, res) { res.json({}); }\n}\n",
        ),
        (
            "widgets/box.js",
            "export async function load(id) {\n  return fetch('/api/plugins/acme-plugin/exec/statsu', { headers: { 'x-store-id': id } });\n}\n",
        ),
    ],
    good: &[
        (
            "manifest.json",
            "{\n \"name\": \"Acme\",\n \"slug\": \"acme-plugin\",\n \"version\": \"1.0.0\",\n \"type\": \"custom\",\n \"description\": \"An example.\",\n \"license\": \"MIT\",\n \"routes\": [\n  {\n   \"method\": \"GET\",\n   \"path\": \"/status\",\n   \"handler\": \"status\"\n  }\n ]\n}",
        ),
        (
            "index.js",
            "export default class Plugin {\n  async status(req, res) { res.json({}); }\n}\n",
        ),
        (
            "widgets/box.js",
            "export async function load(id) {\n  return fetch('/api/plugins/acme-plugin/exec/status', { headers: { 'x-store-id': id } });\n}\n",
        ),
    ],
    check: Check::Plugin(look),
};

fn look(plugin: &Plugin<'_>, findings: &mut Findings<'_>) {
    let Some(manifest) = plugin.manifest else { return };
    let own = format!("/api/plugins/{}/exec", manifest.slug.as_str());
    for source in plugin.sources.iter().filter(|s| !s.is_test) {
        let Some(module) = &source.module else { continue };
        let mut texts = Texts(Vec::new());
        visit_module(module, &mut texts);
        for (place, text) in texts.0 {
            let Some(path) = text.strip_prefix(own.as_str()) else { continue };
            let path = path.split(['?', '#']).next().unwrap_or_default();
            let has = manifest.routes.iter().any(|r| matches(&r.path, path));
            if !has && !path.ends_with('/') {
                findings.code(source, place, format!("The manifest has no route `{path}`"));
            }
        }
    }
}

/// Whether a path is one that a route takes: `:name` stands for any part.
fn matches(route: &str, path: &str) -> bool {
    let (mut a, mut b) = (route.split('/'), path.split('/'));
    loop {
        match (a.next(), b.next()) {
            (None, None) => return true,
            (Some(x), Some(y)) if x == y || x.starts_with(':') => {}
            _ => return false,
        }
    }
}

struct Texts(Vec<(Place, String)>);

impl Visitor for Texts {
    fn expression(&mut self, expr: &Expr) {
        if let ExprKind::Text(text) = &expr.kind {
            self.0.push((expr.place, text.to_string()));
        }
    }
}
