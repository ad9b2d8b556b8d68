//! Amounts in columns that round.

use crate::check::plugin::{Findings, Plugin};
use crate::check::rule::{Check, Rule};
use crate::check::schema::{migrations, steps};
use crate::model::Severity;
use crate::model::Span;
use crate::model::finding::Category;
use sqlparser::ast::Statement;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "float-money-column",
    category: Category::Compatibility,
    severity: Severity::Error,
    class: "compatibility",
    summary: "A column for money has a floating-point type.",
    explanation: "`0.1 + 0.2` is not `0.3`: sums of such a column are wrong by cents.",
    help: "Use `BIGINT` in the smallest unit of the currency, or `NUMERIC(12, 2)`.",
    bad: &[
        (
            "migrations/0001_a.sql",
            "CREATE TABLE IF NOT EXISTS acme_plugin_a (id INT PRIMARY KEY, total_amount DOUBLE PRECISION);\n",
        ),
        ("migrations/0001_a.down.sql", "DROP TABLE IF EXISTS acme_plugin_a;\n"),
    ],
    good: &[
        (
            "migrations/0001_a.sql",
            "CREATE TABLE IF NOT EXISTS acme_plugin_a (id INT PRIMARY KEY, total_amount BIGINT);\n",
        ),
        ("migrations/0001_a.down.sql", "DROP TABLE IF EXISTS acme_plugin_a;\n"),
    ],
    check: Check::Plugin(look),
};

fn look(plugin: &Plugin<'_>, findings: &mut Findings<'_>) {
    const MONEY: [&str; 9] =
        ["price", "amount", "total", "subtotal", "balance", "cost", "fee", "tax", "discount"];
    for (path, text) in migrations(plugin.files) {
        for step in steps(text).0 {
            let Statement::CreateTable(table) = &step.statement else { continue };
            for column in &table.columns {
                let kind = column.data_type.to_string().to_lowercase();
                let is_float = ["real", "double", "float"].iter().any(|k| kind.starts_with(k));
                let own = column.name.value.to_lowercase();
                if is_float && own.split('_').any(|word| MONEY.contains(&word)) {
                    let span = Span::locate(text, step.start, step.end);
                    findings.at(
                        path,
                        span,
                        format!("`{own}` is money and its type `{kind}` rounds"),
                    );
                }
            }
        }
    }
}
