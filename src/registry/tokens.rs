//! Tokens for publishing: `daino_` and 256 random bits. Only the SHA-256 of a token is kept, so
//! who reads the database cannot publish. Each is for named namespaces, and usually for a time.

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;

use super::rows::{Database, tokens as rows};
use super::{DataDir, RegistryError};
use crate::model::{Digest, PluginSlug};
use crate::sys::clock::Clock;

/// What every token begins with, so that leaked ones can be searched for.
const PREFIX: &str = "daino_";
/// Characters after the prefix: base64 of 32 bytes.
const BODY: usize = 43;
/// How often the time of last use is written at most.
const USE_NOTED: SignedDuration = SignedDuration::from_secs(60);

/// A token as it is kept, without its text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Token {
    /// Id, for listing and revoking.
    pub id: String,
    /// What its owner calls it.
    pub name: String,
    /// Namespaces it may publish in.
    pub namespaces: Vec<PluginSlug>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it ends; `None`: never.
    pub expires_at: Option<Timestamp>,
    /// When it was last used, within a minute.
    pub last_used_at: Option<Timestamp>,
    /// When it was revoked.
    pub revoked_at: Option<Timestamp>,
}

/// A token to make.
#[derive(Debug, Clone)]
pub struct TokenRequest {
    /// What its owner calls it.
    pub name: String,
    /// Namespaces it may publish in.
    pub namespaces: Vec<PluginSlug>,
    /// How long it lasts; `None`: for ever.
    pub lasts: Option<SignedDuration>,
}

/// A token that was just made: the one time its text is there.
#[derive(Clone, Serialize)]
pub struct NewToken {
    /// The text to publish with.
    #[serde(rename = "token")]
    pub secret: String,
    /// What is kept.
    #[serde(flatten)]
    pub kept: Token,
}

impl std::fmt::Debug for NewToken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "NewToken({})", self.kept.id)
    }
}

/// Why a token does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    /// Not a token of this registry.
    Unknown,
    /// Over its time.
    Expired,
    /// Revoked.
    Revoked,
}

/// The tokens of one registry. Works beside a running server, which asks for every request.
#[derive(Clone)]
pub struct Tokens {
    database: Arc<Database>,
    clock: Arc<dyn Clock>,
}

impl Tokens {
    /// The tokens of the registry in `data`.
    pub fn open(data: &DataDir, clock: Arc<dyn Clock>) -> Result<Self, RegistryError> {
        Ok(Self::of(Arc::new(Database::open(data)?), clock))
    }

    pub(super) fn of(database: Arc<Database>, clock: Arc<dyn Clock>) -> Self {
        Self { database, clock }
    }

    /// When a token made now would end.
    pub fn end(&self, lasts: Option<SignedDuration>) -> Option<Timestamp> {
        lasts.map(|lasts| self.clock.now().saturating_add(lasts).unwrap_or(Timestamp::MAX))
    }

    /// Makes a token.
    pub fn make(&self, request: TokenRequest) -> Result<NewToken, RegistryError> {
        let mut random = [0u8; 32 + 6];
        getrandom::fill(&mut random).map_err(RegistryError::Random)?;
        let (secret, id) = random.split_at(32);
        let secret = format!("{PREFIX}{}", URL_SAFE_NO_PAD.encode(secret));
        let kept = Token {
            id: id.iter().map(|byte| format!("{byte:02x}")).collect(),
            name: request.name,
            namespaces: request.namespaces,
            created_at: self.clock.now(),
            expires_at: self.end(request.lasts),
            last_used_at: None,
            revoked_at: None,
        };
        self.database.write(|change| rows::add(change, &kept, &Digest::of(secret.as_bytes())))?;
        Ok(NewToken { secret, kept })
    }

    /// Every token, oldest first.
    pub fn list(&self) -> Result<Vec<Token>, RegistryError> {
        self.database.read(rows::all)
    }

    /// Revokes a token, from now on. `false`: it was revoked already.
    pub fn revoke(&self, id: &str) -> Result<bool, RegistryError> {
        self.find(id)?;
        let now = self.clock.now().to_string();
        self.database.write(|change| rows::revoke(change, id, &now))
    }

    /// The token with this id.
    pub fn find(&self, id: &str) -> Result<Token, RegistryError> {
        let mut tokens = self.list()?.into_iter();
        tokens.find(|token| token.id == id).ok_or_else(|| RegistryError::Token(id.to_owned()))
    }

    /// The token with this text, when it counts now.
    pub(super) fn check(&self, text: &str) -> Result<Result<Token, Fault>, RegistryError> {
        if !is_formed(text) {
            return Ok(Err(Fault::Unknown));
        }
        let digest = Digest::of(text.as_bytes());
        let Some(token) = self.database.read(|rows| rows::find(rows, &digest))? else {
            return Ok(Err(Fault::Unknown));
        };
        let now = self.clock.now();
        if token.revoked_at.is_some() {
            return Ok(Err(Fault::Revoked));
        }
        if token.expires_at.is_some_and(|end| end <= now) {
            return Ok(Err(Fault::Expired));
        }
        if token.last_used_at.is_none_or(|last| now.duration_since(last) >= USE_NOTED) {
            self.database.write(|change| rows::used(change, &token.id, &now.to_string()))?;
        }
        Ok(Ok(token))
    }
}

/// Whether a text has the form of a token, so that nothing else is looked up.
fn is_formed(text: &str) -> bool {
    text.strip_prefix(PREFIX).is_some_and(|body| {
        body.len() == BODY
            && body.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
    })
}
