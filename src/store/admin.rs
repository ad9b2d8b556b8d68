//! Connections of the shop's owner: the role that owns the tables and makes plugins' roles.

use std::ops::{Deref, DerefMut};

use super::connect::Connection;
use super::stream::Budget;

/// A connection of the shop's owner. It is a client: `query`, `execute`,
/// `transaction()`. Dropping it closes the connection.
pub(crate) struct AdminClient(Connection);

impl AdminClient {
    pub(super) fn new(connection: Connection) -> Self {
        Self(connection)
    }

    /// What this connection may still receive.
    pub(super) fn budget(&self) -> Budget {
        self.0.budget.clone()
    }
}

impl Deref for AdminClient {
    type Target = super::sql::Client;
    fn deref(&self) -> &Self::Target {
        &self.0.client
    }
}

impl DerefMut for AdminClient {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.0.client
    }
}
