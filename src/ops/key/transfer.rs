//! Keys out of and into the keyring.

use std::io::Read;
use std::path::{Path, PathBuf};

use serde::Serialize;
use zeroize::Zeroizing;

use super::{Protection, checked_name, keyring, passphrase, unlock};
use crate::error::{ErrorCode, Failure};
use crate::model::{Ask, ExitCode};
use crate::sys::{file, private};
use crate::trust::{Keyring, StoredKey};

pub(super) static READ: ErrorCode = ErrorCode {
    id: "key.import-read",
    exit: ExitCode::Usage,
    meaning: "The key to import cannot be read. A key file has 16 KB at most.",
    remedy: "Give a key file, PKCS#8 in PEM, or a line `ed25519-seed:` and base64; `-` reads it from the \
             standard input.",
};
pub(super) static WRITE: ErrorCode = ErrorCode {
    id: "key.export-write",
    exit: ExitCode::Usage,
    meaning: "The exported key cannot be written. A file that exists is never overwritten.",
    remedy: "Choose a new file in a directory of yours.",
};

/// Largest text of a key, in bytes.
const MAX_TEXT: u64 = 16 * 1024;

/// What to export.
#[derive(Debug)]
pub struct ExportRequest {
    /// The key; `default` when none is named.
    pub name: Option<String>,
    /// Only the public half.
    pub public: bool,
    /// A new file for it; the result when there is none.
    pub output: Option<PathBuf>,
}

/// An exported key.
#[derive(Debug, Serialize)]
pub struct KeyExportOutcome {
    /// The key.
    pub key: StoredKey,
    /// Where the secret was written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<PathBuf>,
    /// The secret as PKCS#8 in PEM, encrypted, when it was written nowhere.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pem: Option<String>,
}

/// What to import.
#[derive(Debug)]
pub struct ImportRequest {
    /// The file, or `-` for the standard input.
    pub source: PathBuf,
    /// Its name here; `default` when none is given.
    pub name: Option<String>,
    /// Whether it gets a passphrase here.
    pub protection: Protection,
}

/// An imported key.
#[derive(Debug, Serialize)]
pub struct KeyImportOutcome {
    /// The key.
    pub key: StoredKey,
}

/// Gives a key away: the public half, or the secret encrypted with a passphrase.
pub fn export(request: &ExportRequest, ask: &dyn Ask) -> Result<KeyExportOutcome, Failure> {
    let ring = keyring()?;
    let name = checked_name(request.name.as_deref())?;
    let loaded = ring.load(&name)?;
    let key = ring.list()?.into_iter().find(|key| key.name == name);
    let Some(key) = key else {
        return Err(crate::trust::KeyringError::Missing(name).into());
    };
    if request.public {
        return Ok(KeyExportOutcome { key, path: None, pem: None });
    }
    let secret = unlock::open(loaded, unlock::given(), ask)?;
    let pem = Keyring::export(&secret, &passphrase::required(ask)?)?;
    let Some(path) = &request.output else {
        return Ok(KeyExportOutcome { key, path: None, pem: Some(pem.to_string()) });
    };
    private::create_file(path, pem.as_bytes()).map_err(|error| {
        let message = format!("`{}` cannot be written", path.display());
        Failure::new(&WRITE, message).caused_by(&error)
    })?;
    Ok(KeyExportOutcome { key, path: Some(path.clone()), pem: None })
}

/// Takes a key into the keyring, never over an existing one.
pub fn import(request: &ImportRequest, ask: &dyn Ask) -> Result<KeyImportOutcome, Failure> {
    let ring = keyring()?;
    let name = checked_name(request.name.as_deref())?;
    ring.refuse_existing(&name)?;
    let (text, place) = read(&request.source)?;
    let key = unlock::open(Keyring::from_text(&text, &place)?, unlock::given(), ask)?;
    let passphrase = match request.protection {
        Protection::Offered => passphrase::offered(ask)?,
        Protection::Never => None,
    };
    Ok(KeyImportOutcome { key: ring.add(&name, &key, passphrase.as_ref())? })
}

fn read(source: &Path) -> Result<(Zeroizing<String>, String), Failure> {
    let from_input = source == Path::new("-");
    let place = if from_input {
        "the standard input".to_owned()
    } else {
        format!("`{}`", source.display())
    };
    let read = if from_input { read_input() } else { file::read_limited(source, MAX_TEXT) };
    let text = read.and_then(|bytes| {
        String::from_utf8(bytes).map_err(|_| std::io::Error::other("it is not text"))
    });
    match text {
        Ok(text) => Ok((Zeroizing::new(text), place)),
        Err(error) => {
            Err(Failure::new(&READ, format!("no key can be read from {place}")).caused_by(&error))
        }
    }
}

fn read_input() -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    std::io::stdin().lock().take(MAX_TEXT + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MAX_TEXT {
        return Err(std::io::Error::other("it is too long"));
    }
    Ok(bytes)
}
