//! Reads SQL that a plugin wrote before the server does, and lets through what it knows.
//!
//! [`check_statement`] is for what a plugin sends while it runs: exactly one SELECT, INSERT, UPDATE
//! or DELETE, in which every function is on a list. [`read_migration`] is for its migrations: many
//! statements that make and change its own tables. What cannot be read is refused.
//!
//! The gate is one of two layers. Its role limits the plugin to its own and granted tables whatever
//! gets past here; the gate keeps out what a role cannot be denied (session settings, DDL on its
//! own tables, `LISTEN`), and words the refusal so that its author knows what to change.

mod functions;
#[cfg(any(test, feature = "fuzzing"))]
mod fuzz;
mod migration;
mod reader;
mod text;

#[cfg(test)]
mod tests;

use sqlparser::ast::Statement;

use crate::model::permission::DatabaseGrant;
use crate::model::resource::{Resource, is_never_grantable};
use crate::sandbox::DatabaseError;

#[cfg(any(test, feature = "fuzzing"))]
pub(crate) use fuzz::{a_migration_reads_the_same_again, a_statement_that_passes_is_one};
pub(super) use migration::read_migration;

/// Why something is not let through.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Refusal {
    /// What and why.
    message: String,
    /// What the author can do.
    hint: Option<String>,
}

impl Refusal {
    fn new(message: impl Into<String>) -> Box<Self> {
        Box::new(Self { message: message.into(), hint: None })
    }
    fn hint(mut self: Box<Self>, hint: impl Into<String>) -> Box<Self> {
        self.hint = Some(hint.into());
        self
    }
}

/// Checks a statement that a plugin with these grants sends.
pub(super) fn check_statement(sql: &str, grants: &[DatabaseGrant]) -> Result<(), DatabaseError> {
    let refused = |refusal: Box<Refusal>| DatabaseError {
        code: "DAINO_DENIED".to_owned(),
        message: refusal.message,
        detail: None,
        hint: refusal.hint,
    };
    let mut statements = text::split(sql).map_err(refused)?;
    let (Some(only), true) = (statements.pop(), statements.is_empty()) else {
        let hint = "send them one by one, or together with `ctx.db.transaction`";
        return Err(refused(Refusal::new("a query holds exactly one statement").hint(hint)));
    };
    let statement = text::parse(&only.sql).map_err(|unread| DatabaseError {
        code: "42601".to_owned(),
        message: format!("the statement cannot be read: {}", unread.reason),
        detail: None,
        hint: None,
    })?;
    reader::check(&statement, Some(grants)).map_err(refused)
}

/// Whether the statement is a query that changes nothing itself; for the words of an error.
pub(super) fn only_reads(sql: &str) -> bool {
    matches!(text::parse(sql), Ok(Statement::Query(query)) if !reader::writes(&query))
}

/// Whether the name belongs to a shop's own tables, or to nobody's.
pub(super) fn is_shop_name(name: &str) -> bool {
    let is_table = |name| Resource::of_table(name).is_some();
    is_never_grantable(name) || is_table(name) || matches!(Resource::find(name), Resource::Known(_))
}
