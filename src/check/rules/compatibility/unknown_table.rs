//! Tables that there are not.

use crate::check::flow::HOLE;
use crate::check::plugin::{Findings, Plugin};
use crate::check::rule::{Check, Rule};
use crate::check::schema::Schema;
use crate::check::sql;
use crate::model::Severity;
use crate::model::finding::Category;
use crate::model::resource::{self, Resource};
use crate::project::nearest;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "unknown-table",
    category: Category::Compatibility,
    severity: Severity::Error,
    class: "compatibility",
    summary: "A statement names a table that neither the shop nor a migration of the plugin has.",
    explanation: "It fails when it runs. There is no `orders`, `order_items` or `product_reviews`: orders are `sales_orders` and `sales_order_items`.",
    help: "Correct the name, or add a migration that makes the table.",
    bad: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    return await ctx.db.query('SELECT id FROM orders WHERE id = $1', [input.id]);\n  }\n}\n",
    )],
    good: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    return await ctx.db.query('SELECT id FROM sales_orders WHERE id = $1', [input.id]);\n  }\n}\n",
    )],
    check: Check::Plugin(look),
};

fn look(plugin: &Plugin<'_>, findings: &mut Findings<'_>) {
    let schema = Schema::of(plugin.files);
    let named = plugin.facts.tables.iter().map(|usage| (usage, vec![usage.text.to_lowercase()]));
    let sent = plugin.facts.sql.iter().map(|usage| {
        (usage, sql::tables(&usage.text).into_iter().map(|used| used.table).collect())
    });
    for (usage, tables) in sent.chain(named) {
        let source = &plugin.sources[usage.file as usize];
        if source.is_test {
            continue;
        }
        for used in &tables {
            let table = used.strip_prefix("public.").unwrap_or(used);
            let is_declared =
                plugin.manifest.is_some_and(|m| m.entities.iter().any(|e| e.table == table));
            if schema.is_open
                || is_declared
                || table.contains(['.', HOLE])
                || schema.tables.contains_key(table)
                || Resource::of_table(table).is_some()
                || resource::is_never_grantable(table)
                || table == "plugin_data"
            {
                continue;
            }
            let mut message = format!("There is no table `{table}`");
            if let Some(meant) = nearest(table, schema.tables.keys().map(String::as_str)) {
                message.push_str(&format!("; did you mean `{meant}`?"));
            } else if let Some(meant) =
                schema.tables.keys().find(|t| t.ends_with(&format!("_{table}")))
            {
                message.push_str(&format!("; did you mean `{meant}`?"));
            }
            findings.code(source, usage.place, message);
        }
    }
}
