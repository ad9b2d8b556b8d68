//! The passphrase of a key: for a new one, and another one for an old key.

use serde::Serialize;

use super::{checked_name, keyring, unlock};
use crate::config::env;
use crate::error::{ErrorCode, Failure};
use crate::model::question::QuestionKind;
use crate::model::{Answer, Ask, AskError, ExitCode, Question};
use crate::trust::{Passphrase, StoredKey};

pub(super) static UNFIT: ErrorCode = ErrorCode {
    id: "key.passphrase-unfit",
    exit: ExitCode::Usage,
    meaning: "A passphrase for a signing key has 8 characters or more, and is typed the same way twice.",
    remedy: "Choose a longer one, such as four words that do not belong together.",
};
pub(super) static NO_NEW: ErrorCode = ErrorCode {
    id: "key.no-new-passphrase",
    exit: ExitCode::InputNeeded,
    meaning: "The key is to get a passphrase, and none was given.",
    remedy: "Run it where you can type one, or set `DAINO_NEW_KEY_PASSPHRASE`.",
};

/// What to change.
#[derive(Debug)]
pub struct PassphraseRequest {
    /// The key; `default` when none is named.
    pub name: Option<String>,
    /// Whether the key shall have none from now on.
    pub remove: bool,
}

/// The key as it is now.
#[derive(Debug, Serialize)]
pub struct PassphraseOutcome {
    /// The key.
    pub key: StoredKey,
}

/// Gives a stored key another passphrase, or none. The key stays the same one.
pub fn change_passphrase(
    request: &PassphraseRequest,
    ask: &dyn Ask,
) -> Result<PassphraseOutcome, Failure> {
    let ring = keyring()?;
    let name = checked_name(request.name.as_deref())?;
    let key = unlock::open(ring.load(&name)?, unlock::given(), ask)?;
    let passphrase = if request.remove { None } else { Some(required(ask)?) };
    Ok(PassphraseOutcome { key: ring.protect(&name, &key, passphrase.as_ref())? })
}

/// The passphrase for a new key: of the environment, else the person's; none when nobody can be
/// asked or the person wants none.
pub(super) fn offered(ask: &dyn Ask) -> Result<Option<Passphrase>, Failure> {
    match given_new().or_else(unlock::given) {
        Some(given) => checked(given).map(Some),
        None if ask.is_interactive() => typed_twice(ask),
        None => Ok(None),
    }
}

/// The passphrase for a key that must get one.
pub(super) fn required(ask: &dyn Ask) -> Result<Passphrase, Failure> {
    let none = || Failure::new(&NO_NEW, "there is no new passphrase for the key");
    match given_new() {
        Some(given) => checked(given),
        None if ask.is_interactive() => typed_twice(ask)?.ok_or_else(none),
        None => Err(none()),
    }
}

fn given_new() -> Option<Passphrase> {
    env::read(env::NEW_KEY_PASSPHRASE).and_then(Passphrase::new)
}

fn typed_twice(ask: &dyn Ask) -> Result<Option<Passphrase>, Failure> {
    let Some(first) = typed(ask, "Passphrase for the key (return alone for none)")? else {
        return Ok(None);
    };
    let first = checked(first)?;
    match typed(ask, "The same passphrase again")? {
        Some(second) if second.is(&first) => Ok(Some(first)),
        _ => Err(Failure::new(&UNFIT, "the two passphrases are not the same")),
    }
}

fn typed(ask: &dyn Ask, text: &str) -> Result<Option<Passphrase>, Failure> {
    let question = Question {
        id: "new-key-passphrase",
        text: text.to_owned(),
        flag: env::NEW_KEY_PASSPHRASE,
        kind: QuestionKind::Secret,
    };
    match ask.ask(&question) {
        Ok(Answer::Text(text)) => Ok(Passphrase::new(text)),
        Ok(_) => Ok(None),
        Err(error @ (AskError::NoTerminal | AskError::Closed)) => {
            Err(Failure::new(&NO_NEW, "no passphrase was given").caused_by(&error))
        }
    }
}

fn checked(passphrase: Passphrase) -> Result<Passphrase, Failure> {
    if passphrase.is_long_enough() {
        return Ok(passphrase);
    }
    let message = format!("the passphrase has fewer than {} characters", Passphrase::SHORTEST);
    Err(Failure::new(&UNFIT, message))
}
