//! Open routes that list people.

use crate::check::plugin::{Findings, Plugin};
use crate::check::rule::{Check, Rule};
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "open-route-personal-data",
    category: Category::Security,
    severity: Severity::Error,
    class: "open-route-personal-data",
    summary: "A route that needs no login gives out personal data.",
    explanation: "Anybody on the internet can read e-mails, phone numbers and addresses of the customers.",
    help: "Set `requiresAuth`, or leave the columns out.",
    bad: &[
        (
            "manifest.json",
            "{\n \"name\": \"Acme\",\n \"slug\": \"acme-plugin\",\n \"version\": \"1.0.0\",\n \"type\": \"custom\",\n \"description\": \"An example.\",\n \"license\": \"MIT\",\n \"routes\": [\n  {\n   \"method\": \"GET\",\n   \"path\": \"/subscribers\",\n   \"handler\": \"list\",\n   \"requiresAuth\": false\n  }\n ],\n \"permissions\": {\n  \"database\": [\n   \"customers\"\n  ]\n }\n}",
        ),
        (
            "index.js",
            "export default class Plugin {\n  async list(req, res, ctx) {\n    const { rows } = await ctx.db.query('SELECT email FROM customers LIMIT 10');\n    res.json(rows);\n  }\n}\n",
        ),
    ],
    good: &[
        (
            "manifest.json",
            "{\n \"name\": \"Acme\",\n \"slug\": \"acme-plugin\",\n \"version\": \"1.0.0\",\n \"type\": \"custom\",\n \"description\": \"An example.\",\n \"license\": \"MIT\",\n \"routes\": [\n  {\n   \"method\": \"GET\",\n   \"path\": \"/subscribers\",\n   \"handler\": \"list\",\n   \"requiresAuth\": false\n  }\n ],\n \"permissions\": {\n  \"database\": [\n   \"customers\"\n  ]\n }\n}",
        ),
        (
            "index.js",
            "export default class Plugin {\n  async list(req, res, ctx) {\n    const { rows } = await ctx.db.query('SELECT count(*) FROM customers');\n    res.json(rows);\n  }\n}\n",
        ),
    ],
    check: Check::Plugin(look),
};

fn look(plugin: &Plugin<'_>, findings: &mut Findings<'_>) {
    for (index, route, text) in super::open_routes(plugin) {
        let lower = text.to_lowercase();
        let Some(at) = lower.find("select ") else { continue };
        let columns = lower[at..].split(" from ").next().unwrap_or_default();
        let is_personal =
            ["email", "phone", "first_name", "last_name", "date_of_birth", "address", "ip_"]
                .iter()
                .any(|c| columns.contains(c));
        if is_personal {
            let pointer = format!("/routes/{index}");
            let message =
                format!("Anybody can read personal data by `{} {}`", route.method, route.path);
            findings.manifest(plugin, &pointer, message);
        }
    }
}
