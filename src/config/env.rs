//! Environment variables that settings are read from.
//!
//! Each flag can also be given as `DAINO_<FLAG>`: see `cli::environment`. The directories
//! (`DAINO_HOME`, `DAINO_CACHE`) are found by `sys::dirs`, the signing key (`DAINO_SIGNING_KEY`) by
//! `trust`. Variables of other conventions (`NO_COLOR`, `CI`, `HTTPS_PROXY`, `NO_PROXY`) keep their
//! own names.

/// URL or name of the registry.
pub(crate) const REGISTRY: &str = "DAINO_REGISTRY";
/// Token for publishing.
pub(crate) const TOKEN: &str = "DAINO_TOKEN";
/// Namespace to publish under.
pub(crate) const NAMESPACE: &str = "DAINO_NAMESPACE";
/// Name of the signing key.
pub(crate) const KEY: &str = "DAINO_KEY";
/// Passphrase of the signing key.
pub(crate) const KEY_PASSPHRASE: &str = "DAINO_KEY_PASSPHRASE";
/// Passphrase that a key gets, where it differs from the one it has.
pub(crate) const NEW_KEY_PASSPHRASE: &str = "DAINO_NEW_KEY_PASSPHRASE";
/// Passphrase of a backup in one file.
pub(crate) const BACKUP_PASSPHRASE: &str = "DAINO_BACKUP_PASSPHRASE";
/// Start of the variables that hold a plugin's secrets; the secret's name follows.
pub(crate) const SECRET: &str = "DAINO_SECRET_";
/// Token for a DainoStore host.
pub(crate) const HOST_TOKEN: &str = "DAINO_HOST_TOKEN";
/// Seconds that a Git repository may take to arrive.
pub(crate) const GIT_TIMEOUT: &str = "DAINO_GIT_TIMEOUT";
/// Tokens for Git servers: `HOST=TOKEN`, several with commas between.
pub(crate) const GIT_TOKEN: &str = "DAINO_GIT_TOKEN";
/// Seconds without a byte after which a server is given up.
pub(crate) const HTTP_TIMEOUT: &str = "DAINO_HTTP_TIMEOUT";
/// Seconds that a change waits for tables that somebody else uses: 1 to 600, otherwise 10.
pub(crate) const LOCK_TIMEOUT: &str = "DAINO_LOCK_TIMEOUT";

/// How long a change waits for tables that somebody else uses.
pub(crate) fn lock_timeout() -> std::time::Duration {
    let seconds = read(LOCK_TIMEOUT).and_then(|text| text.parse().ok());
    std::time::Duration::from_secs(seconds.filter(|n| (1..=600).contains(n)).unwrap_or(10))
}

/// The value of a variable, when it is set, not empty, and text.
pub(crate) fn read(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}
