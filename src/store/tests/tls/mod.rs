//! A server that wants TLS: our private server behind a front that speaks it. The certificate is
//! for `localhost`, signed by itself, and its key protects nothing.

use std::sync::Arc;

use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::{ClientConfig, RootCertStore, ServerConfig};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, UnixStream};
use tokio_rustls::TlsAcceptor;

use crate::store::connect::Endpoint;

fn certificate() -> CertificateDer<'static> {
    CertificateDer::from_slice(include_bytes!("certificate.der"))
}

/// Serves `endpoint` over TLS on a port of this machine.
pub(super) async fn front(endpoint: Endpoint) -> u16 {
    let Endpoint::Socket(path) = endpoint else { panic!("a private server has a socket") };
    let key = PrivatePkcs8KeyDer::from(include_bytes!("key.der").to_vec());
    let config = ServerConfig::builder()
        .with_no_client_auth()
        .with_single_cert(vec![certificate()], PrivateKeyDer::Pkcs8(key))
        .unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let (acceptor, path) = (acceptor.clone(), path.clone());
            tokio::spawn(async move {
                // The request for TLS: its length and its number. Nothing else is answered.
                let mut request = [0; 8];
                stream.read_exact(&mut request).await.unwrap();
                if request != [0, 0, 0, 8, 4, 210, 22, 47] {
                    return;
                }
                stream.write_all(b"S").await.unwrap();
                let Ok(mut encrypted) = acceptor.accept(stream).await else { return };
                let mut server = UnixStream::connect(path).await.unwrap();
                let _ = tokio::io::copy_bidirectional(&mut encrypted, &mut server).await;
            });
        }
    });
    port
}

/// Settings that trust the front's certificate and nothing else.
pub(super) fn trusting() -> Arc<ClientConfig> {
    let mut roots = RootCertStore::empty();
    roots.add(certificate()).unwrap();
    Arc::new(ClientConfig::builder().with_root_certificates(roots).with_no_client_auth())
}
