//! A running registry, in this process.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::sync::{Semaphore, watch};
use tokio::task::{JoinHandle, JoinSet};

use super::answer::Answerer;
use super::app::App;
use super::routes::routes;
use super::{Config, DataDir, RegistryError, Tokens, connection};
use crate::model::event::Tell;

/// Wait before accepting again when the system has no descriptors left.
const OUT_OF_DESCRIPTORS: Duration = Duration::from_millis(200);

/// A registry that answers. Dropping it stops it at once; [`Server::shutdown`] lets requests end.
pub struct Server {
    address: SocketAddr,
    app: Arc<App>,
    stop: watch::Sender<bool>,
    accepting: Option<JoinHandle<()>>,
}

impl Server {
    /// Opens the data directory, puts right what a crash left, and listens.
    pub async fn start(config: Config) -> Result<Self, RegistryError> {
        let listener = listen(config.listen).await?;
        let address = listener
            .local_addr()
            .map_err(|source| RegistryError::Listen { address: config.listen, source })?;
        let open = move || {
            let data = DataDir::make(&config.data)?;
            let lock = data.lock()?;
            App::open(config, &data, lock)
        };
        let app = tokio::task::spawn_blocking(open).await;
        let app = Arc::new(app.map_err(|_| RegistryError::Thread)??);
        let (stop, stopped) = watch::channel(false);
        let accepting = tokio::spawn(accept(listener, app.clone(), stopped));
        Ok(Self { address, app, stop, accepting: Some(accepting) })
    }

    /// Where it listens, with the port that was chosen.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The base of its addresses. A registry that listens everywhere is called by loopback.
    pub fn url(&self) -> String {
        let mut address = self.address;
        if address.ip().is_unspecified() {
            address.set_ip(match address {
                SocketAddr::V4(_) => std::net::Ipv4Addr::LOCALHOST.into(),
                SocketAddr::V6(_) => std::net::Ipv6Addr::LOCALHOST.into(),
            });
        }
        format!("http://{address}/")
    }

    /// Its tokens.
    pub fn tokens(&self) -> Tokens {
        self.app.tokens.clone()
    }

    /// Takes no more requests, lets those under way end, and gives the data directory back.
    pub async fn shutdown(mut self) {
        let _ = self.stop.send(true);
        if let Some(accepting) = self.accepting.take() {
            let _ = accepting.await;
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Some(accepting) = self.accepting.take() {
            accepting.abort();
        }
    }
}

async fn listen(address: SocketAddr) -> Result<TcpListener, RegistryError> {
    TcpListener::bind(address).await.map_err(|source| match source.kind() {
        io::ErrorKind::AddrInUse => RegistryError::Port(address),
        _ => RegistryError::Listen { address, source },
    })
}

/// Accepts connections until told to stop, then waits for those that are open.
async fn accept(listener: TcpListener, app: Arc<App>, mut stop: watch::Receiver<bool>) {
    let answerer = Answerer::new(app.clone(), routes(app.clone()));
    let places = Arc::new(Semaphore::new(app.config.limits.connections));
    let mut open = JoinSet::new();
    loop {
        let Ok(place) = places.clone().acquire_owned().await else { break };
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            _ = stop.changed() => break,
        };
        match accepted {
            Ok((stream, peer)) => {
                let (answerer, app, stop) = (answerer.clone(), app.clone(), stop.clone());
                open.spawn(async move {
                    connection::serve(stream, peer, answerer, &app.config.limits, stop).await;
                    drop(place);
                });
            }
            // The client was gone again, or we are out of descriptors.
            Err(error) => {
                app.log().detail(format!("a connection was not accepted: {error}"));
                tokio::time::sleep(OUT_OF_DESCRIPTORS).await;
            }
        }
        while open.try_join_next().is_some() {}
    }
    drop(listener);
    let all_closed = async { while open.join_next().await.is_some() {} };
    if tokio::time::timeout(app.config.limits.drain, all_closed).await.is_err() {
        app.log().warn("some requests were cut off");
        open.abort_all();
    }
}
