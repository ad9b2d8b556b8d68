//! TLS of a database connection, in the form the driver wants it.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use futures_util::future::BoxFuture;
use rustls::ClientConfig;
use rustls::pki_types::ServerName;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio_postgres::tls::{ChannelBinding, TlsConnect, TlsStream};
use tokio_rustls::TlsConnector;

use super::stream::Metered;

/// TLS to one host, or none.
pub(super) struct Encryption(Option<(String, Arc<ClientConfig>)>);

/// An encrypted stream.
pub(super) struct Encrypted(tokio_rustls::client::TlsStream<Metered>);

impl Encryption {
    /// TLS to a server whose certificate has this host's name.
    pub(super) fn new(host: &str, config: Arc<ClientConfig>) -> Self {
        Self(Some((host.to_owned(), config)))
    }

    /// None: the driver is told not to ask for it.
    pub(super) fn none() -> Self {
        Self(None)
    }
}

impl TlsConnect<Metered> for Encryption {
    type Stream = Encrypted;
    type Error = io::Error;
    type Future = BoxFuture<'static, io::Result<Encrypted>>;

    fn connect(self, stream: Metered) -> Self::Future {
        Box::pin(async move {
            let (host, config) = self.0.ok_or_else(|| io::Error::other("no encryption"))?;
            let name = ServerName::try_from(host).map_err(io::Error::other)?;
            TlsConnector::from(config).connect(name, stream).await.map(Encrypted)
        })
    }
}

impl TlsStream for Encrypted {
    fn channel_binding(&self) -> ChannelBinding {
        // The certificate is checked against the roots and the name instead.
        ChannelBinding::none()
    }
}

impl AsyncRead for Encrypted {
    fn poll_read(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().0).poll_read(cx, buffer)
    }
}

impl AsyncWrite for Encrypted {
    fn poll_write(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        data: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.get_mut().0).poll_write(cx, data)
    }
    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().0).poll_flush(cx)
    }
    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().0).poll_shutdown(cx)
    }
}
