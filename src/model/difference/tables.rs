//! Tables and their columns, as somebody sees them who reads or writes them.

use super::{Area, Found, Level, Tables};

pub(super) fn tables(old: &Tables, new: &Tables, found: &mut Found) {
    found.sets(
        Area::Tables,
        "table",
        &old.keys().cloned().collect(),
        &new.keys().cloned().collect(),
    );
    for (table, columns) in new {
        let Some(before) = old.get(table) else { continue };
        for column in before.keys().filter(|column| !columns.contains_key(*column)) {
            let name = format!("{table}.{column}");
            found.add(Area::Tables, Level::Breaking, &name, "column removed");
        }
        for (column, now) in columns {
            let name = format!("{table}.{column}");
            match before.get(column) {
                None if !now.nullable && !now.has_default => {
                    found.add(Area::Tables, Level::Breaking, &name, "must be written now");
                }
                None => found.add(Area::Tables, Level::Minor, &name, "column added"),
                Some(was) if was.kind != now.kind => {
                    let words = format!("{} instead of {}", now.kind, was.kind);
                    found.add(Area::Tables, Level::Breaking, &name, words);
                }
                Some(was) if was.nullable && !now.nullable => {
                    found.add(Area::Tables, Level::Breaking, &name, "may not be empty any more");
                }
                Some(was) if !was.nullable && now.nullable => {
                    found.add(Area::Tables, Level::Breaking, &name, "may be empty now");
                }
                Some(_) => {}
            }
        }
    }
}
