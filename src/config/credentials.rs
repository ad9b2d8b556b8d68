//! `credentials.toml`: registry address to token, readable by its owner alone.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use url::Url;

use super::{ConfigError, file};
use crate::sys::dirs::Dirs;
use crate::sys::file::{is_private, read_limited, write_atomic};

/// Tokens by registry address.
#[derive(Debug)]
pub(crate) struct Credentials {
    path: PathBuf,
    content: Content,
}

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Content {
    /// Address, with its final slash, to token.
    #[serde(default)]
    tokens: BTreeMap<String, String>,
}

impl Credentials {
    /// Reads the file; one that does not exist is empty, one that others can read is an error.
    pub(crate) fn read(dirs: &Dirs) -> Result<Self, ConfigError> {
        let path = dirs.config.join("credentials.toml");
        let failed = |source| ConfigError::File { path: path.clone(), source };
        let content = match read_limited(&path, 1024 * 1024) {
            Ok(bytes) => bytes,
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => {
                return Ok(Self { path, content: Content::default() });
            }
            Err(source) => return Err(failed(source)),
        };
        if !is_private(&path).map_err(failed)? {
            return Err(ConfigError::Exposed(path));
        }
        let content = file::parse(&String::from_utf8_lossy(&content), &path)?;
        Ok(Self { path, content })
    }

    /// The token for a registry.
    pub(crate) fn token(&self, registry: &Url) -> Option<String> {
        self.content.tokens.get(registry.as_str()).cloned()
    }

    /// Stores a token for a registry.
    pub(crate) fn store(&mut self, registry: &Url, token: &str) -> Result<(), ConfigError> {
        self.content.tokens.insert(registry.to_string(), token.to_owned());
        let failed = |source| ConfigError::File { path: self.path.clone(), source };
        let text = toml::to_string(&self.content).map_err(|e| failed(std::io::Error::other(e)))?;
        if let Some(parent) = self.path.parent() {
            std::fs::create_dir_all(parent).map_err(failed)?;
        }
        write_atomic(&self.path, text.as_bytes(), true).map_err(failed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_private_and_refused_when_they_are_not() {
        let root = tempfile::tempdir().unwrap();
        let home = root.path().join("home");
        let dirs = Dirs { config: home.clone(), cache: home.clone(), data: home };
        let url: Url = "https://a.example/".parse().unwrap();
        Credentials::read(&dirs).unwrap().store(&url, "secret").unwrap();
        assert_eq!(Credentials::read(&dirs).unwrap().token(&url).as_deref(), Some("secret"));
        let path = dirs.config.join("credentials.toml");
        assert!(is_private(&path).unwrap());
        let mut open = std::fs::metadata(&path).unwrap().permissions();
        #[allow(clippy::permissions_set_readonly_false)] // what it warns of is what is wanted here
        open.set_readonly(false);
        std::fs::set_permissions(&path, open).unwrap();
        if is_private(&path).unwrap() {
            return; // a system without such modes
        }
        assert!(matches!(Credentials::read(&dirs), Err(ConfigError::Exposed(_))));
    }
}
