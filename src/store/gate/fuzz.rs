//! What must hold for any SQL.

use super::{check_statement, read_migration, text};
use crate::model::permission::DatabaseGrant;

/// Functions that no plugin may call, whatever else it writes around them.
const NEVER: &[&str] = &[
    "set_config",
    "pg_sleep",
    "pg_read_file",
    "pg_ls_dir",
    "pg_terminate_backend",
    "pg_advisory_lock",
    "lo_import",
    "query_to_xml",
    "dblink",
    "pg_notify",
    "current_setting",
];
/// Tables that no grant reaches.
const TABLES: &[&str] = &["pg_shadow", "pg_authid", "pg_catalog", "information_schema"];

/// A statement that passes is one, stays one with a semicolon, is refused with another after it, and
/// has nothing in plain sight that is never allowed.
pub(crate) fn a_statement_that_passes_is_one(sql: &str) {
    let grants: Vec<DatabaseGrant> =
        ["sales_orders:write", "products"].iter().filter_map(|text| text.parse().ok()).collect();
    // Looks only; must read whatever there is.
    crate::sandbox::touched(sql);
    if check_statement(sql, &grants).is_err() {
        return;
    }
    let pieces = text::split(sql).unwrap_or_default();
    assert_eq!(pieces.len(), 1, "{sql:?}");
    // The line end closes a comment that the text ends with; one between `/*` and `*/` must have
    // been closed, or the text would not have passed.
    for more in ["\nDROP TABLE products", "\n; DROP TABLE products", "\n;;SELECT 1"] {
        let both = format!("{sql}{more}");
        assert!(check_statement(&both, &grants).is_err(), "{both:?} passed");
    }
    if sql.contains(['\'', '"', '$', '-', '/', '\\']) {
        return;
    }
    // Without quotes and comments the words are what they seem.
    let lower = sql.to_ascii_lowercase();
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    for (at, word) in words(&lower) {
        let after = lower[at + word.len()..].trim_start();
        assert!(!(NEVER.contains(&word) && after.starts_with('(')), "{sql:?} passed");
        let before = lower[..at].trim_end();
        let from = before.ends_with("from") && !before[..before.len() - 4].ends_with(is_word);
        assert!(!(from && TABLES.contains(&word) && !after.starts_with('(')), "{sql:?} passed");
    }
}

fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split(|c: char| !(c.is_alphanumeric() || c == '_'))
        .filter(|word| !word.is_empty())
        .map(move |word| (word.as_ptr() as usize - text.as_ptr() as usize, word))
}

/// A migration that passes gives pieces that pass each alone, as the same one statement.
pub(crate) fn a_migration_reads_the_same_again(sql: &str) {
    let Ok(statements) = read_migration(sql) else { return };
    for statement in &statements {
        let again = read_migration(&statement.sql);
        let again = again.unwrap_or_else(|error| panic!("{statement:?} of {sql:?}: {error}"));
        let texts: Vec<_> = again.iter().map(|piece| piece.sql.as_str()).collect();
        assert_eq!(texts, [statement.sql.as_str()], "{sql:?}");
    }
}
