//! The shop's database for real: servers, roles, attacks, crashes.

mod attack;
mod limits;
mod server;
mod storage;
mod tls;
mod values;

use serde_json::{Value, json};

use super::testing::{TestDatabase, TestDatabases};
use super::{Migration, PluginAccess, create_role, run_migration};
use crate::model::manifest::ResourceLimits;
use crate::model::permission::Permissions;
use crate::model::size::{Bytes, TimeLimit};
use crate::model::{PluginSlug, TreePath};
use crate::sandbox::{DatabaseError, Rows};

const TABLES: &str = "
    CREATE TABLE acme_notes (id serial PRIMARY KEY, text text NOT NULL, n bigint);
    INSERT INTO acme_notes (text) VALUES ('first');";

/// A test server with the plugin `acme` that has these permissions.
struct Bench {
    databases: TestDatabases,
    database: TestDatabase,
}

pub(super) fn slug(text: &str) -> PluginSlug {
    PluginSlug::new(text).unwrap()
}

pub(super) fn migration(up: &str) -> Migration {
    Migration {
        name: "0001_x".into(),
        path: TreePath::new("migrations/0001_x.sql").unwrap(),
        up: up.to_owned(),
        down: None,
    }
}

fn access(database: &[&str], limits: ResourceLimits) -> PluginAccess {
    let permissions = Permissions {
        database: database.iter().map(|grant| grant.parse().unwrap()).collect(),
        ..Permissions::default()
    };
    PluginAccess { slug: slug("acme"), permissions, limits }
}

impl Bench {
    async fn new(database: &[&str]) -> Self {
        Self::with_timeout(database, 800).await
    }

    async fn with_timeout(database: &[&str], millis: u64) -> Self {
        let limits = ResourceLimits {
            storage: Bytes::new(2_000),
            timeout: TimeLimit::new(std::time::Duration::from_millis(millis)),
            ..ResourceLimits::default()
        };
        let databases =
            TestDatabases::new(access(database, limits), vec![migration(TABLES)], false);
        let database = databases.fresh().await.unwrap();
        Self { databases, database }
    }

    /// Makes another plugin, `other`, with a table, a row in the storage and a password.
    async fn with_another_plugin(self) -> Self {
        let mut admin = self.databases.admin(&self.database).await;
        let tx = admin.transaction().await.unwrap();
        create_role(&tx, &slug("other"), &ResourceLimits::default()).await.unwrap();
        let sql =
            "CREATE TABLE other_secrets (a text); INSERT INTO other_secrets VALUES ('theirs')";
        let made = run_migration(&tx, &slug("other"), sql).await.unwrap();
        assert_eq!(made[0].name, "other_secrets");
        tx.batch_execute(
            "INSERT INTO plugin_data (plugin_id, data_key, data_value) VALUES ('other', 'k', '1');
             CREATE TABLE users (id int, password text)",
        )
        .await
        .unwrap();
        tx.commit().await.unwrap();
        self
    }

    async fn try_query(&self, sql: &str, parameters: &[Value]) -> Result<Rows, DatabaseError> {
        self.database.parts.database.query(sql, parameters).await
    }

    /// The rows, as one JSON value.
    #[track_caller]
    fn query<'a>(
        &'a self,
        sql: &'a str,
        parameters: &'a [Value],
    ) -> impl Future<Output = Value> + 'a {
        let place = std::panic::Location::caller();
        async move {
            match self.try_query(sql, parameters).await {
                Ok(rows) => json!(rows.rows),
                Err(error) => panic!("{place}: {sql}: {error:?}"),
            }
        }
    }

    async fn close(self) {
        self.databases.release(self.database).await;
        self.databases.close().await;
    }
}
