//! What a plugin's role may do with the shop's tables, from the manifest's `permissions.database`.

use crate::store::sql::Transaction;

use super::error::StoreError;
use super::role;
use super::schemas::quote;
use crate::model::PluginSlug;
use crate::model::permission::{DatabaseGrant, Permissions};
use crate::model::resource::{Columns, Reach, Resource, is_withheld};

/// One right that was given.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub(crate) struct Granted {
    /// The permission that gave it, as in the manifest.
    pub permission: String,
    /// The table.
    pub table: String,
    /// `select`, `insert`, `update`, `delete`.
    pub rights: Vec<&'static str>,
}

/// Gives the role exactly what `permissions` says: rights it had and that are not in there are
/// taken. Returns what was given; a table that this shop does not have is skipped.
pub(crate) async fn grant(
    tx: &Transaction<'_>,
    slug: &PluginSlug,
    permissions: &Permissions,
) -> Result<Vec<Granted>, StoreError> {
    revoke_all(tx, slug).await?;
    let name = role::require(tx, slug).await?;
    let mut given = Vec::new();
    for asked in &permissions.database {
        for reach in reaches(asked)? {
            given.extend(grant_table(tx, &name, asked, reach).await?);
        }
    }
    Ok(given)
}

/// Takes every right on the shop's tables from the role. What it owns is not touched.
pub(crate) async fn revoke_all(tx: &Transaction<'_>, slug: &PluginSlug) -> Result<(), StoreError> {
    let name = role::require(tx, slug).await?;
    // Revoking from a table takes its column rights, too.
    let rows = tx
        .query(
            "SELECT c.relname::text FROM pg_class c
             WHERE c.relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = $2)
               AND c.relkind IN ('r', 'p', 'v')
               AND c.relowner <> $1::text::regrole
               AND (EXISTS (SELECT FROM aclexplode(c.relacl) x WHERE x.grantee = $1::text::regrole)
                 OR EXISTS (SELECT FROM pg_attribute a, aclexplode(a.attacl) x
                            WHERE a.attrelid = c.oid AND x.grantee = $1::text::regrole))",
            &[&name, &tx.schemas().shop()],
        )
        .await?;
    for row in rows {
        let table = quote(row.get(0));
        tx.batch_execute(&format!("REVOKE ALL ON TABLE public.{table} FROM {name}")).await?;
    }
    Ok(())
}

fn reaches(asked: &DatabaseGrant) -> Result<&'static [Reach], StoreError> {
    match Resource::find(asked.resource()) {
        Resource::Known(reaches) => Ok(reaches),
        Resource::Never => Err(StoreError::Permission(format!(
            "`{}` is never given to a plugin",
            asked.resource()
        ))),
        Resource::Unknown => Err(StoreError::Permission(format!(
            "there is no resource `{}`; there are: {}",
            asked.resource(),
            Resource::names().collect::<Vec<_>>().join(", ")
        ))),
    }
}

async fn grant_table(
    tx: &Transaction<'_>,
    role: &str,
    asked: &DatabaseGrant,
    reach: &Reach,
) -> Result<Option<Granted>, StoreError> {
    let columns = columns_of(tx, reach.table).await?;
    if columns.is_empty() {
        return Ok(None);
    }
    let (read, write, delete) = reach.at(asked.access());
    let mut rights = Vec::new();
    for (right, wanted) in [("select", read), ("insert", write), ("update", write)] {
        // What may only be written in part is moved on, not made.
        if right == "insert" && matches!(write, Columns::Only(_)) {
            continue;
        }
        if let Some(on) = scope(reach.table, &columns, wanted) {
            let table = quote(reach.table);
            let sql = format!("GRANT {right}{on} ON TABLE public.{table} TO {role}");
            tx.batch_execute(&sql).await?;
            rights.push(right);
        }
    }
    if delete {
        let table = quote(reach.table);
        tx.batch_execute(&format!("GRANT delete ON TABLE public.{table} TO {role}")).await?;
        rights.push("delete");
    }
    let granted = Granted { permission: asked.to_string(), table: reach.table.to_owned(), rights };
    Ok((!granted.rights.is_empty()).then_some(granted))
}

/// ` (column, …)`, nothing for the whole table, `None` when no column is covered.
fn scope(table: &str, columns: &[String], wanted: Columns) -> Option<String> {
    let covered: Vec<&String> = match wanted {
        Columns::Nothing => return None,
        Columns::Public => columns.iter().filter(|c| !is_withheld(table, c)).collect(),
        Columns::Only(list) => columns.iter().filter(|c| list.contains(&c.as_str())).collect(),
    };
    if covered.is_empty() {
        return None;
    }
    if covered.len() == columns.len() {
        return Some(String::new());
    }
    let names: Vec<String> = covered.into_iter().map(|c| quote(c)).collect();
    Some(format!(" ({})", names.join(", ")))
}

async fn columns_of(tx: &Transaction<'_>, table: &str) -> Result<Vec<String>, StoreError> {
    // Only tables of the shop itself: a plugin's table of such a name is not the shop's.
    let rows = tx
        .query(
            "SELECT a.attname::text FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
             WHERE c.relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = $2)
               AND c.relname = $1
               AND c.relkind IN ('r', 'p') AND a.attnum > 0 AND NOT a.attisdropped
               AND NOT EXISTS (SELECT FROM daino.plugin_role p WHERE p.role::regrole = c.relowner)
             ORDER BY a.attnum",
            &[&table, &tx.schemas().shop()],
        )
        .await?;
    Ok(rows.into_iter().map(|row| row.get(0)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_without_the_withheld_ones() {
        let columns = |names: &[&str]| names.iter().map(ToString::to_string).collect::<Vec<_>>();
        let customers = columns(&["id", "email", "password", "notes"]);
        assert_eq!(
            scope("customers", &customers, Columns::Public).unwrap(),
            " (\"id\", \"email\")"
        );
        assert_eq!(scope("carts", &columns(&["id"]), Columns::Public).unwrap(), "");
        assert_eq!(scope("carts", &columns(&["id"]), Columns::Only(&["x"])), None);
        assert_eq!(scope("carts", &columns(&["id"]), Columns::Nothing), None);
    }
}
