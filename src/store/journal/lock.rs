//! One change at a time: a row of the shop's database, locked by a connection of its own.
//!
//! The lock is gone when the connection is, so a killed program leaves none behind.

use std::time::{Duration, Instant};

use tokio_postgres::error::SqlState;

use super::super::lifecycle::LifecycleError;
use crate::store::{AdminClient, Shop};

/// How long a second operator waits.
const PATIENCE: Duration = Duration::from_secs(5);
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
                return Err(LifecycleError::Locked);
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

async fn try_lock(sql: &AdminClient) -> Result<bool, LifecycleError> {
    // A server by URL may end sessions that only hold a lock.
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
