//! Looks at a shop: what it is, what is in it.

use std::path::PathBuf;

use serde::Serialize;

use crate::error::Failure;
use crate::model::Observer;
use crate::store::{FORMAT, Shop, ShopPlace, StoreError};

/// A plugin that has a role in the shop.
#[derive(Debug, Serialize)]
pub(crate) struct PluginStorageRow {
    /// Its slug.
    pub slug: String,
    /// Bytes in its storage.
    pub storage_bytes: i64,
    /// Bytes it may have there.
    pub storage_quota: i64,
}

/// A table and how much is in it.
#[derive(Debug, Serialize)]
pub(crate) struct TableRow {
    /// Its name.
    pub name: &'static str,
    /// Rows.
    pub rows: i64,
}

/// What the shop is.
#[derive(Debug, Serialize)]
pub(crate) struct StoreStatusOutcome {
    /// Id of the shop.
    pub id: uuid::Uuid,
    /// Its directory.
    pub dir: PathBuf,
    /// Its name.
    pub name: String,
    /// ISO 4217.
    pub currency: String,
    /// IANA time zone.
    pub timezone: String,
    /// Which PostgreSQL, in words.
    pub database: String,
    /// Format of the shop.
    pub format: u32,
    /// The tables people ask about first.
    pub tables: Vec<TableRow>,
    /// Plugins with a role, by slug.
    pub plugins: Vec<PluginStorageRow>,
}

/// Tables people ask about first.
const TABLES: [&str; 5] =
    ["customers", "products", "sales_orders", "sales_order_items", "plugin_data"];

/// Opens the shop, looks, closes it.
pub(crate) async fn store_status(
    place: ShopPlace,
    observer: &dyn Observer,
) -> Result<StoreStatusOutcome, Failure> {
    let shop = Shop::open(&place, observer).await?;
    let outcome = look(&shop).await;
    shop.close(observer).await;
    Ok(outcome?)
}

async fn look(shop: &Shop) -> Result<StoreStatusOutcome, StoreError> {
    let admin = shop.admin().await?;
    let mut tables = Vec::new();
    for name in TABLES {
        let sql = format!("SELECT count(*) FROM {name}");
        tables.push(TableRow { name, rows: admin.query_one(&sql, &[]).await?.get(0) });
    }
    let plugins = admin
        .query(
            "SELECT slug, storage_bytes, storage_quota FROM daino.plugin_role ORDER BY slug",
            &[],
        )
        .await?;
    let info = shop.info();
    Ok(StoreStatusOutcome {
        id: info.id,
        dir: shop.dir().to_path_buf(),
        name: info.name.clone(),
        currency: info.currency.clone(),
        timezone: info.timezone.clone(),
        database: shop.database_in_words(),
        format: FORMAT,
        tables,
        plugins: plugins
            .iter()
            .map(|row| PluginStorageRow {
                slug: row.get(0),
                storage_bytes: row.get(1),
                storage_quota: row.get(2),
            })
            .collect(),
    })
}
