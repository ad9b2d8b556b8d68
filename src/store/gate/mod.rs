//! Reads SQL that a plugin wrote before the server does.

use crate::model::permission::DatabaseGrant;
use crate::model::resource::{Resource, is_never_grantable};
use crate::sandbox::DatabaseError;
use crate::store::error::StoreError;

/// One statement of a migration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct MigrationStatement {
    /// Line where it begins, from 1.
    pub line: u64,
    /// The statement, without its semicolon.
    pub sql: String,
}

pub(super) fn check_statement(_sql: &str, _grants: &[DatabaseGrant]) -> Result<(), DatabaseError> {
    Ok(())
}
pub(super) fn only_reads(_sql: &str) -> bool {
    true
}
pub(super) fn is_shop_name(name: &str) -> bool {
    is_never_grantable(name) || matches!(Resource::find(name), Resource::Known(_))
}
pub(super) fn read_migration(sql: &str) -> Result<Vec<MigrationStatement>, StoreError> {
    Ok(sql
        .split(';')
        .filter(|s| !s.trim().is_empty())
        .map(|s| MigrationStatement { line: 1, sql: s.to_owned() })
        .collect())
}
