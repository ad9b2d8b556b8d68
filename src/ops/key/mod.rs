//! Makes, lists, protects, moves and finds signing keys.

mod passphrase;
mod rotate;
mod transfer;
mod unlock;

use std::path::{Path, PathBuf};

use serde::Serialize;

use crate::error::{ErrorCode, Failure};
use crate::model::{Ask, ExitCode, PluginSlug};
use crate::sys::dirs::Dirs;
use crate::trust::{Keyring, Passphrase};

pub use passphrase::{PassphraseOutcome, PassphraseRequest, change_passphrase};
pub(crate) use rotate::{KeyRotateOutcome, RotateRequest, rotate};
pub use transfer::{
    ExportRequest, ImportRequest, KeyExportOutcome, KeyImportOutcome, export, import,
};
pub use unlock::signing_key;

pub(crate) use crate::trust::StoredKey;

/// Codes of this module.
pub(crate) const CODES: &[&ErrorCode] = &[
    &NAME,
    &HOME,
    &TEXT,
    &unlock::LOCKED,
    &passphrase::UNFIT,
    &passphrase::NO_NEW,
    &transfer::READ,
    &transfer::WRITE,
];

static NAME: ErrorCode = ErrorCode {
    id: "key.name",
    exit: ExitCode::Usage,
    meaning: "The name of a signing key follows the rule of plugin names: 2 to 63 of a-z, 0-9 and \
              single hyphens, starting with a letter.",
    remedy: "Choose another name, such as `release`.",
};
static HOME: ErrorCode = ErrorCode {
    id: "key.home",
    exit: ExitCode::Usage,
    meaning: "The directory of this user's settings cannot be found.",
    remedy: "Set `DAINO_HOME` to a directory of yours.",
};
static TEXT: ErrorCode = ErrorCode {
    id: "key.text",
    exit: ExitCode::Usage,
    meaning: "`DAINO_SIGNING_KEY` is set but is not text.",
    remedy: "Set it to the content of a key file, or to `ed25519-seed:` and base64 of the seed.",
};

/// Name of the key that is made and used when none is named.
pub const DEFAULT_NAME: &str = "default";
/// Holds a secret key, for machines without a keyring: the content of a key file, or
/// `ed25519-seed:` and base64 of the 32-byte seed. Goes before the keyring.
pub const SIGNING_KEY_VARIABLE: &str = "DAINO_SIGNING_KEY";

/// A key that was made, or would be.
#[derive(Debug, Serialize)]
pub struct KeyGenerateOutcome {
    /// Its name.
    pub name: PluginSlug,
    /// The private file.
    pub path: PathBuf,
    /// Whether it was made.
    pub written: bool,
    /// The key; none on a dry run.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<StoredKey>,
}

/// The keys of this user.
#[derive(Debug, Serialize)]
pub struct KeyListOutcome {
    /// Sorted by name.
    pub keys: Vec<StoredKey>,
}

/// Whether a new key gets a passphrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Protection {
    /// The one of the environment, else the one a person gives; none when there is nobody to ask.
    Offered,
    /// None.
    Never,
}

/// Makes a signing key, never over an existing one.
pub fn generate(
    name: Option<&str>,
    protection: Protection,
    dry_run: bool,
    ask: &dyn Ask,
) -> Result<KeyGenerateOutcome, Failure> {
    let ring = keyring()?;
    ring.refuse_existing(&checked_name(name)?)?;
    let passphrase = match protection {
        Protection::Offered if !dry_run => passphrase::offered(ask)?,
        _ => None,
    };
    generate_in(&ring, name, passphrase.as_ref(), dry_run)
}

/// Makes a signing key in this keyring.
pub fn generate_in(
    ring: &Keyring,
    name: Option<&str>,
    passphrase: Option<&Passphrase>,
    dry_run: bool,
) -> Result<KeyGenerateOutcome, Failure> {
    let name = checked_name(name)?;
    let path = ring.path(&name);
    if dry_run {
        ring.refuse_existing(&name)?;
        return Ok(KeyGenerateOutcome { name, path, written: false, key: None });
    }
    let key = ring.generate(&name, passphrase)?;
    Ok(KeyGenerateOutcome { name, path, written: true, key: Some(key) })
}

/// Lists this user's signing keys.
pub fn list() -> Result<KeyListOutcome, Failure> {
    Ok(KeyListOutcome { keys: keyring()?.list()? })
}

/// The keyring of this user.
pub fn keyring() -> Result<Keyring, Failure> {
    let dirs = Dirs::find()
        .map_err(|e| Failure::new(&HOME, "this user has no settings directory").caused_by(&e))?;
    Ok(keyring_in(&dirs.config))
}

/// The keyring below a settings directory.
pub fn keyring_in(config: &Path) -> Keyring {
    Keyring::at(config.join("keys"))
}

fn checked_name(name: Option<&str>) -> Result<PluginSlug, Failure> {
    PluginSlug::new(name.unwrap_or(DEFAULT_NAME)).map_err(|e| {
        let text: String =
            name.unwrap_or_default().chars().take(80).flat_map(char::escape_debug).collect();
        Failure::new(&NAME, format!("`{text}` cannot name a signing key")).caused_by(&e)
    })
}
