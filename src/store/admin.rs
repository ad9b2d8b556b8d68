//! Connections of the shop's owner: the role that owns the tables and makes plugins' roles.
//!
//! One that is dropped goes back to its shop, which gives it out again: a new one costs some milliseconds on
//! both sides. Whatever transaction was open on it the driver rolls back first. What was set for the session
//! stays, so a connection with such settings must be [`AdminClient::alone`].

use std::ops::{Deref, DerefMut};
use std::sync::{Arc, Mutex};

use super::connect::Connection;
use super::stream::Budget;

/// Most connections that wait to be used again.
const WAITING: usize = 2;

/// Connections that were given back.
#[derive(Default)]
pub(super) struct Waiting(Mutex<Vec<Connection>>);

impl Waiting {
    /// One that still holds.
    pub(super) fn take(self: &Arc<Self>) -> Option<AdminClient> {
        let mut waiting = self.0.lock().ok()?;
        waiting.retain(|one| !one.client.is_closed());
        waiting.pop().map(|one| AdminClient::of(one, self))
    }

    fn give_back(&self, connection: Connection) {
        if let Ok(mut waiting) = self.0.lock()
            && waiting.len() < WAITING
            && !connection.client.is_closed()
        {
            waiting.push(connection);
        }
    }

    /// Closes all of them.
    pub(super) fn close(&self) {
        if let Ok(mut waiting) = self.0.lock() {
            waiting.clear();
        }
    }
}

/// A connection of the shop's owner. It is the driver's client: `query`, `execute`,
/// `transaction()`. Dropped, it goes back to where it came from, or is closed.
pub(crate) struct AdminClient {
    /// There until it is dropped.
    connection: Option<Connection>,
    home: Option<Arc<Waiting>>,
}

impl AdminClient {
    pub(super) fn new(connection: Connection) -> Self {
        Self { connection: Some(connection), home: None }
    }

    /// One that goes back to `home`.
    pub(super) fn of(connection: Connection, home: &Arc<Waiting>) -> Self {
        Self { connection: Some(connection), home: Some(Arc::clone(home)) }
    }

    /// The same, closed when it is dropped.
    pub(super) fn alone(mut self) -> Self {
        self.home = None;
        self
    }

    /// What this connection may still receive.
    pub(super) fn budget(&self) -> Budget {
        self.connection().budget.clone()
    }

    fn connection(&self) -> &Connection {
        self.connection.as_ref().expect("it is taken when it is dropped, and not before")
    }
}

impl Drop for AdminClient {
    fn drop(&mut self) {
        if let (Some(connection), Some(home)) = (self.connection.take(), &self.home) {
            home.give_back(connection);
        }
    }
}

impl Deref for AdminClient {
    type Target = tokio_postgres::Client;
    fn deref(&self) -> &Self::Target {
        &self.connection().client
    }
}

impl DerefMut for AdminClient {
    fn deref_mut(&mut self) -> &mut Self::Target {
        let connection = self.connection.as_mut();
        &mut connection.expect("it is taken when it is dropped, and not before").client
    }
}
