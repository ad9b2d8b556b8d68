//! Server code in the browser.

use crate::check::ir::{Expr, ExprKind, Place, Visitor, visit_module};
use crate::check::plugin::{Findings, Plugin};
use crate::check::rule::{Check, Rule};
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "server-global-in-browser",
    category: Category::Compatibility,
    severity: Severity::Error,
    class: "compatibility",
    summary: "A widget or admin page uses what only a server has.",
    explanation: "`Buffer`, `require` and `process` do not exist in a browser; the part stays empty.",
    help: "Move the work into a route of the plugin and fetch its answer.",
    bad: &[
        (
            "manifest.json",
            "{\n \"name\": \"Acme\",\n \"slug\": \"acme-plugin\",\n \"version\": \"1.0.0\",\n \"type\": \"custom\",\n \"description\": \"An example.\",\n \"license\": \"MIT\",\n \"widgets\": [\n  {\n   \"id\": \"acme-plugin-box\",\n   \"name\": \"Box\",\n   \"file\": \"widgets/box.js\"\n  }\n ]\n}",
        ),
        (
            "widgets/box.js",
            "function Box({ config }) {\n  return Buffer.from(config.title).toString('base64');\n}\nexport default Box;\n",
        ),
    ],
    good: &[
        (
            "manifest.json",
            "{\n \"name\": \"Acme\",\n \"slug\": \"acme-plugin\",\n \"version\": \"1.0.0\",\n \"type\": \"custom\",\n \"description\": \"An example.\",\n \"license\": \"MIT\",\n \"widgets\": [\n  {\n   \"id\": \"acme-plugin-box\",\n   \"name\": \"Box\",\n   \"file\": \"widgets/box.js\"\n  }\n ]\n}",
        ),
        (
            "widgets/box.js",
            "function Box({ config }) {\n  return btoa(config.title);\n}\nexport default Box;\n",
        ),
    ],
    check: Check::Plugin(look),
};

fn look(plugin: &Plugin<'_>, findings: &mut Findings<'_>) {
    let Some(manifest) = plugin.manifest else { return };
    let files = manifest
        .widgets
        .iter()
        .map(|w| &w.file)
        .chain(manifest.admin_pages.iter().map(|p| &p.file));
    for file in files {
        let Some(source) = plugin.source(file.as_str()) else { continue };
        let Some(module) = &source.module else { continue };
        let mut globals = Globals(Vec::new());
        visit_module(module, &mut globals);
        for (place, name) in globals.0 {
            findings.code(source, place, format!("A browser has no `{name}`"));
        }
    }
}

struct Globals(Vec<(Place, String)>);

impl Visitor for Globals {
    fn expression(&mut self, expr: &Expr) {
        if let ExprKind::Global(name) = &expr.kind
            && matches!(&**name, "Buffer" | "require" | "process" | "__dirname" | "global")
        {
            self.0.push((expr.place, name.to_string()));
        }
    }
}
