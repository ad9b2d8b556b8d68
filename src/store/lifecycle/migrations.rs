//! The migrations of a release: their order, and which of them are new to a shop.

use sqlparser::ast::Statement;
use sqlparser::dialect::PostgreSqlDialect;
use sqlparser::parser::Parser;
use tokio_postgres::Transaction;

use super::{LifecycleError, objects, records};
use crate::model::install_plan::PlannedMigration;
use crate::model::installed::AppliedMigration;
use crate::model::{Digest, FileSet, PluginSlug};
use crate::store::error::StoreError;
use crate::store::run_migration;

/// Folder of the migrations.
const FOLDER: &str = "migrations";

/// One migration of a release.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Migration {
    /// Its file name.
    pub name: String,
    /// Its text.
    pub sql: String,
    /// Digest of the text.
    pub checksum: Digest,
    /// What takes it back: its `.down.sql`.
    pub down: Option<String>,
}

impl Migration {
    /// What people see of it.
    pub(crate) fn planned(&self) -> PlannedMigration {
        let has_down = self.down.is_some();
        PlannedMigration { name: self.name.clone(), tables: self.tables(), has_down }
    }

    /// Runs it as the plugin, and writes down that it ran and what it made.
    pub(super) async fn run(
        &self,
        tx: &Transaction<'_>,
        slug: &PluginSlug,
    ) -> Result<(), LifecycleError> {
        let made = run_migration(tx, slug, &self.sql).await;
        let made = made.map_err(|source| failed(&self.name, source))?;
        records::add_objects(tx.client(), slug, &objects::of_migration(&made)).await?;
        let (name, checksum) = (self.name.clone(), self.checksum);
        let applied = AppliedMigration { name, checksum, applied_at: None };
        records::add_migration(tx.client(), slug, &applied).await
    }

    /// Tables that its text creates, in order, as far as it can be read.
    pub(crate) fn tables(&self) -> Vec<String> {
        let statements = Parser::parse_sql(&PostgreSqlDialect {}, &self.sql).unwrap_or_default();
        statements
            .into_iter()
            .filter_map(|statement| match statement {
                Statement::CreateTable(table) => Some(table.name.to_string().replace('"', "")),
                _ => None,
            })
            .collect()
    }
}

/// The migrations of `files`, in the order of their numbers.
pub(crate) fn of(files: &FileSet) -> Result<Vec<Migration>, LifecycleError> {
    let mut found = Vec::new();
    for (path, content) in files.iter() {
        let name = path.file_name();
        if path.parent() != FOLDER || !name.ends_with(".sql") || name.ends_with(".down.sql") {
            continue;
        }
        let wrong = |why: &str| LifecycleError::MigrationName {
            name: path.to_string(),
            why: why.to_owned(),
        };
        let digits: String = name.chars().take_while(char::is_ascii_digit).collect();
        let number: u64 = digits.parse().map_err(|_| wrong("does not start with a number"))?;
        let sql = std::str::from_utf8(content).map_err(|_| wrong("is not UTF-8 text"))?;
        let sql = sql.strip_prefix('\u{feff}').unwrap_or(sql).to_owned();
        let down = name
            .strip_suffix(".sql")
            .and_then(|stem| files.text(&format!("{FOLDER}/{stem}.down.sql")).map(str::to_owned));
        let checksum = Digest::of(sql.as_bytes());
        found.push((number, Migration { name: name.to_owned(), checksum, sql, down }));
    }
    // By file name, as `test` runs them; the numbers must say the same.
    if let Some(pair) = found.windows(2).find(|pair| pair[0].0 > pair[1].0) {
        return Err(LifecycleError::MigrationName {
            name: pair[0].1.name.clone(),
            why: format!(
                "comes before `{}` by name and after it by number; write both numbers with as many digits",
                pair[1].1.name
            ),
        });
    }
    if let Some(pair) = found.windows(2).find(|pair| pair[0].0 == pair[1].0) {
        return Err(LifecycleError::MigrationName {
            name: pair[1].1.name.clone(),
            why: format!("has the number of `{}`", pair[0].1.name),
        });
    }
    Ok(found.into_iter().map(|(_, migration)| migration).collect())
}

/// What is left to run after `applied`, which must be the unchanged start of `all`.
pub(crate) fn new_ones(
    all: Vec<Migration>,
    applied: &[AppliedMigration],
) -> Result<Vec<Migration>, LifecycleError> {
    let mut all = all.into_iter();
    for old in applied {
        let changed = |why| LifecycleError::MigrationChanged { name: old.name.clone(), why };
        match all.next() {
            None => return Err(changed("ran in this shop and is not in the release")),
            Some(new) if new.name != old.name => {
                return Err(changed("ran in this shop, and the release has another in its place"));
            }
            Some(new) if new.checksum != old.checksum => {
                return Err(changed("was changed after it ran in this shop"));
            }
            Some(_) => {}
        }
    }
    Ok(all.collect())
}

/// Why a migration did not run: its own fault, or a table that somebody else held for too long.
pub(super) fn failed(name: &str, source: StoreError) -> LifecycleError {
    if let StoreError::MigrationFailed { source, .. } = &source
        && source.code() == Some(&tokio_postgres::error::SqlState::LOCK_NOT_AVAILABLE)
    {
        return super::ReplaceError::Busy.into();
    }
    LifecycleError::Migration { name: name.to_owned(), source }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::TreePath;

    fn files(entries: &[(&str, &str)]) -> FileSet {
        entries
            .iter()
            .map(|(path, text)| (TreePath::new(path).unwrap(), text.as_bytes().to_vec()))
            .collect()
    }

    fn names(migrations: &[Migration]) -> Vec<&str> {
        migrations.iter().map(|m| m.name.as_str()).collect()
    }

    #[test]
    fn numbers_decide_the_order_and_down_scripts_are_no_migrations() {
        let all = of(&files(&[
            ("migrations/0010_b.sql", ""),
            ("migrations/0009_a.sql", ""),
            ("migrations/0009_a.down.sql", ""),
            ("migrations/1700000000000_c.sql", ""),
            ("migrations/old/1_x.sql", ""),
            ("other/1_x.sql", ""),
            ("migrations/README.md", ""),
        ]))
        .unwrap();
        assert_eq!(names(&all), ["0009_a.sql", "0010_b.sql", "1700000000000_c.sql"]);
    }

    #[test]
    fn an_unclear_order_is_refused() {
        for bad in [
            &[("migrations/create.sql", "")][..],
            &[("migrations/1_a.sql", ""), ("migrations/01_b.sql", "")],
            &[("migrations/9_a.sql", ""), ("migrations/10_b.sql", "")],
            &[("migrations/99999999999999999999999_a.sql", "")],
        ] {
            assert!(matches!(of(&files(bad)), Err(LifecycleError::MigrationName { .. })));
        }
    }

    #[test]
    fn only_what_continues_the_past_is_new() {
        let all =
            || of(&files(&[("migrations/1_a.sql", "a"), ("migrations/2_b.sql", "b")])).unwrap();
        let applied = |name: &str, text: &str| AppliedMigration {
            name: name.into(),
            checksum: Digest::of(text.as_bytes()),
            applied_at: None,
        };
        assert_eq!(names(&new_ones(all(), &[]).unwrap()), ["1_a.sql", "2_b.sql"]);
        assert_eq!(names(&new_ones(all(), &[applied("1_a.sql", "a")]).unwrap()), ["2_b.sql"]);
        for past in [
            vec![applied("1_a.sql", "A")],
            vec![applied("2_b.sql", "b")],
            vec![applied("1_a.sql", "a"), applied("2_b.sql", "b"), applied("3_c.sql", "c")],
        ] {
            assert!(matches!(new_ones(all(), &past), Err(LifecycleError::MigrationChanged { .. })));
        }
    }

    #[test]
    fn tables_are_read_from_the_text() {
        let migration = Migration {
            name: "1_a.sql".into(),
            sql: "CREATE TABLE IF NOT EXISTS acme_a (id uuid PRIMARY KEY);\n\
                  CREATE INDEX i ON acme_a (id); CREATE TABLE \"acme_b\" (x int);"
                .into(),
            checksum: Digest::of(b""),
            down: None,
        };
        assert_eq!(migration.tables(), ["acme_a", "acme_b"]);
    }
}
