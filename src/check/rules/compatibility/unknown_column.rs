//! Columns that there are not.

use crate::check::plugin::{Findings, Plugin};
use crate::check::rule::{Check, Rule};
use crate::check::schema::{Schema, parse, read};
use crate::model::Severity;
use crate::model::finding::Category;
use crate::project::nearest;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "unknown-column",
    category: Category::Compatibility,
    severity: Severity::Error,
    class: "compatibility",
    summary: "A statement names a column that its table does not have.",
    explanation: "It fails when it runs. Names of products and categories stand in `product_translations` and `category_translations`; customers have `first_name` and `last_name`.",
    help: "Correct the name, join the table that has the column, or add a migration.",
    bad: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    return await ctx.db.query('SELECT c.name FROM customers c WHERE c.id = $1', [input.id]);\n  }\n}\n",
    )],
    good: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    return await ctx.db.query('SELECT c.first_name FROM customers c WHERE c.id = $1', [input.id]);\n  }\n}\n",
    )],
    check: Check::Plugin(look),
};

fn look(plugin: &Plugin<'_>, findings: &mut Findings<'_>) {
    let schema = Schema::of(plugin.files);
    for usage in &plugin.facts.sql {
        let source = &plugin.sources[usage.file as usize];
        if source.is_test {
            continue;
        }

        for statement in parse(&usage.text).unwrap_or_default() {
            let Some(reading) = read(&statement) else { continue };
            let known: Vec<_> =
                reading.tables.values().filter_map(|t| schema.tables.get(t)).collect();
            let all_known = known.len() == reading.tables.len();
            for (table, column) in &reading.columns {
                let missing = match table {
                    Some(shown) => reading.tables.get(shown).and_then(|t| {
                        let own = schema.tables.get(t)?;
                        (!own.columns.contains(column)).then(|| t.clone())
                    }),
                    None => {
                        let has = known.iter().any(|t| t.columns.contains(column))
                            || reading.aliases.contains(column)
                            || reading.tables.contains_key(column);
                        (all_known && !has && known.len() == 1)
                            .then(|| reading.tables.values().next().cloned().unwrap_or_default())
                    }
                };
                let Some(table) = missing.filter(|_| column != "*") else { continue };
                let mut message = format!("`{table}` has no column `{column}`");
                let columns = schema.tables.get(&table).map(|t| &t.columns);
                if let Some(meant) =
                    columns.and_then(|c| nearest(column, c.iter().map(String::as_str)))
                {
                    message.push_str(&format!("; did you mean `{meant}`?"));
                }
                findings.code(source, usage.place, message);
            }
        }
    }
}
