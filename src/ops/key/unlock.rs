//! The key to sign with, opened.

use super::{SIGNING_KEY_VARIABLE, TEXT, checked_name, keyring_in};
use crate::config::{Settings, env};
use crate::error::{ErrorCode, Failure};
use crate::model::question::QuestionKind;
use crate::model::{Answer, Ask, AskError, ExitCode, Question};
use crate::trust::{Keyring, KeyringError, Loaded, LockedKey, Passphrase, SigningKey};

pub(super) static LOCKED: ErrorCode = ErrorCode {
    id: "key.locked",
    exit: ExitCode::InputNeeded,
    meaning: "A passphrase protects the signing key, and it was not given.",
    remedy: "Run it where you can type the passphrase, or set `DAINO_KEY_PASSPHRASE`.",
};

/// How often a person may try.
const TRIES: usize = 3;

/// The key to sign with: the one named, else that of `DAINO_SIGNING_KEY`, else `default`. A protected
/// one is opened with `DAINO_KEY_PASSPHRASE`, or by asking.
pub fn signing_key(
    settings: &Settings,
    name: Option<&str>,
    ask: &dyn Ask,
) -> Result<SigningKey, Failure> {
    let loaded = match from_environment(settings, name)? {
        Some(loaded) => loaded,
        None => keyring_in(&settings.dirs().config).load(&checked_name(name)?)?,
    };
    let given = if settings.reads_environment() { given() } else { None };
    open(loaded, given, ask)
}

fn from_environment(settings: &Settings, name: Option<&str>) -> Result<Option<Loaded>, Failure> {
    if name.is_some() || !settings.reads_environment() {
        return Ok(None);
    }
    let Some(text) = std::env::var_os(SIGNING_KEY_VARIABLE).filter(|text| !text.is_empty()) else {
        return Ok(None);
    };
    let text = text
        .to_str()
        .ok_or_else(|| Failure::new(&TEXT, format!("`{SIGNING_KEY_VARIABLE}` is not text")))?;
    Ok(Some(Keyring::from_text(text, &format!("`{SIGNING_KEY_VARIABLE}`"))?))
}

/// The passphrase of the environment.
pub(super) fn given() -> Option<Passphrase> {
    env::read(env::KEY_PASSPHRASE).and_then(Passphrase::new)
}

/// Opens a key: with the passphrase given, which must be right, else by asking.
pub(super) fn open(
    loaded: Loaded,
    given: Option<Passphrase>,
    ask: &dyn Ask,
) -> Result<SigningKey, Failure> {
    let locked = match loaded {
        Loaded::Open(key) => return Ok(key),
        Loaded::Locked(locked) => locked,
    };
    if let Some(passphrase) = given {
        return Ok(locked.open(&passphrase)?);
    }
    let mut tries = 1;
    loop {
        match locked.open(&asked(&locked, ask)?) {
            Err(KeyringError::Passphrase(_)) if tries < TRIES => tries += 1,
            other => return Ok(other?),
        }
    }
}

fn asked(locked: &LockedKey, ask: &dyn Ask) -> Result<Passphrase, Failure> {
    let question = Question {
        id: "key-passphrase",
        text: format!("Passphrase of the signing key in {}", locked.place()),
        flag: env::KEY_PASSPHRASE,
        kind: QuestionKind::Secret,
    };
    let refusal =
        || Failure::new(&LOCKED, format!("the signing key in {} is locked", locked.place()));
    match ask.ask(&question) {
        Ok(Answer::Text(text)) => Passphrase::new(text).ok_or_else(refusal),
        Ok(_) => Err(refusal()),
        Err(error @ (AskError::NoTerminal | AskError::Closed)) => Err(refusal().caused_by(&error)),
    }
}
