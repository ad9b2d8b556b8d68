//! The tables of a shop: DainoStore's commerce tables, `plugin_data`, and our own in the schema
//! `daino`. One SQL file each; all of it in the transaction that makes the shop.
//!
//! A shop that an earlier daino-pdk made is brought up to date when it is opened: every step from its
//! format to ours, in one transaction, so it is as it was or as it should be. A change of our own
//! tables is a new number in [`FORMAT`] and a line in [`steps`].

use crate::store::sql::Transaction;

use super::admin::AdminClient;
use super::connect::Login;
use super::error::StoreError;
use super::place::{FORMAT, ShopInfo};
use super::role;
use super::server::Server;

const ROLES: &str = include_str!("schema/roles.sql");
const COMMERCE: &str = include_str!("schema/commerce.sql");
const DAINO: &str = include_str!("schema/daino.sql");
const STORAGE: &str = include_str!("schema/storage.sql");
const STORAGE_USED: &str = include_str!("schema/storage_used.sql");
const LIFECYCLE: &str = include_str!("schema/lifecycle.sql");
const HISTORY: &str = include_str!("schema/history.sql");
const SAMPLE: &str = include_str!("schema/sample.sql");
const HARDEN: &str = include_str!("schema/harden.sql");

/// Tables by which a database of DainoStore is known.
const LANDMARKS: [&str; 4] = ["stores", "customers", "products", "sales_orders"];

/// All of it as one text, by which one schema is told from another.
pub(super) fn text() -> String {
    [ROLES, COMMERCE, DAINO, STORAGE, STORAGE_USED, LIFECYCLE, HISTORY, SAMPLE, HARDEN].concat()
}

/// What leads a shop from the format below `to` to it.
fn steps(to: u32) -> &'static [&'static str] {
    match to {
        // A shop of format 1 has none, some or all of it.
        2 => &[HISTORY, STORAGE_USED],
        _ => &[],
    }
}

/// Makes the tables. In a database that holds a DainoStore shop already, only our own.
pub(super) async fn make(
    tx: &Transaction<'_>,
    info: &ShopInfo,
    sample_data: bool,
) -> Result<(), StoreError> {
    make_schemas(tx).await?;
    let is_adopted = look(tx).await?;
    tx.batch_execute("SET LOCAL search_path = public; SET LOCAL client_min_messages = warning")
        .await?;
    tx.batch_execute(ROLES).await?;
    if !is_adopted {
        tx.batch_execute(COMMERCE).await?;
    }
    tx.batch_execute(DAINO).await?;
    tx.batch_execute(STORAGE).await?;
    tx.batch_execute(STORAGE_USED).await?;
    tx.batch_execute(LIFECYCLE).await?;
    tx.batch_execute(HISTORY).await?;
    let format = i32::try_from(FORMAT).unwrap_or(i32::MAX);
    tx.execute(
        "INSERT INTO daino.shop (id, tag, format, name, currency, timezone)
         VALUES ($1, $2, $3, $4, $5, $6)",
        &[&info.id, &info.tag(), &format, &info.name, &info.currency, &info.timezone],
    )
    .await?;
    if !is_adopted {
        tx.execute(
            "INSERT INTO stores (id, name, slug, currency, timezone, is_active, user_id)
             VALUES ($1, $2, 'shop', $3, $4, true, gen_random_uuid())",
            &[&info.id, &info.name, &info.currency, &info.timezone],
        )
        .await?;
        if sample_data {
            tx.batch_execute(SAMPLE).await?;
        }
    }
    if let Some(role) = tx.schemas().service_role() {
        let role = role::let_application_in(tx, role).await?;
        if !is_adopted {
            tx.batch_execute(&format!(
                "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role};
                 GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {role}"
            ))
            .await?;
        }
    }
    Ok(())
}

/// Makes the two schemas, as far as an administrator has not made them already.
async fn make_schemas(tx: &Transaction<'_>) -> Result<(), StoreError> {
    let (shop, own) = (tx.schemas().shop(), tx.schemas().own());
    let rows = tx
        .query(
            "SELECT n.nspname::text, EXISTS (SELECT FROM pg_class c WHERE c.relnamespace = n.oid)
             FROM pg_namespace n WHERE n.nspname IN ($1, $2)",
            &[&shop, &own],
        )
        .await?;
    let found = |name: &str| rows.iter().find(|row| row.get::<_, &str>(0) == name);
    if found(own).is_some_and(|row| row.get(1)) {
        return Err(StoreError::SchemaTaken(shop.to_owned()));
    }
    for (name, sql) in [(shop, "CREATE SCHEMA public"), (own, "CREATE SCHEMA daino")] {
        if found(name).is_none() {
            tx.batch_execute(sql).await?;
        }
    }
    Ok(())
}

/// Whether the database holds a shop's tables; an error when it holds some of them.
async fn look(tx: &Transaction<'_>) -> Result<bool, StoreError> {
    let landmarks: Vec<&str> = LANDMARKS.to_vec();
    let rows = tx
        .query(
            "SELECT c.relname::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
             WHERE n.nspname = $2 AND c.relkind IN ('r', 'p') AND c.relname = ANY($1)",
            &[&landmarks, &tx.schemas().shop()],
        )
        .await?;
    match rows.first() {
        None => Ok(false),
        Some(_) if rows.len() == LANDMARKS.len() => Ok(true),
        Some(row) => Err(StoreError::NotEmpty(row.get(0))),
    }
}

/// Checks that the database is this shop's and of a format we know; brings an older one up to date.
pub(super) async fn check(client: &mut AdminClient, info: &ShopInfo) -> Result<(), StoreError> {
    let row = client.query_opt("SELECT id, format FROM daino.shop", &[]).await?;
    let Some(row) = row else {
        return Err(StoreError::Connect("the database holds no shop".to_owned()));
    };
    if row.get::<_, uuid::Uuid>(0) != info.id {
        return Err(StoreError::Connect("the database holds another shop".to_owned()));
    }
    match number(row.get(1)) {
        found if found > FORMAT => Err(StoreError::NewerFormat { found, known: FORMAT }),
        FORMAT => Ok(()),
        _ => bring_up_to_date(client).await,
    }
}

async fn bring_up_to_date(client: &mut AdminClient) -> Result<(), StoreError> {
    let tx = client.transaction().await?;
    tx.batch_execute("SET LOCAL client_min_messages = warning; SET LOCAL lock_timeout = '10s'")
        .await?;
    // Another process may do the same, or be newer.
    let row = tx.query_one("SELECT format FROM daino.shop FOR UPDATE", &[]).await?;
    let found = number(row.get(0));
    if found > FORMAT {
        return Err(StoreError::NewerFormat { found, known: FORMAT });
    }
    for sql in (found + 1..=FORMAT).flat_map(steps) {
        tx.batch_execute(sql).await?;
    }
    let format = i32::try_from(FORMAT).unwrap_or(i32::MAX);
    tx.execute("UPDATE daino.shop SET format = $1", &[&format]).await?;
    tx.commit().await?;
    Ok(())
}

/// A format as the database has it; one that is no number of ours is a newer one.
fn number(format: i32) -> u32 {
    u32::try_from(format).unwrap_or(u32::MAX)
}

/// Takes from everybody what no plugin needs of a private server: large objects, sleeping,
/// advisory locks, notifications, temporary tables. The gate refuses them as well.
pub(super) async fn harden(server: &Server, superuser: &Login) -> Result<(), StoreError> {
    let endpoint = server.endpoint().await?;
    let connection = endpoint.connect(superuser, super::database::ADMIN_SETUP).await?;
    connection.client.batch_execute(HARDEN).await?;
    Ok(())
}
