//! Makes, lists and revokes the tokens of a registry. Works beside a running one.

use std::path::PathBuf;
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use serde::Serialize;

use crate::error::{ErrorCode, Failure};
use crate::model::{ExitCode, PluginSlug};
use crate::registry::{DataDir, NewToken, Token, TokenRequest, Tokens};
use crate::sys::clock::SystemClock;

/// Codes of this module.
pub(crate) const CODES: &[&ErrorCode] = &[&NAMESPACE, &EXPIRES, &NAME];

static NAMESPACE: ErrorCode = ErrorCode {
    id: "registry.token-namespace",
    exit: ExitCode::Usage,
    meaning: "A namespace follows the rule of plugin names: 2 to 63 of a-z, 0-9 and single \
              hyphens, starting with a letter.",
    remedy: "Give another one with `--namespace`.",
};
static EXPIRES: ErrorCode = ErrorCode {
    id: "registry.token-expires",
    exit: ExitCode::Usage,
    meaning: "The time a token lasts is a number of hours, days or weeks up to ten years, or \
              `never`.",
    remedy: "Write it such as `12h`, `90d`, `4w` or `never`.",
};
static NAME: ErrorCode = ErrorCode {
    id: "registry.token-name",
    exit: ExitCode::Usage,
    meaning: "The name of a token has at most 100 characters and no control characters.",
    remedy: "Give another one with `--name`.",
};

/// Longest time a token lasts, in hours.
const MAX_HOURS: i64 = 24 * 3660;
/// Longest name, in characters.
const MAX_NAME: usize = 100;

/// A token to make.
#[derive(Debug)]
pub struct TokenCreateRequest {
    /// The registry's data directory; made when it is not there.
    pub data: PathBuf,
    /// Namespaces the token may publish in.
    pub namespaces: Vec<String>,
    /// How long it lasts: `90d`, `12h`, `4w`, `never`.
    pub expires: String,
    /// What its owner calls it.
    pub name: String,
    /// Make none.
    pub dry_run: bool,
}

/// What was made.
#[derive(Debug, Serialize)]
pub struct TokenCreateOutcome {
    /// Whether it was made.
    pub made: bool,
    /// Its namespaces.
    pub namespaces: Vec<PluginSlug>,
    /// When it ends.
    pub expires_at: Option<Timestamp>,
    /// The token; none on a dry run.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub token: Option<NewToken>,
}

/// The tokens of a registry.
#[derive(Debug, Serialize)]
pub struct TokenListOutcome {
    /// Oldest first.
    pub tokens: Vec<Token>,
}

/// What was revoked.
#[derive(Debug, Serialize)]
pub struct TokenRevokeOutcome {
    /// The token.
    pub token: Token,
    /// `false`: it was revoked already, or this was a dry run.
    pub changed: bool,
}

/// Makes a token. Its text is in the outcome and nowhere else.
pub fn create(request: TokenCreateRequest) -> Result<TokenCreateOutcome, Failure> {
    let namespaces = namespaces(&request.namespaces)?;
    let lasts = lasts(&request.expires)?;
    if request.name.chars().count() > MAX_NAME || request.name.chars().any(char::is_control) {
        return Err(Failure::new(&NAME, "this cannot name a token"));
    }
    if request.dry_run {
        let now = Timestamp::now();
        let expires_at = lasts.map(|lasts| now.saturating_add(lasts).unwrap_or(Timestamp::MAX));
        return Ok(TokenCreateOutcome { made: false, namespaces, expires_at, token: None });
    }
    let tokens = Tokens::open(&DataDir::make(&request.data)?, Arc::new(SystemClock))?;
    let name = request.name;
    let token = tokens.make(TokenRequest { name, namespaces: namespaces.clone(), lasts })?;
    let expires_at = token.kept.expires_at;
    Ok(TokenCreateOutcome { made: true, namespaces, expires_at, token: Some(token) })
}

/// Lists the tokens of the registry in `data`.
pub fn list(data: PathBuf) -> Result<TokenListOutcome, Failure> {
    Ok(TokenListOutcome { tokens: existing(data)?.list()? })
}

/// Revokes a token: a running registry refuses it from the next request on.
pub fn revoke(data: PathBuf, id: &str, dry_run: bool) -> Result<TokenRevokeOutcome, Failure> {
    let tokens = existing(data)?;
    tokens.find(id)?;
    let changed = !dry_run && tokens.revoke(id)?;
    Ok(TokenRevokeOutcome { token: tokens.find(id)?, changed })
}

fn existing(data: PathBuf) -> Result<Tokens, Failure> {
    Ok(Tokens::open(&DataDir::existing(data)?, Arc::new(SystemClock))?)
}

fn namespaces(texts: &[String]) -> Result<Vec<PluginSlug>, Failure> {
    let mut namespaces = Vec::new();
    for text in texts {
        let namespace = PluginSlug::new(text).map_err(|error| {
            let shown: String = text.chars().take(80).flat_map(char::escape_debug).collect();
            Failure::new(&NAMESPACE, format!("`{shown}` is not a namespace")).caused_by(&error)
        })?;
        if !namespaces.contains(&namespace) {
            namespaces.push(namespace);
        }
    }
    Ok(namespaces)
}

fn lasts(text: &str) -> Result<Option<SignedDuration>, Failure> {
    if text == "never" {
        return Ok(None);
    }
    let refuse = || {
        let shown: String = text.chars().take(40).flat_map(char::escape_debug).collect();
        Failure::new(&EXPIRES, format!("`{shown}` is not a time that a token can last"))
            .hint("write it such as `--expires 90d`")
    };
    let unit = text.chars().next_back().ok_or_else(refuse)?;
    let hours = match unit {
        'h' => 1,
        'd' => 24,
        'w' => 7 * 24,
        _ => return Err(refuse()),
    };
    let number = &text[..text.len() - unit.len_utf8()];
    if !number.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(refuse());
    }
    let hours = number.parse::<i64>().ok().and_then(|number| number.checked_mul(hours));
    match hours {
        Some(hours @ 1..=MAX_HOURS) => Ok(Some(SignedDuration::from_hours(hours))),
        _ => Err(refuse()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_strictly() {
        assert_eq!(lasts("never").unwrap(), None);
        for (text, hours) in [("12h", 12), ("90d", 2160), ("4w", 672), ("3660d", MAX_HOURS)] {
            assert_eq!(lasts(text).unwrap(), Some(SignedDuration::from_hours(hours)), "{text}");
        }
        for bad in [
            "",
            "d",
            "0d",
            "-1d",
            "+1d",
            "1",
            "90 d",
            "1.5d",
            "90D",
            "3661d",
            "9d9",
            "é",
            "99999999999999999999w",
            "9223372036854775807w",
            "Never",
        ] {
            assert_eq!(lasts(bad).unwrap_err().code().id, "registry.token-expires", "{bad}");
        }
    }
}
