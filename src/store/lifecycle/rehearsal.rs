//! Migrations on trial, in a schema of their own that is gone afterwards: what tables they lead to,
//! and whether their down scripts lead back.
//!
//! The schema starts with the definitions of the plugin's present tables, without rows, so the shop's
//! own tables are neither locked nor touched. Each migration with a down script runs up, down and up
//! again; the definitions must be the same each time.

use crate::store::sql::{Client, Transaction};

use super::migrations::{self, Migration};
use super::{LifecycleError, history, objects};
use crate::model::backup::BackupObject;
use crate::model::difference::{ColumnShape, Tables};
use crate::model::installed::ObjectKind;
use crate::model::update_plan::{DownCheck, DownState};
use crate::model::{Manifest, PluginSlug};
use crate::store::backup::{self, Definitions, quote};
use crate::store::{Shop, create_role, grant, run_statements};

/// What a trial showed.
#[derive(Debug, Clone)]
pub(crate) struct Rehearsal {
    /// The tables before.
    pub before: Tables,
    /// The tables after.
    pub after: Tables,
    /// The down script of each new migration.
    pub downs: Vec<DownCheck>,
}

/// Tries `new` migrations of the plugin over the tables it has. `None` when that cannot be done beside
/// the real tables, because a migration names the schema.
pub(crate) async fn rehearse(
    shop: &Shop,
    manifest: &Manifest,
    new: &[Migration],
) -> Result<Option<Rehearsal>, LifecycleError> {
    let names_schema = |sql: &str| {
        let sql = sql.to_ascii_lowercase();
        sql.contains("public.") || sql.contains("\"public\"")
    };
    let texts = new.iter().flat_map(|m| [Some(&m.sql), m.down.as_ref()]).flatten();
    if texts.into_iter().any(|sql| names_schema(sql)) {
        return Ok(None);
    }
    let mut sql = shop.admin().await?;
    let tx = sql.transaction().await?;
    let rehearsal = try_out(&tx, &manifest.slug, manifest, new).await;
    tx.rollback().await?;
    rehearsal.map(Some)
}

async fn try_out(
    tx: &Transaction<'_>,
    slug: &PluginSlug,
    manifest: &Manifest,
    new: &[Migration],
) -> Result<Rehearsal, LifecycleError> {
    let sql = tx.client();
    let own = objects::recorded(sql, slug).await?.own;
    let before = tables(sql, sql.schemas().shop(), &own).await?;
    tx.batch_execute("SET LOCAL search_path = public, pg_temp").await?;
    let definitions = backup::definitions_of(sql, sql.schemas().shop(), &own).await?;
    let role = create_role(tx, slug, &manifest.resource_limits).await?;
    grant(tx, slug, &manifest.permissions).await?;
    let schema = format!("daino_rehearsal_{}", uuid::Uuid::new_v4().simple());
    tx.batch_execute(&format!(
        "CREATE SCHEMA {schema}; GRANT USAGE, CREATE ON SCHEMA {schema} TO {role};
         SET LOCAL search_path = {schema}, public, pg_temp"
    ))
    .await?;
    for statement in definitions.all() {
        tx.batch_execute_as_is(&format!("SET LOCAL ROLE {role}; {statement}; RESET ROLE")).await?;
    }
    let mut downs = Vec::new();
    for migration in new {
        let start = definitions_in(sql, &schema).await;
        run_statements(tx, &role, &migration.sql)
            .await
            .map_err(|source| migrations::failed(&migration.name, source))?;
        let state = check_down(tx, &role, &schema, migration, start).await?;
        downs.push(DownCheck { migration: migration.name.clone(), state });
    }
    let after = tables(sql, &schema, &objects_in(sql, &schema).await?).await?;
    Ok(Rehearsal { before, after, downs })
}

/// Runs the down script and the migration once more, and compares.
async fn check_down(
    tx: &Transaction<'_>,
    role: &str,
    schema: &str,
    migration: &Migration,
    start: Result<Definitions, LifecycleError>,
) -> Result<DownState, LifecycleError> {
    let Some(down) = &migration.down else { return Ok(DownState::Missing) };
    let (start, end) = match (start, definitions_in(tx.client(), schema).await) {
        (Ok(start), Ok(end)) => (start, end),
        (Err(error), _) | (_, Err(error)) => {
            return Ok(DownState::Wrong { why: format!("it cannot be checked: {error}") });
        }
    };
    tx.batch_execute("SAVEPOINT daino_down").await?;
    let tried = async {
        run_statements(tx, role, down).await?;
        if let Some(what) = definitions_in(tx.client(), schema).await?.first_difference(&start) {
            return Ok(Some(format!("after it, the tables are not what they were before: {what}")));
        }
        run_statements(tx, role, &migration.sql).await?;
        let again = definitions_in(tx.client(), schema).await?;
        let differs = again.first_difference(&end);
        Ok::<_, LifecycleError>(differs.map(|what| {
            format!("after it, the migration leads to other tables than the first time: {what}")
        }))
    }
    .await;
    tx.batch_execute("ROLLBACK TO SAVEPOINT daino_down; RELEASE SAVEPOINT daino_down").await?;
    Ok(match tried {
        Ok(None) => DownState::Verified,
        Ok(Some(why)) => DownState::Wrong { why },
        Err(error) => DownState::Wrong { why: chain(&error) },
    })
}

/// An error with its causes, in one line.
fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut next = error.source();
    while let Some(cause) = next {
        text.push_str(&format!(": {cause}"));
        next = cause.source();
    }
    text
}

pub(super) async fn definitions_in(
    sql: &Client,
    schema: &str,
) -> Result<Definitions, LifecycleError> {
    let objects = objects_in(sql, schema).await?;
    Ok(backup::definitions_of(sql, schema, &objects).await?)
}

/// Everything in a schema that a migration can make.
async fn objects_in(sql: &Client, schema: &str) -> Result<Vec<BackupObject>, LifecycleError> {
    let rows = sql
        .query(
            "SELECT CASE c.relkind WHEN 'v' THEN 'view' WHEN 'S' THEN 'sequence' ELSE 'table' END,
                    c.relname::text
             FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
             WHERE n.nspname = $1 AND c.relkind IN ('r', 'p', 'v', 'S')
             UNION ALL
             SELECT 'type', t.typname::text
             FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
             WHERE n.nspname = $1 AND t.typtype IN ('e', 'd')
             ORDER BY 1, 2",
            &[&schema],
        )
        .await?;
    rows.iter()
        .map(|row| {
            let kind = match row.try_get::<_, &str>(0)? {
                "table" => ObjectKind::Table,
                "view" => ObjectKind::View,
                "sequence" => ObjectKind::Sequence,
                _ => ObjectKind::Type,
            };
            Ok(BackupObject { kind, name: row.try_get(1)? })
        })
        .collect()
}

/// The columns of the tables and views among `objects`.
pub(crate) async fn tables(
    sql: &Client,
    schema: &str,
    objects: &[BackupObject],
) -> Result<Tables, LifecycleError> {
    let names: Vec<&str> = objects
        .iter()
        .filter(|object| matches!(object.kind, ObjectKind::Table | ObjectKind::View))
        .map(|object| object.name.as_str())
        .collect();
    let rows = sql
        .query(
            "SELECT c.relname::text, a.attname::text, format_type(a.atttypid, a.atttypmod),
                    NOT a.attnotnull, a.atthasdef OR a.attidentity <> ''
             FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
             JOIN pg_namespace n ON n.oid = c.relnamespace
             WHERE n.nspname = $1 AND c.relname = ANY($2) AND a.attnum > 0 AND NOT a.attisdropped",
            &[&schema, &names],
        )
        .await?;
    let mut tables: Tables =
        names.iter().map(|name| ((*name).to_owned(), Default::default())).collect();
    for row in &rows {
        let (table, column): (String, String) = (row.try_get(0)?, row.try_get(1)?);
        // A type of the plugin's own is written with the schema where it is not in the path.
        let kind: String = row.try_get::<_, String>(2)?.replace(&format!("{schema}."), "");
        let shape = ColumnShape { kind, nullable: row.try_get(3)?, has_default: row.try_get(4)? };
        tables.entry(table).or_default().insert(column, shape);
    }
    Ok(tables)
}

/// Writes down what the plugin's tables are made like now: what a drift is measured against.
pub(super) async fn remember_schema(
    tx: &Transaction<'_>,
    slug: &PluginSlug,
) -> Result<(), LifecycleError> {
    let definitions = present(tx.client(), slug).await?;
    history::set_schema(tx.client(), slug, &definitions).await
}

/// How the plugin's tables differ from what the last change made them, statement by statement: `-` was
/// made and is not there, `+` is there and was not made.
pub(crate) async fn drift(shop: &Shop, slug: &PluginSlug) -> Result<Vec<String>, LifecycleError> {
    let mut sql = shop.admin().await?;
    let tx = sql.transaction().await?;
    let Some(made) = history::schema(tx.client(), slug).await? else { return Ok(Vec::new()) };
    let now = present(tx.client(), slug).await?;
    tx.rollback().await?;
    let lines = |list: &[String], other: &[String], sign: char| -> Vec<String> {
        let only = list.iter().filter(|statement| !other.contains(statement));
        only.map(|statement| format!("{sign} {statement}")).collect()
    };
    let mut found = lines(&made, &now, '-');
    found.extend(lines(&now, &made, '+'));
    Ok(found)
}

/// The definitions of the plugin's objects, and who owns those that are not its own.
async fn present(sql: &Client, slug: &PluginSlug) -> Result<Vec<String>, LifecycleError> {
    let recorded = objects::recorded(sql, slug).await?;
    sql.batch_execute("SET LOCAL search_path = public, pg_temp").await?;
    let described = backup::definitions_of(sql, sql.schemas().shop(), &recorded.own).await;
    let mut lines = match described {
        Ok(definitions) => definitions.all().cloned().collect(),
        Err(backup::BackupError::Unsupported(what)) => {
            vec![format!("{what}, which cannot be described")]
        }
        Err(error) => return Err(error.into()),
    };
    for object in &recorded.foreign {
        lines.push(format!("{} {} of another owner", object.kind.as_str(), quote(&object.name)));
    }
    Ok(lines)
}
