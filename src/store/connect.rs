//! Connections to the shop's database, over its socket or by URL.
//!
//! What a connection may receive at once is bounded below the driver, because a driver reads a
//! message whole, however large the server makes it.

use std::path::PathBuf;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio_postgres::config::{Host, SslMode};
use tokio_postgres::{CancelToken, Client, Config, NoTls};

use super::error::StoreError;
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
}

/// A connection and what is needed to stop it.
pub(super) struct Connection {
    /// The driver's end.
    pub client: Client,
    /// Bytes that may still be received.
    pub budget: Budget,
    endpoint: Endpoint,
    cancel: CancelToken,
}

/// Bytes that a connection may still receive; shared with its stream.
#[derive(Debug, Clone)]
pub(super) struct Budget(Arc<AtomicU64>);

impl Budget {
    /// Permits this many bytes from now on.
    pub(super) fn reset(&self, bytes: u64) {
        self.0.store(bytes, Ordering::Relaxed);
    }
    /// Whether it was used up.
    pub(super) fn is_spent(&self) -> bool {
        self.0.load(Ordering::Relaxed) == 0
    }
}

impl Endpoint {
    /// The place and the login that a URL names.
    pub(super) fn of_url(url: &str) -> Result<(Self, Login), StoreError> {
        // The driver's reason may quote the password.
        let config: Config = url
            .parse()
            .map_err(|_| StoreError::Url("it is not a PostgreSQL address".to_owned()))?;
        if config.get_ssl_mode() == SslMode::Require {
            return Err(StoreError::Url("encrypted connections are not there yet".to_owned()));
        }
        let port = config.get_ports().first().copied().unwrap_or(5432);
        let endpoint = match config.get_hosts() {
            [Host::Tcp(host)] => Self::Tcp { host: host.clone(), port },
            #[cfg(unix)]
            [Host::Unix(dir)] => Self::Socket(dir.join(format!(".s.PGSQL.{port}"))),
            [] => return Err(StoreError::Url("it names no host".to_owned())),
            _ => return Err(StoreError::Url("it names several hosts".to_owned())),
        };
        let user = config.get_user().unwrap_or("postgres").to_owned();
        let password = config.get_password().map(String::from_utf8_lossy).unwrap_or_default();
        let database = config.get_dbname().unwrap_or(&user).to_owned();
        Ok((endpoint, Login { password: password.into_owned(), database, user }))
    }

    async fn stream(&self) -> std::io::Result<Stream> {
        match self {
            Self::Socket(path) => socket::connect(path).await.map(Stream::Local),
            Self::Tcp { host, port } => {
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
        let mut config = Config::new();
        config
            .user(&login.user)
            .password(&login.password)
            .dbname(&login.database)
            .application_name("daino-pdk")
            .ssl_mode(SslMode::Disable)
            .options(setup);
        let budget = Budget(Arc::new(AtomicU64::new(u64::MAX)));
        let metered = Metered { stream, budget: budget.clone() };
        let (client, connection) = config
            .connect_raw(metered, NoTls)
            .await
            .map_err(|e| StoreError::Connect(super::error::describe(&e)))?;
        // Ends when the client is dropped or the server goes away; the client tells its caller.
        tokio::spawn(async move { drop(connection.await) });
        let cancel = client.cancel_token();
        Ok(Connection { client, budget, endpoint: self.clone(), cancel })
    }
}

impl Connection {
    /// Asks the server to stop what this connection is running.
    pub(super) async fn cancel(&self) {
        let Ok(stream) = self.endpoint.stream().await else { return };
        // Best effort: the statement's own time limit ends it otherwise.
        let _ = self.cancel.cancel_query_raw(stream, NoTls).await;
    }
}

enum Stream {
    Local(socket::LocalStream),
    Tcp(tokio::net::TcpStream),
}

/// A stream that ends with an error once its budget is used up.
struct Metered {
    stream: Stream,
    budget: Budget,
}

macro_rules! on_stream {
    ($self:expr, $stream:ident => $call:expr) => {
        match $self {
            Stream::Local($stream) => $call,
            Stream::Tcp($stream) => $call,
        }
    };
}

impl AsyncRead for Stream {
    fn poll_read(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<std::io::Result<()>> {
        on_stream!(self.get_mut(), s => Pin::new(s).poll_read(cx, buffer))
    }
}

impl AsyncWrite for Stream {
    fn poll_write(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        data: &[u8],
    ) -> Poll<std::io::Result<usize>> {
        on_stream!(self.get_mut(), s => Pin::new(s).poll_write(cx, data))
    }
    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        on_stream!(self.get_mut(), s => Pin::new(s).poll_flush(cx))
    }
    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        on_stream!(self.get_mut(), s => Pin::new(s).poll_shutdown(cx))
    }
}

impl AsyncRead for Metered {
    fn poll_read(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<std::io::Result<()>> {
        let this = self.get_mut();
        let left = this.budget.0.load(Ordering::Relaxed);
        if left == 0 {
            return Poll::Ready(Err(std::io::Error::other("the answer is too large")));
        }
        let before = buffer.filled().len();
        let done = Pin::new(&mut this.stream).poll_read(cx, buffer);
        let got = (buffer.filled().len() - before) as u64;
        if got > 0 && left != u64::MAX {
            // A reset in between only happens while nothing is being received.
            this.budget.0.store(left.saturating_sub(got), Ordering::Relaxed);
        }
        done
    }
}

impl AsyncWrite for Metered {
    fn poll_write(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        data: &[u8],
    ) -> Poll<std::io::Result<usize>> {
        Pin::new(&mut self.get_mut().stream).poll_write(cx, data)
    }
    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_flush(cx)
    }
    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_shutdown(cx)
    }
}
