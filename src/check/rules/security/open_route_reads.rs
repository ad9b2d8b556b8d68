//! Open routes that list people.

use crate::check::plugin::{Findings, Plugin};
use crate::check::rule::{Check, Rule};
use crate::check::schema::Schema;
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

const PERSONAL: &[&str] = &[
    "email",
    "phone",
    "first_name",
    "last_name",
    "full_name",
    "date_of_birth",
    "birth_date",
    "birthdate",
    "address",
    "ip_address",
    "street",
];

fn look(plugin: &Plugin<'_>, findings: &mut Findings<'_>) {
    let schema = Schema::of(plugin.files);
    for (index, route, text) in super::open_routes(plugin) {
        if selected(&text.to_lowercase(), &schema) {
            let pointer = format!("/routes/{index}");
            let message =
                format!("Anybody can read personal data by `{} {}`", route.method, route.path);
            findings.manifest(plugin, &pointer, message);
        }
    }
}

/// Whether code selects personal columns, by SQL or by the query builder.
fn selected(text: &str, schema: &Schema) -> bool {
    let is_personal = |column: &str| PERSONAL.iter().any(|p| column.contains(p));
    let has_personal = |table: &str| {
        schema.tables.get(table).is_some_and(|t| t.columns.iter().any(|c| is_personal(c)))
    };
    let word = |text: &str| -> String {
        text.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect()
    };
    for (at, _) in text.match_indices("select ") {
        let rest = &text[at + "select ".len()..];
        let Some((columns, after)) = rest.split_once(" from ") else { continue };
        let shows_all = columns.trim() == "*" || columns.contains(".*");
        if columns.len() < 2_000
            && (is_personal(columns) || shows_all && has_personal(&word(after.trim_start())))
        {
            return true;
        }
    }
    for (at, _) in text.match_indices(".from(") {
        let chain = text[at..].split(';').next().unwrap_or_default();
        let table = word(chain[".from(".len()..].trim_start_matches(['\'', '"', '`']));
        let Some((before, after)) = chain.split_once(".select(") else { continue };
        // What a change gives back is the row that was sent.
        if [".insert(", ".update(", ".upsert(", ".delete("].iter().any(|m| before.contains(m)) {
            continue;
        }
        let columns = after.split(')').next().unwrap_or_default();
        let shows_all = columns.trim().is_empty() || columns.contains('*');
        // A count gives no rows.
        let is_count = after.split(')').next().is_some_and(|a| a.contains("head"));
        if !is_count && (is_personal(columns) || shows_all && has_personal(&table)) {
            return true;
        }
    }
    false
}
