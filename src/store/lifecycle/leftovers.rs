//! A look at the shop after an uninstallation: what of the plugin is there although it should not
//! be.

use super::change::Change;
use super::{CodeFolder, LifecycleError, records};
use crate::model::PluginSlug;
use crate::model::uninstall_plan::UninstallChoices;

/// What is left against the choices, in words.
pub(super) async fn scan(
    change: &Change<'_>,
    slug: &PluginSlug,
    choices: &UninstallChoices,
) -> Result<Vec<String>, LifecycleError> {
    let sql = change.client();
    let mut left = Vec::new();
    if let Some(role) = records::role(sql, slug).await? {
        left.push(format!("database role {role}"));
    }
    let recorded = records::objects(sql, slug).await?;
    // A table that carries the plugin's name and that no plugin's migrations made.
    let rows = sql
        .query(
            "SELECT c.relname::text FROM pg_class c
             WHERE c.relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = $2)
               AND c.relkind IN ('r', 'p', 'v')
               AND starts_with(c.relname, $1)
               AND NOT EXISTS (SELECT FROM daino.plugin_objects o WHERE o.name = c.relname)
             ORDER BY 1",
            &[&format!("{}_", slug.table_prefix()), &sql.schemas().shop()],
        )
        .await?;
    for row in rows {
        let name: String = row.try_get(0)?;
        left.push(format!("table {name}, which no migration of the plugin made"));
    }
    if choices.remove_tables {
        left.extend(recorded.iter().map(|o| format!("{} {}", o.kind.as_str(), o.name)));
    }
    if choices.remove_data {
        let rows = records::data_rows(sql, slug).await?;
        if rows > 0 {
            left.push(format!("{rows} rows of its own store"));
        }
        for secret in records::secret_names(sql, slug).await? {
            left.push(format!("secret {secret}"));
        }
    }
    let kept = records::find(sql, slug).await?.and_then(|plugin| plugin.code.dir);
    let folder = CodeFolder::of(change.shop.dir(), slug);
    for name in folder.names() {
        if kept.as_deref() != Some(name.as_str()) {
            left.push(format!("code {slug}/{name}"));
        }
    }
    Ok(left)
}
