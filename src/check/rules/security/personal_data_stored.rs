//! Rows that tell who a person is, and where.

use std::collections::BTreeSet;

use crate::check::flow::Usage;
use crate::check::ir::Place;
use crate::check::plugin::{Findings, Plugin, Source};
use crate::check::rule::{Check, Rule};
use crate::check::rules::{builder, tables};
use crate::model::Severity;
use crate::model::finding::Category;
use sqlparser::ast::Statement;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "personal-data-stored",
    category: Category::Security,
    severity: Severity::Warning,
    class: "personal-data",
    summary: "A birth date and an IP address are stored in one row.",
    explanation: "Together they identify a visitor who never gave a name; whoever reads the table, or a backup of it, knows who was there. An age check needs an answer, not a date of birth.",
    help: "Store that the person is old enough, and no address; or a hash of it that is renewed.",
    bad: &[
        (
            "index.js",
            "export default class Plugin {\n  async track(input, ctx) {\n    await ctx.db.query('INSERT INTO acme_plugin_a (birth_date, ip_address) VALUES ($1, $2)', [input.birthDate, input.ip]);\n  }\n}\n",
        ),
        (
            "migrations/0001_a.sql",
            "CREATE TABLE IF NOT EXISTS acme_plugin_a (id UUID PRIMARY KEY DEFAULT gen_random_uuid(), birth_date DATE, ip_address TEXT);\n",
        ),
        ("migrations/0001_a.down.sql", "DROP TABLE IF EXISTS acme_plugin_a;\n"),
    ],
    good: &[
        (
            "index.js",
            "export default class Plugin {\n  async track(input, ctx) {\n    await ctx.db.query('INSERT INTO acme_plugin_a (is_adult) VALUES ($1)', [input.isAdult]);\n  }\n}\n",
        ),
        (
            "migrations/0001_a.sql",
            "CREATE TABLE IF NOT EXISTS acme_plugin_a (id UUID PRIMARY KEY DEFAULT gen_random_uuid(), is_adult BOOLEAN);\n",
        ),
        ("migrations/0001_a.down.sql", "DROP TABLE IF EXISTS acme_plugin_a;\n"),
    ],
    check: Check::Plugin(look),
};

fn look(plugin: &Plugin<'_>, findings: &mut Findings<'_>) {
    const MESSAGE: &str = "A birth date is stored beside an IP address";
    let mut told: BTreeSet<(String, Place)> = BTreeSet::new();
    let mut report = |source: &Source, place: Place| {
        if told.insert((source.path.to_string(), place)) {
            findings.code(source, place, MESSAGE);
        }
    };
    for (source, usage, statement) in tables::statements(plugin) {
        let Usage { place, .. } = usage;
        if let Statement::Insert(insert) = &statement {
            let columns: Vec<String> =
                insert.columns.iter().map(crate::check::schema::name).collect();
            if is_telling(columns.iter().map(String::as_str)) {
                report(source, *place);
            }
        }
    }
    for source in plugin.sources.iter().filter(|s| !s.is_test && !s.is_dense) {
        let Some(module) = &source.module else { continue };
        builder::chains(module, |_, links| {
            for link in links.iter().filter(|l| matches!(l.name, "insert" | "upsert")) {
                let Some(rows) = link.args.first() else { continue };
                if is_telling(builder::keys(rows).iter().map(|(_, key, _)| *key)) {
                    report(source, link.place);
                }
            }
        });
    }
}

fn is_telling<'c>(columns: impl Iterator<Item = &'c str>) -> bool {
    let (mut birth, mut address) = (false, false);
    for column in columns {
        let column = column.to_ascii_lowercase();
        birth |= column.contains("birth") || column == "dob";
        address |= matches!(
            column.as_str(),
            "ip" | "ip_address" | "ipaddress" | "remote_ip" | "client_ip" | "ip_addr"
        );
    }
    birth && address
}
