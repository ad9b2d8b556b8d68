//! The form of `config.toml` and `daino.toml`: the same keys in both.
//!
//! Unknown keys are an error that names the line and the nearest key, because a misspelt setting
//! that is silently ignored is worse than none.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::ConfigError;
use crate::sys::file::read_limited;

/// Most bytes of a settings file.
const LIMIT: u64 = 1024 * 1024;
/// Every key, for suggestions.
const KEYS: &[&str] = &[
    "registry",
    "registries",
    "publish",
    "backups",
    "store",
    "schema",
    "service-role",
    "default",
    "url",
    "token-env",
    "namespace",
    "key",
    "keep-last",
    "keep-daily",
    "keep-weekly",
];

/// One settings file as written.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    /// `[registry]`.
    #[serde(default)]
    pub registry: RegistrySection,
    /// `[registries.NAME]`.
    #[serde(default)]
    pub registries: BTreeMap<String, RegistryEntry>,
    /// `[publish]`.
    #[serde(default)]
    pub publish: PublishSection,
    /// `[backups]`.
    #[serde(default)]
    pub backups: Option<BackupsSection>,
    /// `[store]`.
    #[serde(default)]
    pub store: StoreSection,
}

/// `[store]`: what `store init` makes when no flag says otherwise.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(crate) struct StoreSection {
    /// Schema of the shop's tables; `public`.
    pub schema: Option<String>,
    /// Role of the shop's application; none.
    pub service_role: Option<String>,
}

/// `[backups]`: how many of each plugin `backup prune` keeps.
#[derive(Debug, Default, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(super) struct BackupsSection {
    /// The newest ones; 0.
    pub keep_last: u32,
    /// One a day, of so many days; 0.
    pub keep_daily: u32,
    /// One a week, of so many weeks; 0.
    pub keep_weekly: u32,
}

/// `[registry]`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RegistrySection {
    /// Name or URL of the registry used when none is given.
    pub default: Option<String>,
}

/// `[registries.NAME]`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct RegistryEntry {
    /// Address of the registry.
    pub url: String,
    /// Environment variable that holds its token.
    pub token_env: Option<String>,
}

/// `[publish]`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PublishSection {
    /// Namespace to publish under.
    pub namespace: Option<String>,
    /// Name of the signing key.
    pub key: Option<String>,
}

/// Reads a settings file; one that does not exist is empty.
pub(super) fn read(path: &Path) -> Result<File, ConfigError> {
    let text = match read_limited(path, LIMIT) {
        Ok(bytes) => bytes,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(File::default()),
        Err(source) => return Err(ConfigError::File { path: path.to_owned(), source }),
    };
    parse(&String::from_utf8_lossy(&text), path)
}

/// Reads the text of a settings file.
pub(super) fn parse<T: serde::de::DeserializeOwned>(
    text: &str,
    path: &Path,
) -> Result<T, ConfigError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    toml::from_str(text).map_err(|error| {
        let start = error.span().map_or(0, |span| span.start.min(text.len()));
        let line = text.as_bytes()[..start].iter().filter(|b| **b == b'\n').count() + 1;
        let message = error.message().lines().next().unwrap_or_default().to_owned();
        let unknown = message.strip_prefix("unknown field `");
        let suggestion = unknown.and_then(|rest| nearest(rest.split('`').next()?));
        ConfigError::Form { path: path.to_owned(), line, message, suggestion }
    })
}

fn nearest(text: &str) -> Option<String> {
    KEYS.iter()
        .map(|key| (strsim::damerau_levenshtein(text, key), key))
        .filter(|(far, key)| *far <= (key.len() / 3).max(1))
        .min()
        .map(|(_, key)| (*key).to_owned())
}

/// The nearest `daino.toml` in `dir` or a directory above it.
pub(super) fn find_project(dir: &Path) -> Option<PathBuf> {
    dir.ancestors().map(|parent| parent.join("daino.toml")).find(|path| path.is_file())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_key_names_its_line_and_the_nearest_one() {
        let error =
            parse::<File>("[publish]\nnamespase = \"x\"\n", Path::new("c.toml")).unwrap_err();
        let ConfigError::Form { line, suggestion, .. } = &error else { panic!("{error:?}") };
        assert_eq!((*line, suggestion.as_deref()), (2, Some("namespace")));
        assert!(error.to_string().starts_with("`c.toml` line 2: unknown field"), "{error}");
    }

    #[test]
    fn broken_text_is_an_error_with_a_line() {
        for text in ["\n\nx = = 1", "[registries.a]\nurl = 1", "registry = 1", "\u{feff}[", "\0"] {
            assert!(parse::<File>(text, Path::new("c.toml")).is_err(), "{text:?}");
        }
        assert!(parse::<File>("\u{feff}[registry]\ndefault = \"a\"", Path::new("c")).is_ok());
    }
}
