//! Gives rustls its cryptography, and reqwest and database connections their trusted roots.

use std::error::Error;
use std::sync::{Arc, Once};

/// Makes ring the cryptography of every TLS connection of this process. Cheap when called again.
pub(super) fn install_provider() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        // An error only says that a provider is there already, which is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
    });
}

/// TLS settings with the system's trusted roots, for what is not HTTP.
pub(crate) fn client_config() -> Result<Arc<rustls::ClientConfig>, rustls::Error> {
    use rustls_platform_verifier::ConfigVerifierExt;
    install_provider();
    rustls::ClientConfig::with_platform_verifier().map(Arc::new)
}

/// Builds a client. A machine without any system roots still gets one: plain HTTP to loopback
/// works, and every HTTPS request fails with a certificate error.
pub(super) fn build(
    make: impl Fn() -> reqwest::ClientBuilder,
) -> Result<reqwest::Client, reqwest::Error> {
    install_provider();
    make().build().or_else(|_| make().tls_certs_only([]).build())
}

/// The TLS error inside a cause, which may be wrapped in input/output errors several times.
pub(super) fn inside<'e>(cause: &'e (dyn Error + 'static)) -> Option<&'e rustls::Error> {
    let mut cause = cause;
    loop {
        if let Some(found) = cause.downcast_ref::<rustls::Error>() {
            return Some(found);
        }
        cause = cause.downcast_ref::<std::io::Error>()?.get_ref()?;
    }
}
