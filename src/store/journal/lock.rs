//! One change at a time: a row of the shop's database, locked by a connection of its own.
//!
//! The lock is gone when the connection is, so a killed program leaves none behind. Whoever holds it is told
//! by the name of that connection.

use std::time::{Duration, Instant};

use tokio_postgres::error::SqlState;

use super::super::lifecycle::LifecycleError;
use crate::store::schemas::quote;
use crate::store::{AdminClient, Shop};
use crate::sys::account;

/// How long a second operator waits.
const PATIENCE: Duration = Duration::from_secs(5);
/// How names of such connections begin.
const NAME: &str = "daino-pdk ";
/// How often it looks.
const PAUSE: Duration = Duration::from_millis(50);

/// The right to change a shop, until it is dropped.
pub(crate) struct ShopLock {
    _connection: AdminClient,
}

impl ShopLock {
    /// Takes the lock; waits for somebody else for five seconds.
    pub(crate) async fn take(shop: &Shop) -> Result<Self, LifecycleError> {
        let until = Instant::now() + PATIENCE;
        let connection = shop.admin().await?.alone();
        while !try_lock(&connection).await? {
            if Instant::now() >= until {
                return Err(LifecycleError::Locked(holder(&connection).await?));
            }
            tokio::time::sleep(PAUSE).await;
        }
        Ok(Self { _connection: connection })
    }

    /// Takes the lock when nobody has it.
    pub(crate) async fn try_take(shop: &Shop) -> Result<Option<Self>, LifecycleError> {
        let connection = shop.admin().await?.alone();
        let is_ours = try_lock(&connection).await?;
        Ok(is_ours.then_some(Self { _connection: connection }))
    }
}

/// Who holds the lock and what he does, as the end of a sentence; empty when it cannot be told.
async fn holder(sql: &AdminClient) -> Result<String, LifecycleError> {
    let query = "
        SELECT COALESCE(NULLIF(a.application_name, ''), 'process ' || l.pid || ' of the database'),
               to_char(a.xact_start AT TIME ZONE 'UTC', 'HH24:MI:SS')
        FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
        WHERE l.relation = $1::text::regclass AND l.granted AND l.mode = 'RowShareLock'
          AND l.pid <> pg_backend_pid() AND a.backend_xid IS NOT NULL
        ORDER BY a.xact_start LIMIT 1";
    let table = format!("{}.change_lock", quote(sql.schemas().own()));
    let Some(row) = sql.query_opt(query, &[&table]).await? else { return Ok(String::new()) };
    let (who, since): (String, Option<String>) = (row.try_get(0)?, row.try_get(1)?);
    let mut text = format!(": {}", who.strip_prefix(NAME).unwrap_or(&who));
    if let Some(since) = since {
        text.push_str(&format!(", since {since} UTC"));
    }
    let query = "SELECT operation->>'kind', slug FROM daino.operations ORDER BY began_at LIMIT 1";
    if let Some(row) = sql.query_opt(query, &[]).await? {
        let (kind, slug): (Option<String>, String) = (row.try_get(0)?, row.try_get(1)?);
        text.push_str(&format!(" ({} of `{slug}`)", kind.as_deref().unwrap_or("change")));
    }
    Ok(text)
}

/// What a connection that holds the lock is called: by whom, and which process of his machine.
fn own_name() -> String {
    let whole = format!("{NAME}{}, process {}", account::operator(), std::process::id());
    // As much of it as the server keeps.
    whole.chars().map(|c| if c.is_ascii_graphic() || c == ' ' { c } else { '?' }).take(63).collect()
}

async fn try_lock(sql: &AdminClient) -> Result<bool, LifecycleError> {
    // A server by URL may end sessions that only hold a lock.
    let name = own_name();
    sql.execute("SELECT set_config('application_name', $1, false)", &[&name]).await?;
    sql.batch_execute("SET idle_in_transaction_session_timeout = 0; BEGIN").await?;
    match sql.query("SELECT FROM daino.change_lock FOR UPDATE NOWAIT", &[]).await {
        Ok(_) => Ok(true),
        Err(error) if error.code() == Some(&SqlState::LOCK_NOT_AVAILABLE) => {
            sql.batch_execute("ROLLBACK").await?;
            Ok(false)
        }
        Err(error) => Err(error.into()),
    }
}
