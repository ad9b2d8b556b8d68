//! The shop: its PostgreSQL database, the rights of plugins in it, and its files.
//!
//! - [`Shop`] is an open shop. [`Shop::admin`] connects as the shop's owner, for our own work;
//!   [`Shop::plugin_parts`] connects as a plugin's own login role, for what a plugin asks.
//! - Roles, grants and migrations take a transaction of the owner: [`create_role`], [`grant()`],
//!   [`run_migration`], [`drop_role`].
//! - What a plugin sends passes `gate` first and its role second; either alone would do.
//! - The server is ours unless there is a URL: see `server`.

mod admin;
pub(crate) mod backup;
mod connect;
mod database;
mod encryption;
mod error;
mod gate;
mod grant;
mod journal;
pub(crate) mod lifecycle;
mod migration;
mod password;
mod place;
mod proving;
mod role;
mod schema;
mod server;
mod shop;
mod storage;
mod stream;
pub(crate) mod testing;
pub(crate) mod workbench;

#[cfg(test)]
mod tests;

pub(crate) use admin::AdminClient;
use database::lend;
pub(crate) use database::{PluginAccess, PluginParts};
pub(crate) use error::{CODES, StoreError};
#[cfg(any(test, feature = "fuzzing"))]
pub(crate) use gate::{a_migration_reads_the_same_again, a_statement_that_passes_is_one};
pub(crate) use grant::grant;
use migration::run_statements;
pub(crate) use migration::{Migration, Object, migrations, objects_of, run_migration, take_over};
pub(crate) use place::{FORMAT, ShopPlace};
pub(crate) use proving::ProvingGround;
pub(crate) use role::{create_role, drop_role, set_limits, set_login};
pub(crate) use server::source::Origin;
pub(crate) use shop::{InitOptions, Shop, postgres_here};

#[cfg(test)]
use error::describe;

/// Sessions for which `condition` holds.
#[cfg(test)]
async fn connect_count(admin: &AdminClient, condition: &str) -> i64 {
    let sql = format!("SELECT count(*) FROM pg_stat_activity WHERE {condition}");
    admin.query_one(&sql, &[]).await.expect("the server runs").get(0)
}
