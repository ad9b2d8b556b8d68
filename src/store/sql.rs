//! A connection to a shop's database: the driver's, with the names of the shop's schemas put into what
//! is asked.

use std::ops::Deref;
use std::sync::Arc;

use bytes::Buf;
use futures_util::FutureExt;
use tokio_postgres::types::{BorrowToSql, ToSql};
use tokio_postgres::{CopyInSink, CopyOutStream, Error, Row, RowStream, Statement};

use super::schemas::{Schemas, quote};

/// Values of the placeholders of a statement.
type Values<'a> = &'a [&'a (dyn ToSql + Sync)];

/// A connection.
pub(crate) struct Client {
    driver: tokio_postgres::Client,
    schemas: Arc<Schemas>,
}

/// What is asked: text, or a statement that was prepared.
pub(crate) enum Asked<'a> {
    /// Text of ours.
    Text(&'a str),
    /// A prepared statement.
    Prepared(&'a Statement),
}

impl<'a> From<&'a str> for Asked<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text)
    }
}

impl<'a> From<&'a String> for Asked<'a> {
    fn from(text: &'a String) -> Self {
        Self::Text(text)
    }
}

impl<'a> From<&'a Statement> for Asked<'a> {
    fn from(statement: &'a Statement) -> Self {
        Self::Prepared(statement)
    }
}

/// Asks the driver for one of both.
macro_rules! ask {
    ($client:ident . $method:ident ($asked:expr, $values:expr)) => {
        match $asked.into() {
            Asked::Text(text) => {
                $client.driver.$method(&*$client.schemas.ours(text), $values).await
            }
            Asked::Prepared(statement) => $client.driver.$method(statement, $values).await,
        }
    };
}

impl Client {
    pub(super) fn new(driver: tokio_postgres::Client, schemas: Arc<Schemas>) -> Self {
        Self { driver, schemas }
    }

    /// The shop's schemas.
    pub(crate) fn schemas(&self) -> &Schemas {
        &self.schemas
    }

    /// A table of the shop, as SQL writes it.
    pub(crate) fn shop_table(&self, name: &str) -> String {
        format!("{}.{}", quote(self.schemas.shop()), quote(name))
    }

    /// Every row.
    pub(crate) async fn query<'a>(
        &self,
        asked: impl Into<Asked<'a>>,
        values: Values<'_>,
    ) -> Result<Vec<Row>, Error> {
        ask!(self.query(asked, values))
    }

    /// The only row.
    pub(crate) async fn query_one<'a>(
        &self,
        asked: impl Into<Asked<'a>>,
        values: Values<'_>,
    ) -> Result<Row, Error> {
        ask!(self.query_one(asked, values))
    }

    /// The only row, if there is one.
    pub(crate) async fn query_opt<'a>(
        &self,
        asked: impl Into<Asked<'a>>,
        values: Values<'_>,
    ) -> Result<Option<Row>, Error> {
        ask!(self.query_opt(asked, values))
    }

    /// How many rows were changed.
    pub(crate) async fn execute<'a>(
        &self,
        asked: impl Into<Asked<'a>>,
        values: Values<'_>,
    ) -> Result<u64, Error> {
        ask!(self.execute(asked, values))
    }

    /// The rows as they come.
    pub(crate) async fn query_raw<'a, P, I>(
        &self,
        asked: impl Into<Asked<'a>>,
        values: I,
    ) -> Result<RowStream, Error>
    where
        P: BorrowToSql,
        I: IntoIterator<Item = P>,
        I::IntoIter: ExactSizeIterator,
    {
        ask!(self.query_raw(asked, values))
    }

    /// Runs statements of ours.
    pub(crate) async fn batch_execute(&self, sql: &str) -> Result<(), Error> {
        self.driver.batch_execute(&self.schemas.ours(sql)).await
    }

    /// Runs statements that the server wrote down itself, or that this program got from it, as they are.
    pub(crate) async fn batch_execute_as_is(&self, sql: &str) -> Result<(), Error> {
        self.driver.batch_execute(sql).await
    }

    /// Prepares a statement of ours.
    pub(crate) async fn prepare(&self, sql: &str) -> Result<Statement, Error> {
        self.driver.prepare(&self.schemas.ours(sql)).await
    }

    /// Prepares a statement of a plugin that the gate let through.
    pub(crate) async fn prepare_of_plugin(&self, sql: &str) -> Result<Statement, Error> {
        self.driver.prepare(&self.schemas.plugins(sql)).await
    }

    /// Reads rows as the server writes them.
    pub(crate) async fn copy_out(&self, sql: &str) -> Result<CopyOutStream, Error> {
        self.driver.copy_out(&*self.schemas.ours(sql)).await
    }

    /// Writes rows as the server reads them.
    pub(crate) async fn copy_in<U: Buf + Send + 'static>(
        &self,
        sql: &str,
    ) -> Result<CopyInSink<U>, Error> {
        self.driver.copy_in(&*self.schemas.ours(sql)).await
    }

    /// Whether the connection has ended.
    pub(crate) fn is_closed(&self) -> bool {
        self.driver.is_closed()
    }

    /// Begins a transaction, which is undone unless it is committed.
    pub(crate) async fn transaction(&mut self) -> Result<Transaction<'_>, Error> {
        self.transaction_as("BEGIN").await
    }

    /// Begins one that sees a single moment.
    pub(crate) async fn transaction_of_one_moment(&mut self) -> Result<Transaction<'_>, Error> {
        self.transaction_as("BEGIN ISOLATION LEVEL REPEATABLE READ").await
    }

    /// Begins one that cannot write.
    pub(crate) async fn reading_transaction(&mut self) -> Result<Transaction<'_>, Error> {
        self.transaction_as("BEGIN READ ONLY").await
    }

    async fn transaction_as(&mut self, begin: &str) -> Result<Transaction<'_>, Error> {
        // First the value, so that whoever stops waiting leaves no transaction open.
        let transaction = Transaction { client: self, depth: 0, is_over: false };
        transaction.driver.batch_execute(begin).await?;
        Ok(transaction)
    }
}

/// A transaction; undone when it is dropped.
pub(crate) struct Transaction<'a> {
    client: &'a mut Client,
    /// How many others it is in.
    depth: usize,
    is_over: bool,
}

impl Transaction<'_> {
    /// The connection it is on.
    pub(crate) fn client(&self) -> &Client {
        self.client
    }

    /// Begins one inside this one.
    pub(crate) async fn transaction(&mut self) -> Result<Transaction<'_>, Error> {
        let depth = self.depth + 1;
        let inner = Transaction { client: self.client, depth, is_over: false };
        inner.driver.batch_execute(&format!("SAVEPOINT daino_{depth}")).await?;
        Ok(inner)
    }

    /// Keeps what was done.
    pub(crate) async fn commit(mut self) -> Result<(), Error> {
        self.is_over = true;
        let sql = match self.depth {
            0 => "COMMIT".to_owned(),
            depth => format!("RELEASE SAVEPOINT daino_{depth}"),
        };
        self.client.driver.batch_execute(&sql).await
    }

    /// Undoes it.
    pub(crate) async fn rollback(mut self) -> Result<(), Error> {
        self.is_over = true;
        self.client.driver.batch_execute(&self.undo()).await
    }

    fn undo(&self) -> String {
        match self.depth {
            0 => "ROLLBACK".to_owned(),
            depth => {
                format!("ROLLBACK TO SAVEPOINT daino_{depth}; RELEASE SAVEPOINT daino_{depth}")
            }
        }
    }
}

impl Deref for Transaction<'_> {
    type Target = Client;
    fn deref(&self) -> &Client {
        self.client
    }
}

impl Drop for Transaction<'_> {
    fn drop(&mut self) {
        if !self.is_over {
            // Asked once, it is on its way to the server, ahead of anything that comes after it.
            let _ = self.client.driver.batch_execute(&self.undo()).now_or_never();
        }
    }
}
