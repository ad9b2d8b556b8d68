//! The tables of a plugin that is being written: migrations come, change and go.
//!
//! What ran is kept with its text and its down script in `daino.dev_migrations`. A migration that is
//! new runs. One that changed, or that another was put before, is taken back together with all that
//! ran after it, newest first, by the down scripts they had; then they run as they are now. Where one
//! has no down script, all of the plugin's tables go and every migration runs again. Rows that would be lost are saved before. Everything is one transaction: a
//! migration that fails leaves the tables as they were.

use std::path::{Path, PathBuf};

use crate::store::sql::Transaction;
use futures_util::TryStreamExt;
use serde::Serialize;
use serde_json::Value;

use super::error::StoreError;
use super::schemas::quote;
use super::{
    AdminClient, Migration, Object, PluginAccess, PluginParts, Shop, create_role, grant,
    migrations, objects_of, run_migration,
};
use crate::model::{FileSet, PluginSlug, TreePath};
use crate::sys::private;

/// Rows of a table that are shown.
const ROWS_SHOWN: i64 = 100;
/// Most tables that are shown.
const MOST_TABLES: usize = 50;

/// A plugin's parts, and what was done for them.
pub(crate) struct Prepared {
    /// `ctx.db` and `ctx.storage`.
    pub parts: PluginParts,
    /// What a person should know.
    pub notes: Vec<String>,
}

/// Why the tables could not be made.
#[derive(Debug)]
pub(crate) struct Unprepared {
    /// The migration it was.
    pub migration: Option<TreePath>,
    /// What is wrong.
    pub error: StoreError,
}

impl From<StoreError> for Unprepared {
    fn from(error: StoreError) -> Self {
        Self { migration: None, error }
    }
}

impl From<tokio_postgres::Error> for Unprepared {
    fn from(error: tokio_postgres::Error) -> Self {
        StoreError::from(error).into()
    }
}

/// A migration that ran.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Ran {
    name: String,
    up: String,
    down: Option<String>,
    made: Vec<Object>,
}

/// A table as it is shown.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct TableView {
    /// Its name.
    pub name: String,
    /// Its columns, in order.
    pub columns: Vec<String>,
    /// How many rows it has.
    pub count: i64,
    /// Some of them.
    pub rows: Vec<Value>,
}

/// Gives the plugin its role, its rights and its tables as its files say, and its parts.
pub(crate) async fn prepare(
    shop: &Shop,
    access: &PluginAccess,
    files: &FileSet,
) -> Result<Prepared, Unprepared> {
    let mut admin = shop.admin().await?;
    let slug = &access.slug;
    require_free(&admin, slug).await?;
    let tx = admin.transaction().await?;
    tx.batch_execute(
        "CREATE TABLE IF NOT EXISTS daino.dev_migrations (
           slug text NOT NULL, position integer NOT NULL, name text NOT NULL,
           up text NOT NULL, down text, made jsonb NOT NULL,
           PRIMARY KEY (slug, position));",
    )
    .await?;
    create_role(&tx, slug, &access.limits).await?;
    grant(&tx, slug, &access.permissions).await?;
    let ran = ran(&tx, slug).await?;
    let wanted = migrations(files);
    let unchanged = kept(&ran, &wanted);
    let kept = first_to_take_back(&ran, unchanged);
    let mut notes = Vec::new();
    if kept < ran.len() {
        let saved = save(&tx, slug, shop.dir()).await?;
        if ran[kept..].iter().any(|ran| ran.down.is_none()) {
            take_all_back(&tx, slug).await?;
        } else {
            take_back(&tx, slug, &ran[kept..]).await?;
        }
        let all = ran[kept..].iter().any(|ran| ran.down.is_none());
        notes.push(changed_words(&ran[unchanged..], all, saved.as_deref()));
    }
    for migration in &wanted[..kept] {
        tx.execute(
            "UPDATE daino.dev_migrations SET down = $3 WHERE slug = $1 AND name = $2",
            &[&slug.as_str(), &migration.name, &migration.down],
        )
        .await?;
    }
    for (position, migration) in wanted.iter().enumerate().skip(kept) {
        let made = run_migration(&tx, slug, &migration.up)
            .await
            .map_err(|error| Unprepared { migration: Some(migration.path.clone()), error })?;
        remember(&tx, slug, position, migration, &made).await?;
        notes.push(format!("migration {} ran", migration.name));
    }
    tx.commit().await?;
    let parts = shop.plugin_parts(access).await?;
    Ok(Prepared { parts, notes })
}

/// A plugin that is installed in this shop has tables with people's data: those are not played with.
async fn require_free(admin: &AdminClient, slug: &PluginSlug) -> Result<(), StoreError> {
    let row = admin
        .query_one("SELECT EXISTS (SELECT 1 FROM daino.plugins WHERE slug = $1)", &[&slug.as_str()])
        .await?;
    if row.get(0) {
        return Err(StoreError::Installed(slug.to_string()));
    }
    Ok(())
}

/// How many of those that ran are still the start of what is wanted.
fn kept(ran: &[Ran], wanted: &[Migration]) -> usize {
    let same = |(ran, wanted): &(&Ran, &Migration)| ran.name == wanted.name && ran.up == wanted.up;
    ran.iter().zip(wanted).take_while(same).count()
}

/// Where taking back has to begin: what has no down script can only go with everything.
fn first_to_take_back(ran: &[Ran], kept: usize) -> usize {
    if ran[kept..].iter().all(|ran| ran.down.is_some()) { kept } else { 0 }
}

fn changed_words(changed: &[Ran], all: bool, saved: Option<&Path>) -> String {
    let names: Vec<&str> = changed.iter().map(|ran| ran.name.as_str()).collect();
    let names = names.join(", ");
    let what = match all {
        true => "changed and has no down script: all tables were made anew",
        false => "changed: its tables were made anew",
    };
    match saved {
        Some(path) => format!("{names} {what}; the rows there were are in {}", path.display()),
        None => format!("{names} {what}; there were no rows"),
    }
}

async fn ran(tx: &Transaction<'_>, slug: &PluginSlug) -> Result<Vec<Ran>, StoreError> {
    let rows = tx
        .query(
            "SELECT name, up, down, made FROM daino.dev_migrations WHERE slug = $1 ORDER BY position",
            &[&slug.as_str()],
        )
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| Ran {
            name: row.get(0),
            up: row.get(1),
            down: row.get(2),
            made: serde_json::from_value(row.get::<_, Value>(3)).unwrap_or_default(),
        })
        .collect())
}

async fn remember(
    tx: &Transaction<'_>,
    slug: &PluginSlug,
    position: usize,
    migration: &Migration,
    made: &[Object],
) -> Result<(), StoreError> {
    let made = serde_json::to_value(made).unwrap_or_default();
    let position = i32::try_from(position).unwrap_or(i32::MAX);
    tx.execute(
        "INSERT INTO daino.dev_migrations (slug, position, name, up, down, made)
         VALUES ($1, $2, $3, $4, $5, $6)",
        &[&slug.as_str(), &position, &migration.name, &migration.up, &migration.down, &made],
    )
    .await?;
    Ok(())
}

/// Takes migrations back by their down scripts, the last one first; what those left is dropped.
async fn take_back(
    tx: &Transaction<'_>,
    slug: &PluginSlug,
    taken: &[Ran],
) -> Result<(), Unprepared> {
    for ran in taken.iter().rev() {
        let path = TreePath::new(&format!("migrations/{}.down.sql", ran.name)).ok();
        let down = ran.down.as_deref().unwrap_or_default();
        run_migration(tx, slug, down)
            .await
            .map_err(|error| Unprepared { migration: path, error })?;
        let left = objects_of(tx, slug).await?;
        drop_objects(tx, ran.made.iter().filter(|object| left.contains(object))).await?;
        tx.execute(
            "DELETE FROM daino.dev_migrations WHERE slug = $1 AND name = $2",
            &[&slug.as_str(), &ran.name],
        )
        .await?;
    }
    Ok(())
}

/// Takes everything back without a script.
async fn take_all_back(tx: &Transaction<'_>, slug: &PluginSlug) -> Result<(), StoreError> {
    let owned = objects_of(tx, slug).await?;
    drop_objects(tx, owned.iter()).await?;
    tx.execute("DELETE FROM daino.dev_migrations WHERE slug = $1", &[&slug.as_str()]).await?;
    Ok(())
}

async fn drop_objects(
    tx: &Transaction<'_>,
    objects: impl Iterator<Item = &Object>,
) -> Result<(), StoreError> {
    for object in objects {
        let word = match object.kind.as_str() {
            "table" => "TABLE",
            "view" => "VIEW",
            "type" => "TYPE",
            "sequence" => "SEQUENCE",
            // An index goes with its table.
            _ => continue,
        };
        let (schema, name) = (quote(&object.schema), quote(&object.name));
        tx.batch_execute(&format!("DROP {word} IF EXISTS {schema}.{name} CASCADE")).await?;
    }
    Ok(())
}

/// The plugin's tables, by name.
async fn tables(tx: &Transaction<'_>, slug: &PluginSlug) -> Result<Vec<Object>, StoreError> {
    let owned = objects_of(tx, slug).await?;
    Ok(owned.into_iter().filter(|object| object.kind == "table").collect())
}

/// Saves the rows of the plugin's tables, one JSON object a line; where, if there were any.
async fn save(
    tx: &Transaction<'_>,
    slug: &PluginSlug,
    home: &Path,
) -> Result<Option<PathBuf>, StoreError> {
    let time = jiff::Timestamp::now().strftime("%Y%m%dT%H%M%S%.6fZ").to_string();
    let dir = home.join("backups").join(format!("dev-{slug}-{time}"));
    let mut saved = false;
    for table in tables(tx, slug).await? {
        let name = format!("{}.{}", quote(&table.schema), quote(&table.name));
        let sql = format!("SELECT row_to_json(t)::text FROM {name} t");
        let rows = tx.query_raw(&sql, std::iter::empty::<String>()).await?;
        let mut rows = std::pin::pin!(rows);
        let mut text = String::new();
        while let Some(row) = rows.try_next().await? {
            text.push_str(row.get(0));
            text.push('\n');
        }
        if text.is_empty() {
            continue;
        }
        private::create_dir(&dir).map_err(StoreError::file("make", &dir))?;
        let file = dir.join(format!("{}.jsonl", table.name));
        private::create_file(&file, text.as_bytes()).map_err(StoreError::file("write", &file))?;
        saved = true;
    }
    Ok(saved.then_some(dir))
}

/// The plugin's tables with some of their rows, and its keys.
pub(crate) async fn look(
    shop: &Shop,
    slug: &PluginSlug,
) -> Result<(Vec<TableView>, Vec<(String, Value)>), StoreError> {
    let mut admin = shop.admin().await?;
    let tx = admin.transaction().await?;
    let mut views = Vec::new();
    for table in tables(&tx, slug).await?.into_iter().take(MOST_TABLES) {
        let name = format!("{}.{}", quote(&table.schema), quote(&table.name));
        let columns = tx
            .query(
                "SELECT attname::text FROM pg_attribute
                 WHERE attrelid = $1::text::regclass AND attnum > 0 AND NOT attisdropped
                 ORDER BY attnum",
                &[&name],
            )
            .await?;
        let count: i64 = tx.query_one(&format!("SELECT count(*) FROM {name}"), &[]).await?.get(0);
        let sql = format!("SELECT row_to_json(t) FROM {name} t LIMIT {ROWS_SHOWN}");
        let rows = tx.query(&sql, &[]).await?;
        views.push(TableView {
            name: table.name,
            columns: columns.into_iter().map(|row| row.get(0)).collect(),
            count,
            rows: rows.into_iter().map(|row| row.get(0)).collect(),
        });
    }
    let keys = tx
        .query(
            "SELECT data_key::text, data_value FROM plugin_data WHERE plugin_id = $1
             ORDER BY data_key LIMIT 500",
            &[&slug.as_str()],
        )
        .await?;
    let keys = keys.into_iter().map(|row| (row.get(0), row.get::<_, Option<Value>>(1)));
    Ok((views, keys.map(|(key, value)| (key, value.unwrap_or(Value::Null))).collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ran(name: &str, up: &str) -> Ran {
        Ran { name: name.into(), up: up.into(), down: None, made: Vec::new() }
    }

    fn wanted(name: &str, up: &str) -> Migration {
        let path = TreePath::new(&format!("migrations/{name}.sql")).unwrap();
        Migration { name: name.into(), path, up: up.into(), down: None }
    }

    #[test]
    fn what_is_kept_is_the_unchanged_start() {
        let past = [ran("1", "a"), ran("2", "b"), ran("3", "c")];
        let same = [wanted("1", "a"), wanted("2", "b"), wanted("3", "c"), wanted("4", "d")];
        assert_eq!(kept(&past, &same), 3);
        assert_eq!(kept(&past, &[wanted("1", "a"), wanted("2", "B"), wanted("3", "c")]), 1);
        assert_eq!(kept(&past, &[wanted("1", "a"), wanted("3", "c")]), 1);
        assert_eq!(kept(&past, &[wanted("0", "z"), wanted("1", "a")]), 0);
        assert_eq!(kept(&past, &[]), 0);
        assert_eq!(kept(&[], &same), 0);
        let with_down = |ran: Ran| Ran { down: Some("-".into()), ..ran };
        let mixed = [ran("1", "a"), with_down(ran("2", "b")), with_down(ran("3", "c"))];
        assert_eq!(first_to_take_back(&mixed, 1), 1);
        assert_eq!(first_to_take_back(&mixed, 0), 0);
        assert_eq!(first_to_take_back(&past, 2), 0);
        assert_eq!(first_to_take_back(&past, 3), 3);
    }
}
