//! Tables: which the code uses, which are the plugin's own.

use sqlparser::ast::Statement;

use crate::check::flow::Usage;
use crate::check::ir::Place;
use crate::check::plugin::{Plugin, Source};
use crate::check::schema::parse;
use crate::check::sql;
use crate::model::permission::Access;

/// A use of a table in the code.
#[derive(Debug, Clone)]
pub(in crate::check) struct Used {
    pub file: u32,
    pub place: Place,
    pub table: String,
    pub access: Access,
}

/// Every use of a table that is known.
pub(in crate::check) fn used(plugin: &Plugin<'_>) -> Vec<Used> {
    let mut list = Vec::new();
    for usage in &plugin.facts.sql {
        for table in sql::tables(&usage.text) {
            list.push(Used {
                file: usage.file,
                place: usage.place,
                table: table.table,
                access: table.access,
            });
        }
    }
    for usage in &plugin.facts.tables {
        // What follows in the chain says what is done.
        let source = &plugin.sources[usage.file as usize];
        let rest = source.text.get(usage.place.end as usize..).unwrap_or_default();
        let rest = rest.split(';').next().unwrap_or_default();
        let head: String = rest.chars().take(400).collect();
        let access = if head.contains(".delete(") {
            Access::Delete
        } else if [".insert(", ".update(", ".upsert("].iter().any(|m| head.contains(m)) {
            Access::Write
        } else {
            Access::Read
        };
        list.push(Used {
            file: usage.file,
            place: usage.place,
            table: usage.text.to_lowercase(),
            access,
        });
    }
    list
}

/// Whether the plugin's migrations create the table.
pub(in crate::check) fn is_own(plugin: &Plugin<'_>, table: &str) -> bool {
    if plugin.manifest.is_some_and(|m| m.entities.iter().any(|e| e.table == table)) {
        return true;
    }
    plugin.files.iter().filter(|(path, _)| path.is_below("migrations")).any(|(_, bytes)| {
        let text = std::str::from_utf8(bytes).unwrap_or_default();
        sql::statements(text)
            .unwrap_or_default()
            .iter()
            .any(|s| s.creates().as_deref() == Some(table))
    })
}

/// Every statement of the code, tests left out, with where it is sent.
pub(in crate::check) fn statements<'p>(
    plugin: &'p Plugin<'_>,
) -> impl Iterator<Item = (&'p Source, &'p Usage, Statement)> {
    let usages = plugin.facts.sql.iter().map(|usage| (&plugin.sources[usage.file as usize], usage));
    usages.filter(|(source, _)| !source.is_test).flat_map(|(source, usage)| {
        let list = parse(&usage.text).unwrap_or_default();
        list.into_iter().map(move |statement| (source, usage, statement))
    })
}
