//! `ctx.storage`: a plugin's own key/value store in `plugin_data`.
//!
//! Spoken to over the plugin's own connection, through five functions of the owner that look at
//! nothing but who is logged in (`session_user`, which no plugin can change). The role has no right
//! on the table itself, so not even SQL that got past the gate sees another plugin's rows, and the
//! quota holds whoever calls.

use std::sync::Arc;

use crate::store::sql::Client;
use futures_util::future::BoxFuture;
use serde_json::Value;
use tokio_postgres::Row;
use tokio_postgres::types::ToSql;

use super::database::Sessions;
use crate::sandbox::{DatabaseError, Storage};

/// The store of one plugin.
pub(super) struct PluginStorage {
    sessions: Arc<Sessions>,
}

impl PluginStorage {
    pub(super) fn new(sessions: Arc<Sessions>) -> Self {
        Self { sessions }
    }

    async fn ask(
        &self,
        sql: &str,
        parameters: &[&(dyn ToSql + Sync)],
    ) -> Result<Vec<Row>, DatabaseError> {
        let session = self.sessions.take().await?;
        let client: &Client = &session.client;
        let work = async {
            let rows = client.query(sql, parameters).await;
            rows.map_err(|e| super::database::storage_failure(e, session.budget.is_spent()))
        };
        let result = self.sessions.within(&session, work).await;
        session.settle(result).await
    }
}

impl Storage for PluginStorage {
    fn get<'a>(&'a self, key: &'a str) -> BoxFuture<'a, Result<Option<Value>, DatabaseError>> {
        Box::pin(async move {
            let rows = self.ask("SELECT daino.storage_get($1)", &[&key]).await?;
            Ok(rows.first().and_then(|row| row.get(0)))
        })
    }

    fn set<'a>(
        &'a self,
        key: &'a str,
        value: &'a Value,
    ) -> BoxFuture<'a, Result<(), DatabaseError>> {
        Box::pin(async move {
            self.ask("SELECT daino.storage_set($1, $2)", &[&key, value]).await.map(drop)
        })
    }

    fn remove<'a>(&'a self, key: &'a str) -> BoxFuture<'a, Result<bool, DatabaseError>> {
        Box::pin(async move {
            let rows = self.ask("SELECT daino.storage_remove($1)", &[&key]).await?;
            Ok(rows.first().is_some_and(|row| row.get(0)))
        })
    }

    fn keys<'a>(&'a self, prefix: &'a str) -> BoxFuture<'a, Result<Vec<String>, DatabaseError>> {
        Box::pin(async move {
            let rows = self.ask("SELECT daino.storage_keys($1)", &[&prefix]).await?;
            Ok(rows.iter().map(|row| row.get(0)).collect())
        })
    }

    fn used(&self) -> BoxFuture<'_, Result<u64, DatabaseError>> {
        Box::pin(async move {
            let rows = self.ask("SELECT daino.storage_used()", &[]).await?;
            let bytes = rows.first().map_or(0, |row| row.get::<_, i64>(0));
            Ok(u64::try_from(bytes).unwrap_or_default())
        })
    }
}
