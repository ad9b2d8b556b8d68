//! The database: its tables, its connections. All SQL of the registry is in this directory.
//!
//! SQLite in WAL mode, every commit flushed (`synchronous = FULL`): what was answered with 201 is
//! there after a power cut. One connection writes; a few read beside it.

pub(super) mod changes;
pub(super) mod log;
pub(super) mod map;
pub(super) mod namespaces;
pub(super) mod releases;
pub(super) mod search;
pub(super) mod statements;
pub(super) mod tokens;

use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior};

use super::{DataDir, RegistryError};
use crate::sys::private;

/// The format this program writes; `user_version` in the file.
pub(super) const FORMAT: i64 = 3;
/// "dain" in ASCII; `application_id` in the file.
const APPLICATION: i64 = 0x6461_696e;
/// Reading connections kept for reuse.
const READERS: usize = 4;

const TABLES: &str = "
CREATE TABLE namespaces (
    name TEXT PRIMARY KEY,
    key_id TEXT NOT NULL,
    public_key TEXT NOT NULL,
    bound_at TEXT NOT NULL
) STRICT;
CREATE TABLE plugins (
    id INTEGER PRIMARY KEY,
    namespace TEXT NOT NULL REFERENCES namespaces (name),
    slug TEXT NOT NULL,
    newest INTEGER,
    UNIQUE (namespace, slug)
) STRICT;
CREATE TABLE releases (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    plugin INTEGER NOT NULL REFERENCES plugins (id),
    version TEXT NOT NULL,
    precedence TEXT NOT NULL,
    archive TEXT NOT NULL,
    size INTEGER NOT NULL,
    title TEXT NOT NULL,
    description TEXT,
    kind TEXT NOT NULL,
    keywords TEXT NOT NULL,
    engine TEXT,
    envelope TEXT NOT NULL,
    key_id TEXT NOT NULL,
    published_at TEXT NOT NULL,
    yanked INTEGER NOT NULL DEFAULT 0,
    UNIQUE (plugin, precedence)
) STRICT;
CREATE INDEX releases_archive ON releases (archive);
CREATE TABLE tokens (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    hash BLOB NOT NULL UNIQUE,
    namespaces TEXT NOT NULL,
    created_at TEXT NOT NULL,
    expires_at TEXT,
    last_used_at TEXT,
    revoked_at TEXT
) STRICT;
CREATE TABLE changes (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    token TEXT NOT NULL,
    address TEXT NOT NULL,
    request TEXT NOT NULL
) STRICT;
CREATE VIRTUAL TABLE search USING fts5 (
    title, slug, namespace, keywords, description,
    tokenize = \"unicode61 remove_diacritics 2\"
);
";

/// What format 2 has besides: the log. Releases of format 1 are added to it at the start.
const LOG_TABLES: &str = "
CREATE TABLE log_entries (position INTEGER PRIMARY KEY, entry BLOB NOT NULL) STRICT;
CREATE TABLE log_tiles (
    level INTEGER NOT NULL,
    number INTEGER NOT NULL,
    hashes BLOB NOT NULL,
    PRIMARY KEY (level, number)
) STRICT, WITHOUT ROWID;
ALTER TABLE releases ADD COLUMN logged INTEGER;
CREATE INDEX releases_unlogged ON releases (id) WHERE logged IS NULL;
";

/// What format 3 has besides: statements of publishers as entries of the log, and the index as a
/// Merkle map. What format 2 logged has no signature: releases get a new entry at the start, and
/// withdrawals that nobody signed end.
const STATEMENT_TABLES: &str = "
ALTER TABLE namespaces DROP COLUMN key_id;
ALTER TABLE namespaces DROP COLUMN public_key;
CREATE TABLE statements (
    position INTEGER PRIMARY KEY REFERENCES log_entries (position),
    namespace TEXT NOT NULL,
    slug TEXT,
    link INTEGER NOT NULL,
    kind TEXT NOT NULL,
    digest BLOB NOT NULL UNIQUE
) STRICT;
CREATE INDEX statements_plugin ON statements (namespace, slug, position);
CREATE INDEX statements_link ON statements (namespace, position) WHERE link = 1;
CREATE TABLE map_buckets (number INTEGER PRIMARY KEY, lines TEXT NOT NULL) STRICT;
CREATE TABLE map_pages (number INTEGER PRIMARY KEY, hashes BLOB NOT NULL) STRICT;
CREATE TABLE map_obsolete (path TEXT PRIMARY KEY, since INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX map_obsolete_since ON map_obsolete (since);
CREATE TABLE settled (only INTEGER PRIMARY KEY CHECK (only = 1), size INTEGER NOT NULL) STRICT;
INSERT INTO settled VALUES (1, 0);
UPDATE releases SET logged = NULL, yanked = 0;
";

/// The open database.
#[derive(Debug)]
pub(super) struct Database {
    path: PathBuf,
    readers: Mutex<Vec<Connection>>,
    /// Closed last, so that it tidies up.
    writer: Mutex<Connection>,
}

fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // A transaction that was cut short by a panic has been rolled back.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Database {
    /// Opens the database of a data directory, and makes it when it is not there.
    pub(super) fn open(data: &DataDir) -> Result<Self, RegistryError> {
        let path = data.database();
        match private::create_file(&path, b"") {
            Err(source) if source.kind() != std::io::ErrorKind::AlreadyExists => {
                return Err(RegistryError::Data { path, source });
            }
            _ => {}
        }
        let mut writer = connect(&path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        writer.pragma_update(None, "journal_mode", "WAL")?;
        writer.pragma_update(None, "synchronous", "FULL")?;
        writer.pragma_update(None, "foreign_keys", true)?;
        let change = writer.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let found: i64 = change.pragma_query_value(None, "user_version", |row| row.get(0))?;
        if found == 0 {
            change.execute_batch(TABLES)?;
            change.pragma_update(None, "application_id", APPLICATION)?;
        }
        if matches!(found, 0 | 1) {
            change.execute_batch(LOG_TABLES)?;
        }
        if matches!(found, 0..=2) {
            change.execute_batch(STATEMENT_TABLES)?;
            change.pragma_update(None, "user_version", FORMAT)?;
        } else if found != FORMAT {
            let path = data.path().to_owned();
            return Err(RegistryError::Newer { path, found, known: FORMAT });
        }
        change.commit()?;
        Ok(Self { path, writer: Mutex::new(writer), readers: Mutex::default() })
    }

    /// Reads, beside writers and other readers.
    pub(super) fn read<T>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, RegistryError>,
    ) -> Result<T, RegistryError> {
        let idle = held(&self.readers).pop();
        let reader = match idle {
            Some(reader) => reader,
            None => connect(&self.path, OpenFlags::SQLITE_OPEN_READ_ONLY)?,
        };
        let result = work(&reader);
        let mut readers = held(&self.readers);
        if readers.len() < READERS {
            readers.push(reader);
        }
        result
    }

    /// Changes, all or nothing: an error takes everything back.
    pub(super) fn write<T, E: From<rusqlite::Error>>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut writer = held(&self.writer);
        let change = writer.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let value = work(&change)?;
        change.commit()?;
        Ok(value)
    }
}

/// Whether the database answers.
pub(super) fn answers(connection: &Connection) -> Result<(), RegistryError> {
    Ok(connection.query_row("SELECT 1", [], |_| Ok(()))?)
}

fn connect(path: &Path, access: OpenFlags) -> Result<Connection, rusqlite::Error> {
    let flags = access | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(Duration::from_secs(10))?;
    connection.pragma_update(None, "trusted_schema", false)?;
    connection.set_prepared_statement_cache_capacity(64);
    Ok(connection)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn data() -> (tempfile::TempDir, DataDir) {
        let dir = tempfile::tempdir().unwrap();
        let data = DataDir::make(dir.path()).unwrap();
        (dir, data)
    }

    #[test]
    fn a_newer_format_is_left_alone() {
        let (_dir, data) = data();
        let database = Database::open(&data).unwrap();
        held(&database.writer).pragma_update(None, "user_version", FORMAT + 1).unwrap();
        drop(database);
        let error = Database::open(&data).unwrap_err();
        assert!(matches!(error, RegistryError::Newer { found: 4, known: 3, .. }), "{error}");
    }

    #[test]
    fn every_commit_is_flushed_and_errors_take_everything_back() {
        let (_dir, data) = data();
        let database = Database::open(&data).unwrap();
        let pragma = |name: &str| -> String {
            let writer = held(&database.writer);
            writer
                .pragma_query_value(None, name, |row| {
                    row.get_ref(0).map(|value| match value {
                        rusqlite::types::ValueRef::Text(text) => {
                            String::from_utf8_lossy(text).into_owned()
                        }
                        other => format!("{:?}", other.as_i64()),
                    })
                })
                .unwrap()
        };
        assert_eq!(pragma("journal_mode"), "wal");
        assert_eq!(pragma("synchronous"), "Ok(2)");
        let failed = database.write(|change| {
            changes::add(change, &changes::Change::example())?;
            Err::<(), _>(RegistryError::Row("test"))
        });
        assert!(failed.is_err());
        let count = database.read(changes::count).unwrap();
        assert_eq!(count, 0);
    }

    #[test]
    fn only_the_owner_can_read_it() {
        let (_dir, data) = data();
        drop(Database::open(&data).unwrap());
        assert!(private::is_private(&data.database()).unwrap());
    }
}
