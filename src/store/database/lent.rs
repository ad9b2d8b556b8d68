//! `ctx.db` and `ctx.storage` inside a transaction that has not been decided yet.
//!
//! Every change of a shop runs the plugin against its tables before anybody else sees what becomes of them:
//! the plugin's statements go through the owner's open transaction, so that undoing the change undoes what
//! the plugin did, too. Each statement passes the gate first, then runs in a savepoint as the plugin's
//! role; afterwards the role is looked at again, as after a statement of a migration. The store is
//! reached by statements of our own, because its functions go by who logged in.

use std::future::Future;
use std::sync::Arc;

use crate::store::sql::Transaction;
use futures_util::future::BoxFuture;
use serde_json::Value;
use tokio::sync::{mpsc, oneshot};
use tokio_postgres::types::ToSql;

use super::super::role;
use super::super::stream::Budget;
use super::plugin::{BUDGET, answer, check};
use super::{PluginAccess, PluginParts, failure};
use crate::model::permission::DatabaseGrant;
use crate::sandbox::{Database, DatabaseError, Rows, Storage};
use crate::store::error::StoreError;

/// Requests that may wait.
const WAITING: usize = 16;
/// Most characters of a key.
const LONGEST_KEY: usize = 255;

type Reply<T> = oneshot::Sender<Result<T, DatabaseError>>;

/// What the plugin asks of the transaction.
enum Request {
    Query(Vec<(String, Vec<Value>)>, Reply<Vec<Rows>>),
    Get(String, Reply<Option<Value>>),
    Set(String, Value, Reply<()>),
    Remove(String, Reply<bool>),
    Keys(String, Reply<Vec<String>>),
    Used(Reply<u64>),
}

/// Runs `work`, which is given the parts of a plugin that act in `tx`. When it has ended, so has
/// everything the plugin asked.
pub(in crate::store) async fn lend<T>(
    tx: &Transaction<'_>,
    budget: Budget,
    access: &PluginAccess,
    work: impl AsyncFnOnce(PluginParts) -> T,
) -> Result<T, StoreError> {
    let role = role::require(tx, &access.slug).await?;
    let millis = access.limits.timeout.duration().as_millis();
    let (sender, mut requests) = mpsc::channel(WAITING);
    let lent = Arc::new(Lent { sender, grants: access.permissions.database.clone() });
    let parts = PluginParts { database: lent.clone(), storage: lent };
    let lender = Lender { tx, budget, role, slug: access.slug.as_str() };
    tx.batch_execute(&format!("SET LOCAL statement_timeout = '{millis}ms'")).await?;
    let (ended, mut has_ended) = oneshot::channel::<()>();
    let working = async {
        let result = work(parts).await;
        let _ = ended.send(());
        result
    };
    let serving = async {
        loop {
            // A request that was begun is always carried out to its end.
            tokio::select! {
                biased;
                request = requests.recv() => match request {
                    Some(request) => lender.serve(request).await,
                    None => break,
                },
                _ = &mut has_ended => {
                    requests.close();
                    while let Ok(request) = requests.try_recv() {
                        lender.serve(request).await;
                    }
                    break;
                }
            }
        }
    };
    let (result, ()) = tokio::join!(working, serving);
    tx.batch_execute("SET LOCAL statement_timeout = 0").await?;
    Ok(result)
}

/// The transaction's side.
struct Lender<'a> {
    tx: &'a Transaction<'a>,
    budget: Budget,
    role: String,
    slug: &'a str,
}

impl Lender<'_> {
    async fn serve(&self, request: Request) {
        // Who asked may be gone; then nobody needs the answer.
        match request {
            Request::Query(statements, reply) => {
                let work = async {
                    self.batch(&format!("SET LOCAL ROLE {}", self.role)).await?;
                    let mut results = Vec::with_capacity(statements.len());
                    for (sql, parameters) in &statements {
                        results
                            .push(answer(self.tx.client(), &self.budget, sql, parameters).await?);
                        self.require_role().await?;
                    }
                    self.batch("RESET ROLE").await?;
                    Ok(results)
                };
                let _ = reply.send(self.guarded(work).await);
            }
            Request::Get(key, reply) => {
                let sql = "SELECT data_value FROM public.plugin_data
                           WHERE plugin_id = $1 AND data_key = $2";
                let work = async { Ok(self.value(sql, &[&self.slug, &key]).await?.flatten()) };
                let _ = reply.send(self.guarded(work).await);
            }
            Request::Set(key, value, reply) => {
                let _ = reply.send(self.guarded(self.set(&key, &value)).await);
            }
            Request::Remove(key, reply) => {
                let _ = reply.send(self.guarded(self.remove(&key)).await);
            }
            Request::Keys(prefix, reply) => {
                let work = async {
                    let sql = "SELECT data_key::text FROM public.plugin_data
                               WHERE plugin_id = $1 AND starts_with(data_key, $2)
                               ORDER BY data_key COLLATE \"C\" LIMIT 1000";
                    let rows = self.tx.query(sql, &[&self.slug, &prefix]).await;
                    rows.map_err(told)?.iter().map(|row| row.try_get(0).map_err(told)).collect()
                };
                let _ = reply.send(self.guarded(work).await);
            }
            Request::Used(reply) => {
                let work = async {
                    let sql = "SELECT storage_bytes FROM daino.plugin_role WHERE slug = $1";
                    let row = self.tx.query_opt(sql, &[&self.slug]).await.map_err(told)?;
                    let bytes = row.map_or(Ok(0), |row| row.try_get::<_, i64>(0)).map_err(told)?;
                    Ok(u64::try_from(bytes).unwrap_or_default())
                };
                let _ = reply.send(self.guarded(work).await);
            }
        }
    }

    /// Runs `work` in a savepoint: after a failure nothing of it is left, the role neither.
    async fn guarded<T>(
        &self,
        work: impl Future<Output = Result<T, DatabaseError>>,
    ) -> Result<T, DatabaseError> {
        self.batch("SAVEPOINT daino_lent").await?;
        self.budget.reset(BUDGET);
        let result = work.await;
        self.budget.reset(u64::MAX);
        match &result {
            Ok(_) => self.batch("RELEASE SAVEPOINT daino_lent").await?,
            Err(_) => {
                self.batch("ROLLBACK TO SAVEPOINT daino_lent; RELEASE SAVEPOINT daino_lent")
                    .await?;
            }
        }
        result
    }

    async fn require_role(&self) -> Result<(), DatabaseError> {
        let row = self.tx.query_one("SELECT current_user::text", &[]).await.map_err(told)?;
        if row.try_get::<_, String>(0).map_err(told)? != self.role {
            let message = "the statement left the plugin's own role".to_owned();
            return Err(failure::plain("DAINO_DENIED", message));
        }
        Ok(())
    }

    /// A store's write, within the quota, as `daino.storage_set` does it.
    async fn set(&self, key: &str, value: &Value) -> Result<(), DatabaseError> {
        if key.chars().count() > LONGEST_KEY {
            return Err(failure::limit(format!("a key has at most {LONGEST_KEY} characters")));
        }
        let fits = "UPDATE daino.plugin_role r SET storage_bytes = greatest(r.storage_bytes + c.n, 0)
             FROM (SELECT octet_length($2::text) + octet_length($3::jsonb::text) - coalesce((
                     SELECT octet_length(d.data_key) + octet_length(d.data_value::text)
                     FROM public.plugin_data d WHERE d.plugin_id = $1 AND d.data_key = $2), 0) AS n) c
             WHERE r.slug = $1 AND (c.n <= 0 OR r.storage_bytes + c.n <= r.storage_quota)";
        if self.tx.execute(fits, &[&self.slug, &key, value]).await.map_err(told)? == 0 {
            return Err(failure::limit(
                "the storage is full (`resourceLimits.storage`)".to_owned(),
            ));
        }
        let write = "INSERT INTO public.plugin_data AS d (plugin_id, data_key, data_value)
             VALUES ($1, $2, $3) ON CONFLICT (plugin_id, data_key COLLATE \"C\")
             DO UPDATE SET data_value = excluded.data_value, updated_at = now()";
        self.tx.execute(write, &[&self.slug, &key, value]).await.map_err(told)?;
        Ok(())
    }

    async fn remove(&self, key: &str) -> Result<bool, DatabaseError> {
        let remove = "DELETE FROM public.plugin_data WHERE plugin_id = $1 AND data_key = $2
             RETURNING (octet_length(data_key) + octet_length(data_value::text))::bigint";
        let Some(freed) = self.value::<i64>(remove, &[&self.slug, &key]).await? else {
            return Ok(false);
        };
        let free = "UPDATE daino.plugin_role SET storage_bytes = greatest(storage_bytes - $2, 0)
                    WHERE slug = $1";
        self.tx.execute(free, &[&self.slug, &freed]).await.map_err(told)?;
        Ok(true)
    }

    /// The first column of the only row.
    async fn value<T: for<'r> tokio_postgres::types::FromSql<'r>>(
        &self,
        sql: &str,
        parameters: &[&(dyn ToSql + Sync)],
    ) -> Result<Option<T>, DatabaseError> {
        let row = self.tx.query_opt(sql, parameters).await.map_err(told)?;
        row.map(|row| row.try_get(0).map_err(told)).transpose()
    }

    async fn batch(&self, sql: &str) -> Result<(), DatabaseError> {
        self.tx.batch_execute(sql).await.map_err(told)
    }
}

fn told(error: tokio_postgres::Error) -> DatabaseError {
    failure::of(error, false)
}

/// The plugin's side.
struct Lent {
    sender: mpsc::Sender<Request>,
    grants: Vec<DatabaseGrant>,
}

impl Lent {
    async fn ask<T>(&self, request: impl FnOnce(Reply<T>) -> Request) -> Result<T, DatabaseError> {
        let over = || failure::connection("the update is over");
        let (reply, answer) = oneshot::channel();
        self.sender.send(request(reply)).await.map_err(|_| over())?;
        answer.await.map_err(|_| over())?
    }

    async fn run(&self, statements: Vec<(String, Vec<Value>)>) -> Result<Vec<Rows>, DatabaseError> {
        statements.iter().try_for_each(|(sql, _)| check(sql, &self.grants))?;
        self.ask(|reply| Request::Query(statements, reply)).await
    }
}

impl Database for Lent {
    fn query<'a>(
        &'a self,
        sql: &'a str,
        parameters: &'a [Value],
    ) -> BoxFuture<'a, Result<Rows, DatabaseError>> {
        Box::pin(async move {
            let results = self.run(vec![(sql.to_owned(), parameters.to_vec())]).await?;
            Ok(results.into_iter().next().unwrap_or_default())
        })
    }

    fn transaction<'a>(
        &'a self,
        statements: &'a [(String, Vec<Value>)],
    ) -> BoxFuture<'a, Result<Vec<Rows>, DatabaseError>> {
        Box::pin(self.run(statements.to_vec()))
    }
}

impl Storage for Lent {
    fn get<'a>(&'a self, key: &'a str) -> BoxFuture<'a, Result<Option<Value>, DatabaseError>> {
        Box::pin(self.ask(|reply| Request::Get(key.to_owned(), reply)))
    }

    fn set<'a>(
        &'a self,
        key: &'a str,
        value: &'a Value,
    ) -> BoxFuture<'a, Result<(), DatabaseError>> {
        Box::pin(self.ask(|reply| Request::Set(key.to_owned(), value.clone(), reply)))
    }

    fn remove<'a>(&'a self, key: &'a str) -> BoxFuture<'a, Result<bool, DatabaseError>> {
        Box::pin(self.ask(|reply| Request::Remove(key.to_owned(), reply)))
    }

    fn keys<'a>(&'a self, prefix: &'a str) -> BoxFuture<'a, Result<Vec<String>, DatabaseError>> {
        Box::pin(self.ask(|reply| Request::Keys(prefix.to_owned(), reply)))
    }

    fn used(&self) -> BoxFuture<'_, Result<u64, DatabaseError>> {
        Box::pin(self.ask(Request::Used))
    }
}
