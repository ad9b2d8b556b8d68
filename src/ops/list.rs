//! Lists the plugins of a shop.

use serde::Serialize;

use crate::error::Failure;
use crate::model::installed::{CodeCheck, PluginSource, PluginState, TableSize};
use crate::model::operation::Recovered;
use crate::model::{Observer, PluginSlug, PluginType};
use crate::ops::open_shop::{ShopPlace, in_shop};
use crate::store::lifecycle::{self, Change, CodeFolder, history, records};

/// One plugin.
#[derive(Debug, Serialize)]
pub(crate) struct ListedPlugin {
    /// The plugin.
    pub slug: PluginSlug,
    /// Its version.
    pub version: semver::Version,
    /// Where it stands.
    pub state: PluginState,
    /// What it is for.
    #[serde(rename = "type")]
    pub kind: PluginType,
    /// Id of the key that signed it; `None` for unsigned code.
    pub publisher: Option<String>,
    /// Where it came from.
    pub source: PluginSource,
    /// When it was installed.
    pub installed_at: String,
    /// Tables its migrations created.
    pub tables: Vec<TableSize>,
    /// Rows of its own store.
    pub data_rows: u64,
    /// Names of secrets that it needs and does not have.
    pub secrets_missing: Vec<String>,
    /// Whether its code is what was installed.
    pub code: CodeCheck,
    /// Migrations that ran and have no down script: going back behind them needs a backup.
    pub no_way_back: Vec<String>,
    /// The range it is pinned to.
    pub pinned: Option<String>,
    /// How its tables differ from what its migrations made: `-` is missing, `+` was not made by it.
    pub drift: Vec<String>,
}

/// The plugins of a shop.
#[derive(Debug, Serialize)]
pub(crate) struct ListOutcome {
    /// By slug.
    pub plugins: Vec<ListedPlugin>,
    /// Interrupted changes that were dealt with on the way.
    pub recovered: Vec<Recovered>,
}

/// Lists them.
pub(crate) async fn list(
    place: &ShopPlace,
    observer: &dyn Observer,
) -> Result<ListOutcome, Failure> {
    in_shop(place, observer, async |shop| {
        let recovered = Change::recover_if_needed(shop, observer).await?;
        let sql = shop.admin().await?;
        let mut plugins = Vec::new();
        for plugin in records::all(&sql).await? {
            let tables = lifecycle::recorded(&sql, &plugin.slug).await?.tables();
            let held = records::secret_names(&sql, &plugin.slug).await?;
            let mut ran = records::migrations(&sql, &plugin.slug).await?;
            let down = |name: &str| {
                let stem = name.strip_suffix(".sql").unwrap_or(name);
                format!("migrations/{stem}.down.sql")
            };
            ran.retain(|migration| {
                let down = down(&migration.name);
                plugin.code.files.iter().all(|file| file.path.as_str() != down)
            });
            let mut missing = plugin.manifest.secrets.clone();
            missing.retain(|name| !held.contains(name));
            plugins.push(ListedPlugin {
                tables: lifecycle::sizes(&sql, &tables).await?,
                data_rows: records::data_rows(&sql, &plugin.slug).await?,
                secrets_missing: missing,
                no_way_back: ran.into_iter().map(|migration| migration.name).collect(),
                pinned: history::pin(&sql, &plugin.slug).await?,
                drift: lifecycle::drift(shop, &plugin.slug).await?,
                code: CodeFolder::of(shop.dir(), &plugin.slug).check(&plugin.code),
                slug: plugin.slug,
                version: plugin.version,
                state: plugin.state,
                kind: plugin.manifest.kind,
                publisher: plugin.publisher,
                source: plugin.source,
                installed_at: plugin.installed_at,
            });
        }
        Ok(ListOutcome { plugins, recovered })
    })
    .await
}
