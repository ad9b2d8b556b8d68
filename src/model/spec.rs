//! What a person writes to name a plugin of a registry: `SLUG`, `NAMESPACE/SLUG`, and after `@`
//! which release.

use std::fmt;
use std::str::FromStr;

use serde::Serialize;

use super::PluginSlug;
use super::slug::SlugError;

/// A plugin and which of its releases.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PluginSpec {
    /// The publisher's namespace; without it the registry is asked who has such a plugin.
    pub namespace: Option<PluginSlug>,
    /// The plugin's slug.
    pub slug: PluginSlug,
    /// Which release.
    pub version: VersionWanted,
}

/// Which release is wanted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum VersionWanted {
    /// The newest that is neither yanked nor a pre-release. What is meant when nothing is said.
    Latest,
    /// This one, also when it is yanked or a pre-release: three numbers, as in `1.2.3`.
    Exact(semver::Version),
    /// The newest of a channel: a release, or a pre-release of this name, such as `beta` for
    /// `1.3.0-beta.2`. `next` is every pre-release.
    Channel(String),
    /// The newest in a range, such as `^1.2`, `~1.2.3`, `>=1.2, <2` or `1.2` (which is `^1.2`).
    Range(semver::VersionReq),
}

/// The channels, by the first word of a pre-release. Other words stay mistakes in typing.
const CHANNELS: [&str; 7] = ["alpha", "beta", "rc", "preview", "canary", "nightly", "next"];

/// Why a text names no plugin.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SpecError {
    /// A namespace or slug that cannot be one.
    #[error(transparent)]
    Name(#[from] SlugError),
    /// What follows `@` is no version, range, channel or `latest`.
    #[error(
        "`{0}` is no version, no range of versions, no channel such as `beta` and not `latest`"
    )]
    Version(String),
}

impl VersionWanted {
    /// Whether a release of this version would do, yanked or not.
    pub fn accepts(&self, version: &semver::Version) -> bool {
        match self {
            Self::Latest => version.pre.is_empty(),
            Self::Channel(name) => {
                let of = version.pre.split('.').next().unwrap_or_default();
                version.pre.is_empty() || name == "next" || of == name
            }
            Self::Exact(wanted) => wanted == version,
            Self::Range(range) => range.matches(version),
        }
    }

    /// Whether one release is asked for by its number.
    pub fn is_exact(&self) -> bool {
        matches!(self, Self::Exact(_))
    }
}

/// Most bytes of a wanted version: more than any version that a manifest may have.
const LONGEST: usize = 256;

impl FromStr for VersionWanted {
    type Err = SpecError;
    fn from_str(text: &str) -> Result<Self, SpecError> {
        if text == "latest" {
            return Ok(Self::Latest);
        }
        if CHANNELS.contains(&text) {
            return Ok(Self::Channel(text.to_owned()));
        }
        let shown = || text.chars().take(80).flat_map(char::escape_debug).collect();
        if text.trim().is_empty() || text.len() > LONGEST {
            return Err(SpecError::Version(shown()));
        }
        if let Ok(version) = semver::Version::parse(text) {
            return Ok(Self::Exact(version));
        }
        // Written out (`1,2` is `^1, ^2`) it must be one that is read again.
        let range: Option<semver::VersionReq> = text.parse().ok();
        let range = range.filter(|range| range.to_string().len() <= LONGEST);
        range.map(Self::Range).ok_or_else(|| SpecError::Version(shown()))
    }
}

impl fmt::Display for VersionWanted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Latest => f.write_str("latest"),
            Self::Channel(name) => f.write_str(name),
            Self::Exact(version) => version.fmt(f),
            Self::Range(range) => range.fmt(f),
        }
    }
}

impl FromStr for PluginSpec {
    type Err = SpecError;
    fn from_str(text: &str) -> Result<Self, SpecError> {
        let (name, version) = match text.split_once('@') {
            Some((name, version)) => (name, version.parse()?),
            None => (text, VersionWanted::Latest),
        };
        let (namespace, slug) = match name.split_once('/') {
            Some((namespace, slug)) => (Some(PluginSlug::new(namespace)?), slug),
            None => (None, name),
        };
        Ok(Self { namespace, slug: PluginSlug::new(slug)?, version })
    }
}

impl fmt::Display for PluginSpec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(namespace) = &self.namespace {
            write!(f, "{namespace}/")?;
        }
        self.slug.fmt(f)?;
        match &self.version {
            VersionWanted::Latest => Ok(()),
            version => write!(f, "@{version}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wanted(text: &str) -> VersionWanted {
        text.parse::<PluginSpec>().unwrap().version
    }

    #[test]
    fn reads_every_form_and_shows_it_again() {
        for text in
            ["sms", "acme/sms", "acme/sms@1.2.3", "sms@^1.2", "sms@beta", "sms@1.0.0-beta.1"]
        {
            assert_eq!(text.parse::<PluginSpec>().unwrap().to_string(), text);
        }
        assert_eq!(wanted("sms@latest"), VersionWanted::Latest);
        assert!(wanted("sms@1.2.3").is_exact());
        assert!(matches!(wanted("sms@1.2"), VersionWanted::Range(_)));
        assert!(matches!(wanted("sms@>=1.2, <2"), VersionWanted::Range(_)));
    }

    #[test]
    fn refuses_everything_else() {
        for text in [
            "",
            "@1",
            "a/b/c",
            "../x",
            "acme/",
            "/sms",
            "sms@",
            "sms@x.y.z.w",
            "sms@@1",
            "SMS",
            "acme/sms@newest",
            "sms@ ",
            "https://x/y",
        ] {
            assert!(text.parse::<PluginSpec>().is_err(), "{text:?}");
        }
        assert!(format!("sms@{}", "1".repeat(10_000)).parse::<PluginSpec>().is_err());
    }

    #[test]
    fn a_pre_release_is_only_taken_when_it_is_asked_for() {
        let beta = semver::Version::parse("1.3.0-beta.1").unwrap();
        for text in ["sms", "sms@latest", "sms@^1", "sms@*", "sms@>=1.0.0"] {
            assert!(!wanted(text).accepts(&beta), "{text}");
        }
        for text in ["sms@beta", "sms@next", "sms@1.3.0-beta.1", "sms@^1.3.0-beta.0"] {
            assert!(wanted(text).accepts(&beta), "{text}");
        }
        for text in ["sms@alpha", "sms@rc"] {
            assert!(!wanted(text).accepts(&beta), "{text}");
            assert!(wanted(text).accepts(&semver::Version::new(1, 3, 0)), "{text}");
        }
    }
}
