//! Runs a plugin's statements, within its limits.

use std::future::Future;
use std::ops::Deref;
use std::sync::Arc;
use std::time::Duration;

use crate::store::sql::Client;
use futures_util::future::BoxFuture;
use futures_util::{StreamExt, pin_mut};
use serde_json::{Map, Value};
use tokio::sync::{Mutex, Semaphore, SemaphorePermit};
use tokio_postgres::{RowStream, Statement};

use super::super::connect::{Connection, Login};
use super::super::gate;
use super::super::server::Server;
use super::super::stream::Budget;
use super::parameter::Parameter;
use super::{cell, failure};
use crate::model::permission::DatabaseGrant;
use crate::sandbox::{Database, DatabaseError, Rows};

/// Most connections of one plugin instance.
const CONNECTIONS: usize = 4;
/// Most rows of one answer.
const MOST_ROWS: usize = 10_000;
/// Most bytes of one answer, as the server sends it and as JSON.
const MOST_BYTES: u64 = 8 * 1024 * 1024;
/// What a connection may receive for one statement: the answer and what surrounds it.
pub(super) const BUDGET: u64 = 2 * MOST_BYTES;
/// Longest statement, bytes.
const LONGEST_SQL: usize = 256 * 1024;
/// How much longer than the server's own time limit we wait before we cancel.
const GRACE: Duration = Duration::from_millis(250);

/// Connections of one plugin.
pub(in crate::store) struct Sessions {
    server: Arc<Server>,
    login: Login,
    timeout: Duration,
    permits: Semaphore,
    idle: Mutex<Vec<Connection>>,
}

/// A connection that is in use. Kept for the next statement only when it is said to be good.
pub(in crate::store) struct Session<'a> {
    connection: Option<Connection>,
    sessions: &'a Sessions,
    _permit: SemaphorePermit<'a>,
}

impl Sessions {
    pub(in crate::store) fn new(server: Arc<Server>, login: Login, timeout: Duration) -> Self {
        let permits = Semaphore::new(CONNECTIONS);
        Self { server, login, timeout, permits, idle: Mutex::default() }
    }

    /// A connection, opened when none is idle.
    pub(in crate::store) async fn take(&self) -> Result<Session<'_>, DatabaseError> {
        let closed = || failure::connection("the plugin's connections are closed");
        let permit = self.permits.acquire().await.map_err(|_| closed())?;
        let mut connection = None;
        let mut idle = self.idle.lock().await;
        while let Some(candidate) = idle.pop() {
            if !candidate.client.is_closed() {
                connection = Some(candidate);
                break;
            }
        }
        drop(idle);
        let connection = match connection {
            Some(connection) => connection,
            None => self.open().await?,
        };
        connection.budget.reset(BUDGET);
        Ok(Session { connection: Some(connection), sessions: self, _permit: permit })
    }

    async fn open(&self) -> Result<Connection, DatabaseError> {
        let millis = self.timeout.as_millis();
        let setup = format!(
            "-c timezone=UTC -c client_min_messages=error \
             -c statement_timeout={millis}ms -c lock_timeout={millis}ms \
             -c idle_in_transaction_session_timeout={}ms",
            millis + 1_000
        );
        let endpoint = self.server.endpoint().await;
        let endpoint = endpoint.map_err(|e| failure::connection(&e.to_string()))?;
        endpoint.connect(&self.login, &setup).await.map_err(|e| failure::connection(&e.to_string()))
    }

    /// Runs `work` within the plugin's time limit; past it, what runs is cancelled.
    pub(in crate::store) async fn within<T>(
        &self,
        session: &Session<'_>,
        work: impl Future<Output = Result<T, DatabaseError>>,
    ) -> Result<T, DatabaseError> {
        match tokio::time::timeout(self.timeout + GRACE, work).await {
            Ok(done) => done,
            Err(_) => {
                session.cancel().await;
                Err(failure::limit(format!(
                    "the statement took longer than {} ms",
                    self.timeout.as_millis()
                )))
            }
        }
    }
}

impl Deref for Session<'_> {
    type Target = Connection;
    fn deref(&self) -> &Connection {
        self.connection.as_ref().expect("taken only by `keep`, which ends the session")
    }
}

impl Session<'_> {
    /// Keeps the connection for the next statement.
    pub(in crate::store) async fn keep(mut self) {
        if let Some(connection) = self.connection.take() {
            self.sessions.idle.lock().await.push(connection);
        }
    }

    /// Keeps the connection when what happened left it as it was.
    pub(in crate::store) async fn settle<T>(
        self,
        result: Result<T, DatabaseError>,
    ) -> Result<T, DatabaseError> {
        let is_good = result.as_ref().map_or_else(failure::is_plain, |_| true);
        if is_good && !self.budget.is_spent() {
            self.keep().await;
        }
        result
    }
}

/// `ctx.db` of one plugin.
pub(super) struct PluginDatabase {
    sessions: Arc<Sessions>,
    grants: Vec<DatabaseGrant>,
}

impl PluginDatabase {
    pub(super) fn new(sessions: Arc<Sessions>, grants: Vec<DatabaseGrant>) -> Self {
        Self { sessions, grants }
    }

    fn check(&self, sql: &str) -> Result<(), DatabaseError> {
        check(sql, &self.grants)
    }

    async fn run(
        &self,
        session: &Session<'_>,
        sql: &str,
        parameters: &[Value],
    ) -> Result<Rows, DatabaseError> {
        let answered = answer(&session.client, &session.budget, sql, parameters).await;
        if answered.as_ref().is_err_and(|error| error.code == failure::LIMIT) {
            session.cancel().await;
        }
        answered
    }

    async fn explained<T>(
        &self,
        session: &Session<'_>,
        sql: &str,
        result: Result<T, DatabaseError>,
    ) -> Result<T, DatabaseError> {
        match result {
            Err(error) if error.code == "42501" => {
                Err(failure::explain_denial(error, sql, &session.client).await)
            }
            other => other,
        }
    }
}

/// Refuses a statement that the gate does not let through.
pub(super) fn check(sql: &str, grants: &[DatabaseGrant]) -> Result<(), DatabaseError> {
    if sql.len() > LONGEST_SQL {
        return Err(failure::limit("a statement has at most 256 KB".to_owned()));
    }
    gate::check_statement(sql, grants)
}

/// Runs one statement, up to the limits of an answer.
pub(super) async fn answer(
    client: &Client,
    budget: &Budget,
    sql: &str,
    parameters: &[Value],
) -> Result<Rows, DatabaseError> {
    let told = |e| failure::of(e, budget.is_spent());
    let statement = client.prepare_of_plugin(sql).await.map_err(told)?;
    let bound = bind(&statement, parameters)?;
    require_readable(&statement)?;
    let stream = client.query_raw(&statement, bound).await.map_err(told)?;
    collect(stream, &statement, budget).await
}

/// The parameters in the form their types want.
fn bind(statement: &Statement, values: &[Value]) -> Result<Vec<Parameter>, DatabaseError> {
    let types = statement.params();
    if types.len() != values.len() {
        return Err(failure::plain(
            "08P01",
            format!(
                "the statement has {} parameters and {} values were given",
                types.len(),
                values.len()
            ),
        ));
    }
    types
        .iter()
        .zip(values)
        .enumerate()
        .map(|(index, (wanted, value))| Parameter::new(index + 1, wanted, value))
        .collect()
}

/// Refuses a result that could not be given to the plugin, before anything is run.
fn require_readable(statement: &Statement) -> Result<(), DatabaseError> {
    for column in statement.columns() {
        if !cell::is_readable(column.type_()) {
            let (name, kind) = (column.name(), column.type_().name());
            let mut error = failure::plain(
                "DAINO_TYPE",
                format!("the column `{name}` has the type `{kind}`, which has no JSON form"),
            );
            error.hint = Some(format!("select it as text: `{name}::text`"));
            return Err(error);
        }
    }
    Ok(())
}

/// Reads the answer, up to the limits.
async fn collect(
    stream: RowStream,
    statement: &Statement,
    budget: &Budget,
) -> Result<Rows, DatabaseError> {
    let columns: Vec<String> = statement.columns().iter().map(|c| c.name().to_owned()).collect();
    let mut rows: Vec<Map<String, Value>> = Vec::new();
    let mut bytes = 0_u64;
    pin_mut!(stream);
    while let Some(row) = stream.next().await {
        let row = row.map_err(|e| failure::of(e, budget.is_spent()))?;
        let mut object = Map::new();
        for (index, column) in columns.iter().enumerate() {
            let cell::Cell { value, size } =
                row.try_get(index).map_err(|e| failure::unreadable(column, &e))?;
            bytes += size + column.len() as u64 + 4;
            object.insert(column.clone(), value);
        }
        if rows.len() >= MOST_ROWS || bytes > MOST_BYTES {
            let what = if bytes > MOST_BYTES { "8 MB" } else { "10,000 rows" };
            let mut error = failure::limit(format!("the answer has more than {what}"));
            error.hint = Some("read it in pages: `ORDER BY … LIMIT … OFFSET …`".to_owned());
            return Err(error);
        }
        rows.push(object);
    }
    let row_count = stream.rows_affected().unwrap_or(rows.len() as u64);
    Ok(Rows { columns, rows, row_count })
}

impl Database for PluginDatabase {
    fn query<'a>(
        &'a self,
        sql: &'a str,
        parameters: &'a [Value],
    ) -> BoxFuture<'a, Result<Rows, DatabaseError>> {
        Box::pin(async move {
            self.check(sql)?;
            let session = self.sessions.take().await?;
            let work = self.run(&session, sql, parameters);
            let result = self.sessions.within(&session, work).await;
            let result = self.explained(&session, sql, result).await;
            session.settle(result).await
        })
    }

    fn transaction<'a>(
        &'a self,
        statements: &'a [(String, Vec<Value>)],
    ) -> BoxFuture<'a, Result<Vec<Rows>, DatabaseError>> {
        Box::pin(async move {
            statements.iter().try_for_each(|(sql, _)| self.check(sql))?;
            let session = self.sessions.take().await?;
            let work = self.run_all(&session, statements);
            let result = self.sessions.within(&session, work).await;
            session.settle(result).await
        })
    }
}

impl PluginDatabase {
    /// All of them, or none.
    async fn run_all(
        &self,
        session: &Session<'_>,
        statements: &[(String, Vec<Value>)],
    ) -> Result<Vec<Rows>, DatabaseError> {
        let told = |e| failure::of(e, session.budget.is_spent());
        session.client.batch_execute("BEGIN").await.map_err(told)?;
        let mut results = Vec::with_capacity(statements.len());
        for (sql, parameters) in statements {
            match self.run(session, sql, parameters).await {
                Ok(rows) => results.push(rows),
                Err(error) => {
                    session.client.batch_execute("ROLLBACK").await.map_err(told)?;
                    return self.explained(session, sql, Err(error)).await;
                }
            }
        }
        session.client.batch_execute("COMMIT").await.map_err(told)?;
        Ok(results)
    }
}
