//! Connections to the shop's database, over its socket or by URL.
//!
//! Over TCP to another machine a connection is encrypted and the server's certificate checked
//! against the system's roots and the host's name; only `sslmode=disable` says otherwise.

use std::net::IpAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use rustls::ClientConfig;
use tokio_postgres::config::{Host, SslMode};
use tokio_postgres::{CancelToken, Config};

use super::encryption::Encryption;
use super::error::StoreError;
use super::schemas::Schemas;
use super::sql::Client;
use super::stream::{Budget, Metered, Stream};
use crate::sys::socket;

/// Longest time to connect.
const PATIENCE: Duration = Duration::from_secs(10);

/// Where a server listens.
#[derive(Debug, Clone)]
pub(super) enum Endpoint {
    /// A socket of a private server.
    Socket(PathBuf),
    /// A server by URL, TCP.
    Tcp {
        /// Host name or address.
        host: String,
        /// Port.
        port: u16,
        /// How the connection is encrypted; on this machine it need not be.
        tls: Option<Arc<ClientConfig>>,
    },
}

/// Who connects to which database.
#[derive(Clone)]
pub(super) struct Login {
    /// Role.
    pub user: String,
    /// Its password.
    pub password: String,
    /// Database.
    pub database: String,
    /// The schemas of the shop in it.
    pub schemas: Arc<Schemas>,
}

/// A connection and what is needed to stop it.
pub(super) struct Connection {
    /// Our end.
    pub client: Client,
    /// Bytes that may still be received.
    pub budget: Budget,
    endpoint: Endpoint,
    cancel: CancelToken,
}

impl Endpoint {
    /// The place and the login that a URL names.
    pub(super) fn of_url(url: &str) -> Result<(Self, Login), StoreError> {
        // The driver's reason may quote the password.
        let config: Config = url
            .parse()
            .map_err(|_| StoreError::Url("it is not a PostgreSQL address".to_owned()))?;
        let port = config.get_ports().first().copied().unwrap_or(5432);
        let endpoint = match config.get_hosts() {
            [Host::Tcp(host)] => {
                let tls = tls_for(host, config.get_ssl_mode())?;
                Self::Tcp { host: host.clone(), port, tls }
            }
            #[cfg(unix)]
            [Host::Unix(dir)] => Self::Socket(dir.join(format!(".s.PGSQL.{port}"))),
            [] => return Err(StoreError::Url("it names no host".to_owned())),
            _ => return Err(StoreError::Url("it names several hosts".to_owned())),
        };
        let user = config.get_user().unwrap_or("postgres").to_owned();
        let password = config.get_password().map(String::from_utf8_lossy).unwrap_or_default();
        let database = config.get_dbname().unwrap_or(&user).to_owned();
        let schemas = Arc::default();
        Ok((endpoint, Login { password: password.into_owned(), database, user, schemas }))
    }

    /// How this connection is encrypted, for the driver.
    fn tls(&self) -> (SslMode, Encryption) {
        match self {
            Self::Tcp { host, tls: Some(config), .. } => {
                (SslMode::Require, Encryption::new(host, Arc::clone(config)))
            }
            _ => (SslMode::Disable, Encryption::none()),
        }
    }

    async fn stream(&self) -> std::io::Result<Stream> {
        match self {
            Self::Socket(path) => socket::connect(path).await.map(Stream::Local),
            Self::Tcp { host, port, .. } => {
                let stream = tokio::net::TcpStream::connect((host.as_str(), *port)).await?;
                stream.set_nodelay(true)?;
                Ok(Stream::Tcp(stream))
            }
        }
    }

    /// Connects. `setup` are settings of the session, such as `-c statement_timeout=5000`.
    pub(super) async fn connect(
        &self,
        login: &Login,
        setup: &str,
    ) -> Result<Connection, StoreError> {
        let connecting = self.connect_slowly(login, setup);
        match tokio::time::timeout(PATIENCE, connecting).await {
            Ok(done) => done,
            Err(_) => Err(StoreError::Connect("nothing for 10 seconds".to_owned())),
        }
    }

    async fn connect_slowly(&self, login: &Login, setup: &str) -> Result<Connection, StoreError> {
        let stream = self.stream().await.map_err(|e| StoreError::Connect(e.to_string()))?;
        let (mode, encryption) = self.tls();
        let mut config = Config::new();
        config
            .user(&login.user)
            .password(&login.password)
            .dbname(&login.database)
            .application_name("daino-pdk")
            .ssl_mode(mode)
            .options(format!("{} {setup}", login.schemas.session_option()));
        let budget = Budget::unlimited();
        let (client, connection) = config
            .connect_raw(Metered::new(stream, budget.clone()), encryption)
            .await
            .map_err(|e| StoreError::Connect(super::error::describe(&e)))?;
        // Ends when the client is dropped or the server goes away; the client tells its caller.
        tokio::spawn(async move { drop(connection.await) });
        let cancel = client.cancel_token();
        let client = Client::new(client, Arc::clone(&login.schemas));
        Ok(Connection { client, budget, endpoint: self.clone(), cancel })
    }
}

impl Connection {
    /// Asks the server to stop what this connection is running.
    pub(super) async fn cancel(&self) {
        let Ok(stream) = self.endpoint.stream().await else { return };
        let (_, encryption) = self.endpoint.tls();
        let stream = Metered::new(stream, Budget::unlimited());
        // Best effort: the statement's own time limit ends it otherwise.
        let _ = self.cancel.cancel_query_raw(stream, encryption).await;
    }
}

/// How a connection to `host` is encrypted: always, unless it stays on this machine or the address
/// forbids it.
fn tls_for(host: &str, mode: SslMode) -> Result<Option<Arc<ClientConfig>>, StoreError> {
    let is_here = host == "localhost" || host.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback());
    if mode == SslMode::Disable || (mode != SslMode::Require && is_here) {
        return Ok(None);
    }
    let config = crate::net::client_config();
    config.map(Some).map_err(|e| StoreError::Connect(format!("there are no trusted roots: {e}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_machines_are_reached_encrypted_unless_the_address_forbids_it() {
        let is_encrypted = |url: &str| match Endpoint::of_url(url).unwrap().0 {
            Endpoint::Tcp { tls, .. } => tls.is_some(),
            Endpoint::Socket(_) => false,
        };
        assert!(is_encrypted("postgresql://a:b@db.example.com/c"));
        assert!(is_encrypted("postgresql://a:b@10.0.0.1/c?sslmode=prefer"));
        assert!(is_encrypted("postgresql://a:b@localhost/c?sslmode=require"));
        assert!(!is_encrypted("postgresql://a:b@db.example.com/c?sslmode=disable"));
        assert!(!is_encrypted("postgresql://a:b@127.0.0.1/c"));
        assert!(!is_encrypted("postgresql://a:b@%2Frun%2Fpg/c"));
        for bad in ["", "mysql://a/b", "postgresql://", "postgresql://a,b/c", "host=a host=b x"] {
            assert!(Endpoint::of_url(bad).is_err(), "{bad}");
        }
    }
}
