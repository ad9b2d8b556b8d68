//! The list of sources that a user added, and the plugins found in each: `sources.json` below the
//! settings. Finding a plugin here installs nothing and accepts nothing.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::SourceError;
use crate::model::{Manifest, PluginSlug, PluginType};
use crate::sys::file::{read_limited, write_atomic};

/// Name of the file, below the settings.
const FILE: &str = "sources.json";
/// Most bytes of it.
const LIMIT: u64 = 64 * 1024 * 1024;
const FORMAT: u32 = 1;

/// All sources.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Catalog {
    format: u32,
    /// In the order they were added.
    pub sources: Vec<Listed>,
    #[serde(skip)]
    path: PathBuf,
}

/// One source.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Listed {
    /// As it was added: `github:acme`, `github:acme/all`, or a repository's address.
    pub address: String,
    /// Address of GitHub's interface, when it is not the usual one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub api: Option<String>,
    /// When it was read, RFC 3339 in UTC.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub synced_at: Option<String>,
    /// Lists of repositories as they were answered, by their address.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub pages: BTreeMap<String, Page>,
    /// The repositories that hold plugins, or did when they were read.
    #[serde(default)]
    pub repositories: Vec<Repository>,
}

/// One page of a list of repositories.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Page {
    /// What the server knows it by.
    pub etag: Option<String>,
    /// What is on it.
    pub repositories: Vec<Repository>,
    /// Address of the next one.
    pub next: Option<String>,
}

/// One repository.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Repository {
    /// `owner/name`, or the address.
    pub name: String,
    /// What to install from.
    pub source: String,
    /// When it was last pushed to, as the server says; the same again is not read again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pushed_at: Option<String>,
    /// Whether its owner closed it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub archived: bool,
    /// Whether it is a copy of another one.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub fork: bool,
    /// The plugins in it.
    #[serde(default)]
    pub plugins: Vec<Found>,
}

/// One plugin of a repository.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Found {
    /// The plugin.
    pub slug: PluginSlug,
    /// Its version on the default branch.
    pub version: semver::Version,
    /// The name people read.
    pub title: String,
    /// What it is for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Its type.
    #[serde(rename = "type")]
    pub kind: PluginType,
    /// Words for search.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub keywords: Vec<String>,
    /// What to install.
    pub source: String,
}

impl Found {
    /// What a manifest says.
    pub(super) fn of(manifest: Manifest, source: String) -> Self {
        Self {
            slug: manifest.slug,
            version: manifest.version,
            title: manifest.name,
            description: manifest.description,
            kind: manifest.kind,
            keywords: manifest.keywords,
            source,
        }
    }

    fn holds(&self, words: &[String]) -> bool {
        let about = self.description.as_deref().unwrap_or_default();
        let all = format!("{} {} {about} {}", self.slug, self.title, self.keywords.join(" "));
        let all = all.to_lowercase();
        words.iter().all(|word| all.contains(word))
    }
}

/// A plugin with what is known of its repository.
pub(crate) struct Hit<'c> {
    /// The plugin.
    pub found: &'c Found,
    /// Its repository.
    pub repository: &'c Repository,
    /// The source it was found by.
    pub listed: &'c Listed,
}

impl Catalog {
    /// Reads the user's file; one that does not exist is empty.
    pub(crate) fn read(config: &Path) -> Result<Self, SourceError> {
        let path = config.join(FILE);
        let bytes = match read_limited(&path, LIMIT) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Ok(Self { format: FORMAT, sources: Vec::new(), path });
            }
            Err(error) => return Err(SourceError::Catalog { path, why: error.to_string() }),
        };
        let wrong = |why: String| SourceError::Catalog { path: path.clone(), why };
        let catalog: Self = serde_json::from_slice(&bytes).map_err(|e| wrong(e.to_string()))?;
        if catalog.format != FORMAT {
            return Err(wrong(format!("its format is {}, known is {FORMAT}", catalog.format)));
        }
        Ok(Self { path, ..catalog })
    }

    /// Writes it, whole or not at all.
    pub(crate) fn write(&self) -> Result<(), SourceError> {
        let wrong = |why: String| SourceError::Catalog { path: self.path.clone(), why };
        let bytes = serde_json::to_vec_pretty(self).map_err(|e| wrong(e.to_string()))?;
        if let Some(parent) = self.path.parent() {
            std::fs::create_dir_all(parent).map_err(|e| wrong(e.to_string()))?;
        }
        write_atomic(&self.path, &bytes, false).map_err(|e| wrong(e.to_string()))
    }

    /// The plugins of this slug, each repository once.
    pub(crate) fn named(&self, slug: &PluginSlug) -> Vec<Hit<'_>> {
        let mut hits = self.hits(|found| found.slug == *slug);
        let mut seen = std::collections::BTreeSet::new();
        hits.retain(|hit| seen.insert(hit.found.source.as_str()));
        hits
    }

    /// The plugins in which every word occurs.
    pub(crate) fn search(&self, text: &str, kind: Option<PluginType>) -> Vec<Hit<'_>> {
        let words: Vec<String> = text.split_whitespace().map(str::to_lowercase).collect();
        self.hits(|found| found.holds(&words) && kind.is_none_or(|kind| kind == found.kind))
    }

    fn hits(&self, wanted: impl Fn(&Found) -> bool) -> Vec<Hit<'_>> {
        let mut hits = Vec::new();
        for listed in &self.sources {
            for repository in &listed.repositories {
                let found = repository.plugins.iter().filter(|found| wanted(found));
                hits.extend(found.map(|found| Hit { found, repository, listed }));
            }
        }
        hits
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn round_trips_finds_and_refuses_damage() {
        let dir = tempfile::tempdir().unwrap();
        let mut catalog = Catalog::read(dir.path()).unwrap();
        let found: Found = serde_json::from_str(
            r#"{"slug":"acme-sms","version":"1.0.0","title":"SMS","description":"Sends texts","type":"custom","source":"github:acme/sms"}"#,
        )
        .unwrap();
        let repository = Repository { plugins: vec![found], ..Repository::default() };
        let listed = |address: &str| Listed {
            address: address.to_owned(),
            repositories: vec![repository.clone()],
            ..Listed::default()
        };
        catalog.sources = vec![listed("github:acme"), listed("github:acme/sms")];
        catalog.write().unwrap();
        let again = Catalog::read(dir.path()).unwrap();
        assert_eq!(again, catalog);
        assert_eq!(again.named(&PluginSlug::new("acme-sms").unwrap()).len(), 1, "one repository");
        assert_eq!(again.search("TEXTS sms", None).len(), 2);
        assert!(again.search("sms fax", None).is_empty());
        assert!(again.search("", Some(PluginType::Shipping)).is_empty());
        for bad in ["", "{}", r#"{"format":2,"sources":[]}"#] {
            std::fs::write(dir.path().join(FILE), bad).unwrap();
            assert!(matches!(Catalog::read(dir.path()), Err(SourceError::Catalog { .. })), "{bad}");
        }
    }
}
