//! Gives rustls its cryptography and reqwest its trusted roots.

use std::sync::Once;

/// Makes ring the cryptography of every TLS connection of this process. Cheap when called again.
pub(super) fn install_provider() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        // An error only says that a provider is there already, which is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
    });
}

/// Builds a client. A machine without any system roots still gets one: plain HTTP to loopback
/// works, and every HTTPS request fails with a certificate error.
pub(super) fn build(
    make: impl Fn() -> reqwest::ClientBuilder,
) -> Result<reqwest::Client, reqwest::Error> {
    install_provider();
    make().build().or_else(|_| make().tls_certs_only([]).build())
}
