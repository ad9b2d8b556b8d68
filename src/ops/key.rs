//! Makes, lists and finds signing keys.

use std::path::{Path, PathBuf};

use serde::Serialize;

use crate::config::Settings;
use crate::error::{ErrorCode, Failure};
use crate::model::{ExitCode, PluginSlug};
use crate::sys::dirs::Dirs;
use crate::trust::{Keyring, SigningKey, StoredKey};

/// Codes of this module.
pub(crate) const CODES: &[&ErrorCode] = &[&NAME, &HOME, &TEXT];

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

/// Makes a signing key, never over an existing one.
pub fn generate(name: Option<&str>, dry_run: bool) -> Result<KeyGenerateOutcome, Failure> {
    generate_in(&keyring()?, name, dry_run)
}

/// Makes a signing key in this keyring.
pub fn generate_in(
    ring: &Keyring,
    name: Option<&str>,
    dry_run: bool,
) -> Result<KeyGenerateOutcome, Failure> {
    let name = checked_name(name)?;
    let path = ring.path(&name);
    if dry_run {
        ring.refuse_existing(&name)?;
        return Ok(KeyGenerateOutcome { name, path, written: false, key: None });
    }
    let key = ring.generate(&name)?;
    Ok(KeyGenerateOutcome { name, path, written: true, key: Some(key) })
}

/// Lists this user's signing keys.
pub fn list() -> Result<KeyListOutcome, Failure> {
    Ok(KeyListOutcome { keys: keyring()?.list()? })
}

/// The key to sign with: the one named, else that of `DAINO_SIGNING_KEY`, else `default`.
pub fn signing_key(settings: &Settings, name: Option<&str>) -> Result<SigningKey, Failure> {
    if name.is_none()
        && settings.reads_environment()
        && let Some(text) = std::env::var_os(SIGNING_KEY_VARIABLE).filter(|text| !text.is_empty())
    {
        let text = text
            .to_str()
            .ok_or_else(|| Failure::new(&TEXT, format!("`{SIGNING_KEY_VARIABLE}` is not text")))?;
        return Ok(Keyring::from_text(text, &format!("`{SIGNING_KEY_VARIABLE}`"))?);
    }
    Ok(keyring_in(&settings.dirs().config).signing_key(&checked_name(name)?)?)
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
