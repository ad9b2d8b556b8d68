//! A plugin's database objects: which of the recorded ones are still its own, who else needs them,
//! and how they are dropped.

use tokio_postgres::error::SqlState;
use tokio_postgres::{Client, Transaction};

use super::{LifecycleError, ReplaceError, records};
use crate::model::PluginSlug;
use crate::model::backup::BackupObject;
use crate::model::installed::{ObjectKind, TableSize};
use crate::model::uninstall_plan::ForeignObject;
use crate::store::Object;
use crate::store::backup::{SHOP_SCHEMA, quote};

/// Recorded objects, sorted by whose they are now.
#[derive(Debug, Default)]
pub(crate) struct Recorded {
    /// Still the plugin's: owned by its role, or by the shop's owner who keeps them for it.
    pub own: Vec<BackupObject>,
    /// Owned by somebody else. Never dropped.
    pub foreign: Vec<BackupObject>,
    /// Not there any more.
    pub gone: Vec<BackupObject>,
}

impl Recorded {
    /// Names of its tables.
    pub(crate) fn tables(&self) -> Vec<String> {
        let tables = self.own.iter().filter(|object| object.kind == ObjectKind::Table);
        tables.map(|object| object.name.clone()).collect()
    }
}

/// Looks at every recorded object of the plugin.
pub(crate) async fn recorded(sql: &Client, slug: &PluginSlug) -> Result<Recorded, LifecycleError> {
    let mut recorded = Recorded::default();
    for object in records::objects(sql, slug).await? {
        // The plugin's own role has it, or, after an uninstall that kept it, the shop's owner.
        let query = "
            SELECT o.owner = (SELECT role::regrole::oid FROM daino.plugin_role WHERE slug = $3),
                   o.owner = current_user::text::regrole::oid
            FROM (SELECT c.relowner AS owner FROM pg_class c
                  WHERE c.relnamespace = $1::text::regnamespace AND c.relname = $2
                    AND c.relkind::text = ANY($4)
                  UNION ALL
                  SELECT t.typowner FROM pg_type t
                  WHERE t.typnamespace = $1::text::regnamespace AND t.typname = $2
                    AND t.typtype::text = ANY($4)) o";
        let kinds: &[&str] = match object.kind {
            ObjectKind::Table => &["r", "p"],
            ObjectKind::View => &["v"],
            ObjectKind::Sequence => &["S"],
            ObjectKind::Type => &["e", "d"],
        };
        let kinds: Vec<&str> = kinds.to_vec();
        let row =
            sql.query_opt(query, &[&SHOP_SCHEMA, &object.name, &slug.as_str(), &kinds]).await?;
        let Some(row) = row else {
            recorded.gone.push(object);
            continue;
        };
        let (is_its, is_owners): (Option<bool>, bool) = (row.try_get(0)?, row.try_get(1)?);
        // While the plugin has a role, only that is its owner.
        match is_its.unwrap_or(is_owners) {
            true => recorded.own.push(object),
            false => recorded.foreign.push(object),
        }
    }
    Ok(recorded)
}

/// What a migration made, as it is recorded. Indexes come and go with their tables.
pub(super) fn of_migration(made: &[Object]) -> Vec<BackupObject> {
    made.iter()
        .filter_map(|object| {
            let kind = match object.kind.as_str() {
                "table" => ObjectKind::Table,
                "view" => ObjectKind::View,
                "sequence" => ObjectKind::Sequence,
                "type" => ObjectKind::Type,
                _ => return None,
            };
            Some(BackupObject { kind, name: object.name.clone() })
        })
        .collect()
}

/// The same the other way round.
pub(super) fn for_take_over(objects: &[BackupObject]) -> Vec<Object> {
    objects
        .iter()
        .map(|object| Object {
            kind: object.kind.as_str().to_owned(),
            schema: SHOP_SCHEMA.to_owned(),
            name: object.name.clone(),
        })
        .collect()
}

/// Rows and bytes of tables.
pub(crate) async fn sizes(
    sql: &Client,
    tables: &[String],
) -> Result<Vec<TableSize>, LifecycleError> {
    let mut sizes = Vec::new();
    for name in tables {
        let place = format!("{SHOP_SCHEMA}.{}", quote(name));
        let query =
            format!("SELECT count(*), pg_total_relation_size($1::text::regclass) FROM {place}");
        let row = sql.query_one(&query, &[&place]).await?;
        let (rows, bytes): (i64, i64) = (row.try_get(0)?, row.try_get(1)?);
        sizes.push(TableSize {
            name: name.clone(),
            rows: rows.unsigned_abs(),
            bytes: bytes.unsigned_abs(),
        });
    }
    Ok(sizes)
}

/// Objects of others that need one of the plugin's tables or views: foreign keys, views, defaults.
pub(crate) async fn needed_by(
    sql: &Client,
    own: &[BackupObject],
) -> Result<Vec<ForeignObject>, LifecycleError> {
    let names: Vec<&str> = own.iter().map(|object| object.name.as_str()).collect();
    let rows = sql
        .query(
            "WITH own AS (
               SELECT c.oid FROM pg_class c
               WHERE c.relnamespace = $1::text::regnamespace AND c.relname = ANY($2)
                 AND c.relkind IN ('r', 'v', 'S')
             ), dependent AS (
               SELECT d.classid, d.objid, d.objsubid, d.refobjid,
                      COALESCE(k.conrelid, r.ev_class, a.adrelid) AS owner
               FROM pg_depend d
               LEFT JOIN pg_constraint k ON d.classid = 'pg_constraint'::regclass AND k.oid = d.objid
               LEFT JOIN pg_rewrite r ON d.classid = 'pg_rewrite'::regclass AND r.oid = d.objid
               LEFT JOIN pg_attrdef a ON d.classid = 'pg_attrdef'::regclass AND a.oid = d.objid
               WHERE d.refclassid = 'pg_class'::regclass AND d.refobjid IN (SELECT oid FROM own)
                 AND d.classid IN ('pg_constraint'::regclass, 'pg_rewrite'::regclass,
                                   'pg_attrdef'::regclass)
             )
             SELECT DISTINCT
               CASE WHEN classid = 'pg_rewrite'::regclass
                    THEN format('view %s', owner::regclass)
                    ELSE pg_describe_object(classid, objid, 0) END,
               refobjid::regclass::text
             FROM dependent
             WHERE owner <> 0 AND owner NOT IN (SELECT oid FROM own)
             ORDER BY 1, 2",
            &[&SHOP_SCHEMA, &names],
        )
        .await?;
    rows.iter()
        .map(|row| Ok(ForeignObject { object: row.try_get(0)?, needs: row.try_get(1)? }))
        .collect()
}

/// Rows of other tables that point at the plugin's, by foreign key.
pub(crate) async fn rows_pointing_at(
    sql: &Client,
    own: &[BackupObject],
) -> Result<Vec<ForeignObject>, LifecycleError> {
    let names: Vec<&str> = own.iter().map(|object| object.name.as_str()).collect();
    let keys = sql
        .query(
            "SELECT k.conrelid::regclass::text, k.confrelid::regclass::text,
                    (SELECT string_agg(format('%I IS NOT NULL', a.attname), ' AND ')
                     FROM pg_attribute a WHERE a.attrelid = k.conrelid AND a.attnum = ANY(k.conkey))
             FROM pg_constraint k JOIN pg_class c ON c.oid = k.confrelid
             WHERE k.contype = 'f' AND c.relnamespace = $1::text::regnamespace
               AND c.relname = ANY($2)
               AND k.conrelid NOT IN (SELECT oid FROM pg_class
                 WHERE relnamespace = $1::text::regnamespace AND relname = ANY($2))
             ORDER BY 1, 2",
            &[&SHOP_SCHEMA, &names],
        )
        .await?;
    let mut found = Vec::new();
    for key in keys {
        let (table, needs, set): (String, String, String) =
            (key.try_get(0)?, key.try_get(1)?, key.try_get(2)?);
        let count = format!("SELECT count(*) FROM {table} WHERE {set}");
        let rows: i64 = sql.query_one(&count, &[]).await?.try_get(0)?;
        found.push(ForeignObject { object: format!("{rows} rows of {table}"), needs });
    }
    Ok(found)
}

/// Locks the tables against everybody until the end of the transaction.
pub(super) async fn lock(tx: &Transaction<'_>, tables: &[String]) -> Result<(), LifecycleError> {
    if tables.is_empty() {
        return Ok(());
    }
    let list: Vec<String> =
        tables.iter().map(|table| format!("{SHOP_SCHEMA}.{}", quote(table))).collect();
    tx.batch_execute(&format!(
        "SET LOCAL lock_timeout = '10s'; LOCK TABLE {} IN ACCESS EXCLUSIVE MODE",
        list.join(", ")
    ))
    .await
    .map_err(|error| match error.code() {
        Some(&SqlState::LOCK_NOT_AVAILABLE) => ReplaceError::Busy.into(),
        _ => error.into(),
    })
}

/// Drops objects; `cascade` takes what others have built on them along.
pub(super) async fn drop_all(
    tx: &Transaction<'_>,
    objects: &[BackupObject],
    cascade: bool,
) -> Result<(), LifecycleError> {
    let end = if cascade { " CASCADE" } else { "" };
    for kind in [ObjectKind::View, ObjectKind::Table, ObjectKind::Sequence, ObjectKind::Type] {
        let list: Vec<String> = objects
            .iter()
            .filter(|object| object.kind == kind)
            .map(|object| format!("{SHOP_SCHEMA}.{}", quote(&object.name)))
            .collect();
        if !list.is_empty() {
            // A sequence of a column has gone with its table.
            let word = kind.as_str();
            let sql = format!("DROP {word} IF EXISTS {}{end}", list.join(", "));
            tx.batch_execute(&sql).await?;
        }
    }
    Ok(())
}
