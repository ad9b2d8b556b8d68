//! Open routes that change data.

use crate::check::plugin::{Findings, Plugin};
use crate::check::rule::{Check, Rule};
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "open-route-writes",
    category: Category::Security,
    severity: Severity::Error,
    class: "open-route-writes",
    summary: "A route that needs no login changes data and looks at no signature.",
    explanation: "Anybody on the internet can then give out points, change settings or fill the table.",
    help: "Set `requiresAuth`, or verify a signature before anything is changed.",
    bad: &[
        (
            "manifest.json",
            "{\n \"name\": \"Acme\",\n \"slug\": \"acme-plugin\",\n \"version\": \"1.0.0\",\n \"type\": \"custom\",\n \"description\": \"An example.\",\n \"license\": \"MIT\",\n \"routes\": [\n  {\n   \"method\": \"POST\",\n   \"path\": \"/award\",\n   \"handler\": \"award\",\n   \"requiresAuth\": false\n  }\n ]\n}",
        ),
        (
            "index.js",
            "export default class Plugin {\n  async award(req, res, ctx) {\n    await ctx.db.query('INSERT INTO acme_plugin_a (name) VALUES ($1)', [req.body.name]);\n    res.json({});\n  }\n}\n",
        ),
        (
            "migrations/0001_a.sql",
            "CREATE TABLE IF NOT EXISTS acme_plugin_a (id INT PRIMARY KEY, name TEXT);\n",
        ),
        ("migrations/0001_a.down.sql", "DROP TABLE IF EXISTS acme_plugin_a;\n"),
    ],
    good: &[
        (
            "manifest.json",
            "{\n \"name\": \"Acme\",\n \"slug\": \"acme-plugin\",\n \"version\": \"1.0.0\",\n \"type\": \"custom\",\n \"description\": \"An example.\",\n \"license\": \"MIT\",\n \"routes\": [\n  {\n   \"method\": \"POST\",\n   \"path\": \"/award\",\n   \"handler\": \"award\",\n   \"requiresAuth\": true\n  }\n ]\n}",
        ),
        (
            "index.js",
            "export default class Plugin {\n  async award(req, res, ctx) {\n    await ctx.db.query('INSERT INTO acme_plugin_a (name) VALUES ($1)', [req.body.name]);\n    res.json({});\n  }\n}\n",
        ),
        (
            "migrations/0001_a.sql",
            "CREATE TABLE IF NOT EXISTS acme_plugin_a (id INT PRIMARY KEY, name TEXT);\n",
        ),
        ("migrations/0001_a.down.sql", "DROP TABLE IF EXISTS acme_plugin_a;\n"),
    ],
    check: Check::Plugin(look),
};

fn look(plugin: &Plugin<'_>, findings: &mut Findings<'_>) {
    for (index, route, text) in super::open_routes(plugin) {
        let lower = text.to_lowercase();
        let writes = [
            "insert into",
            "update ",
            "delete from",
            ".insert(",
            ".update(",
            ".upsert(",
            ".delete(",
            "storage.set(",
        ]
        .iter()
        .any(|w| lower.contains(w));
        let checks =
            ["verify", "signature", "hmac", "timingsafeequal", "authoriz", "captcha", "req.user"]
                .iter()
                .any(|w| lower.contains(w))
                || lower.replace("assigned", "").replace("unsigned", "").contains("signed");
        if writes && !checks {
            let pointer = format!("/routes/{index}");
            let message = format!("Anybody can change data by `{} {}`", route.method, route.path);
            findings.manifest(plugin, &pointer, message);
        }
    }
}
