//! Which commit is meant: by version tags, by the name of a tag or branch, or by itself.
//!
//! A version tag is `1.2.3` or `v1.2.3`; in a repository of several plugins `<slug>-v1.2.3`,
//! `<slug>@1.2.3` or `<slug>/v1.2.3`, and then only the tags of the plugin that was asked for count.

use std::collections::BTreeMap;

use semver::Version;

use super::SourceError;
use super::address::{GitAddress, Selector};
use crate::model::{PluginSlug, VersionWanted};

/// Most names that an error lists.
const SHOWN: usize = 12;

/// A ref of the repository. What a tag object points to is looked through.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Head {
    /// `HEAD`, `refs/tags/v1`, `refs/heads/main`.
    pub name: String,
    /// The commit.
    pub commit: String,
}

/// What is meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Chosen {
    /// The commit.
    pub commit: String,
    /// The ref that leads there; none for a commit that no ref leads to.
    pub name: Option<String>,
    /// The version that its tag names.
    pub version: Option<Version>,
}

impl Chosen {
    /// The tag, when one was chosen.
    pub(super) fn tag(&self) -> Option<&str> {
        self.name.as_deref()?.strip_prefix("refs/tags/")
    }
}

/// Chooses.
pub(super) fn choose(address: &GitAddress, heads: &[Head]) -> Result<Chosen, SourceError> {
    let find = |name: &str| heads.iter().find(|head| head.name == name);
    let of = |head: &Head| Chosen {
        commit: head.commit.clone(),
        name: Some(head.name.clone()),
        version: None,
    };
    if heads.is_empty() {
        return Err(SourceError::Empty(address.repository().to_owned()));
    }
    match &address.select {
        Selector::Commit(commit) => {
            let named = heads.iter().find(|head| head.commit == *commit);
            Ok(Chosen {
                commit: commit.clone(),
                name: named.map(|head| head.name.clone()),
                version: None,
            })
        }
        Selector::Name(name) => {
            let tag = find(&format!("refs/tags/{name}")).map(|head| Chosen {
                version: version_of(name, None).map(|(version, _)| version),
                ..of(head)
            });
            let branch = || find(&format!("refs/heads/{name}")).map(of);
            let short = || by_short_commit(name, heads);
            let channel = || match name.parse() {
                Ok(wanted @ VersionWanted::Channel(_)) => by_version(address, &wanted, heads).ok(),
                _ => None,
            };
            tag.or_else(branch)
                .or_else(short)
                .or_else(channel)
                .ok_or_else(|| no_state(address, name, heads.iter().map(|h| h.name.as_str())))
        }
        Selector::Version(wanted) => by_version(address, wanted, heads),
    }
}

/// The one commit among the tips that begins with these digits.
fn by_short_commit(text: &str, heads: &[Head]) -> Option<Chosen> {
    let is_hex = text.chars().all(|c| matches!(c, '0'..='9' | 'a'..='f'));
    if !is_hex || text.len() < 7 {
        return None;
    }
    let mut found = heads.iter().filter(|head| head.commit.starts_with(text));
    let first = found.next()?;
    found.all(|head| head.commit == first.commit).then(|| Chosen {
        commit: first.commit.clone(),
        name: Some(first.name.clone()),
        version: None,
    })
}

fn by_version(
    address: &GitAddress,
    wanted: &VersionWanted,
    heads: &[Head],
) -> Result<Chosen, SourceError> {
    let slug = address.path.as_ref().map(|path| path.file_name());
    let mut found: BTreeMap<&Version, &Head> = BTreeMap::new();
    let tagged = version_tags(slug, heads);
    for (version, head) in tagged.iter().filter(|(version, _)| wanted.accepts(version)) {
        if let Some(other) = found.insert(version, head)
            && other.commit != head.commit
        {
            let name = |head: &Head| head.name.trim_start_matches("refs/tags/").to_owned();
            return Err(SourceError::Ambiguous { first: name(other), second: name(head) });
        }
    }
    if let Some((version, head)) = found.pop_last() {
        return Ok(Chosen {
            commit: head.commit.clone(),
            name: Some(head.name.clone()),
            version: Some(version.clone()),
        });
    }
    let default = heads.iter().find(|head| head.name == "HEAD");
    match default {
        // Without any release there is only the branch; with pre-releases alone, too.
        Some(head) if *wanted == VersionWanted::Latest => {
            Ok(Chosen { commit: head.commit.clone(), name: Some(head.name.clone()), version: None })
        }
        _ => {
            let wanted = wanted.to_string();
            Err(no_state(address, &wanted, tagged.iter().map(|(_, head)| head.name.as_str())))
        }
    }
}

/// The version tags that count: of the plugin alone where it has any, else those of the repository,
/// else those of the one plugin that has any.
fn version_tags<'h>(slug: Option<&str>, heads: &'h [Head]) -> Vec<(Version, &'h Head)> {
    let mut plain = Vec::new();
    let mut of: BTreeMap<String, Vec<(Version, &Head)>> = BTreeMap::new();
    for head in heads {
        let Some(tag) = head.name.strip_prefix("refs/tags/") else { continue };
        match version_of(tag, slug) {
            Some((version, None)) => plain.push((version, head)),
            Some((version, Some(slug))) => of.entry(slug).or_default().push((version, head)),
            None => {}
        }
    }
    if let Some(own) = slug.and_then(|slug| of.remove(slug)) {
        return own;
    }
    match of.len() {
        1 if plain.is_empty() && slug.is_none() => of.into_values().next().unwrap_or_default(),
        _ => plain,
    }
}

/// The version a tag names, and the plugin when it names one.
fn version_of(tag: &str, slug: Option<&str>) -> Option<(Version, Option<String>)> {
    let read = |text: &str| Version::parse(text.strip_prefix('v').unwrap_or(text)).ok();
    if let Some(version) = read(tag) {
        return Some((version, None));
    }
    if let Some(rest) = slug.and_then(|slug| tag.strip_prefix(slug)) {
        let rest = rest.strip_prefix(['-', '@', '/']);
        if let Some(version) = rest.and_then(read) {
            return Some((version, slug.map(str::to_owned)));
        }
    }
    for separator in ["@", "/", "-v", "-"] {
        if let Some((name, rest)) = tag.split_once(separator)
            && let Some(version) = read(rest)
            && PluginSlug::new(name).is_ok()
        {
            return Some((version, Some(name.to_owned())));
        }
    }
    // A slug may hold `-v` or a hyphen itself: the last one parts it from the version.
    let (name, rest) = tag.rsplit_once("-v")?;
    let version = read(rest)?;
    PluginSlug::new(name).ok().map(|slug| (version, Some(slug.as_str().to_owned())))
}

fn no_state<'a>(
    address: &GitAddress,
    wanted: &str,
    known: impl Iterator<Item = &'a str>,
) -> SourceError {
    let names: Vec<&str> = known
        .filter_map(|name| {
            name.strip_prefix("refs/tags/").or_else(|| name.strip_prefix("refs/heads/"))
        })
        .collect();
    let more = names.len().saturating_sub(SHOWN);
    let mut shown = names.into_iter().rev().take(SHOWN).collect::<Vec<_>>().join(", ");
    if more > 0 {
        shown.push_str(&format!(" and {more} more"));
    }
    SourceError::NoState {
        repository: address.repository().to_owned(),
        wanted: wanted.to_owned(),
        known: if shown.is_empty() { "none".to_owned() } else { shown },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heads(names: &[(&str, char)]) -> Vec<Head> {
        let full = |name: &str| match name {
            "HEAD" => name.to_owned(),
            name => name.strip_prefix('~').map_or_else(
                || format!("refs/tags/{name}"),
                |branch| format!("refs/heads/{branch}"),
            ),
        };
        names
            .iter()
            .map(|(name, commit)| Head { name: full(name), commit: commit.to_string().repeat(40) })
            .collect()
    }

    fn chosen(source: &str, heads: &[Head]) -> String {
        match choose(&source.parse().unwrap(), heads) {
            Ok(chosen) => {
                let version = chosen.version.map_or_else(String::new, |v| format!(" {v}"));
                format!("{}{version}", &chosen.commit[..1])
            }
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn versions_names_and_commits_lead_to_one_commit() {
        let plain = heads(&[
            ("HEAD", 'f'),
            ("~main", 'f'),
            ("v1.0.0", 'a'),
            ("v1.2.0", 'b'),
            ("2.0.0-rc.1", 'c'),
            ("nightly", 'd'),
        ]);
        for (select, expected) in [
            ("", "b 1.2.0"),
            ("@latest", "b 1.2.0"),
            ("@^1", "b 1.2.0"),
            ("@~1.0", "a 1.0.0"),
            ("@1.0.0", "a 1.0.0"),
            ("@v1.0.0", "a 1.0.0"),
            ("@2.0.0-rc.1", "c 2.0.0-rc.1"),
            ("@nightly", "d"),
            ("@main", "f"),
            ("@ddddddd", "d"),
        ] {
            assert_eq!(chosen(&format!("github:acme/sms{select}"), &plain), expected, "{select}");
        }
        let commit = format!("github:acme/sms@{}", "9".repeat(40));
        assert_eq!(chosen(&commit, &plain), "9");
        let missing = chosen("github:acme/sms@^3", &plain);
        assert!(missing.contains("has no `^3`") && missing.contains("v1.2.0"), "{missing}");
        assert!(chosen("github:acme/sms", &[]).contains("is empty"));
        assert_eq!(chosen("github:acme/sms", &heads(&[("HEAD", 'f'), ("~main", 'f')])), "f");
    }

    #[test]
    fn tags_of_a_plugin_count_before_those_of_its_repository() {
        let many = heads(&[
            ("HEAD", 'f'),
            ("v9.0.0", 'e'),
            ("sms-v1.0.0", 'a'),
            ("sms@1.1.0", 'b'),
            ("pay/v2.0.0", 'c'),
            ("acme-v2-pay-v3.0.0", 'd'),
        ]);
        assert_eq!(chosen("github:acme/all/plugins/sms", &many), "b 1.1.0");
        assert_eq!(chosen("github:acme/all/plugins/pay@^2", &many), "c 2.0.0");
        assert_eq!(chosen("github:acme/all/plugins/acme-v2-pay", &many), "d 3.0.0");
        assert_eq!(chosen("github:acme/all/plugins/other", &many), "e 9.0.0");
        assert_eq!(chosen("github:acme/all", &many), "e 9.0.0");
        assert_eq!(chosen("github:acme/all", &many[2..4]), "b 1.1.0");
        let two = heads(&[("v1.0.0", 'a'), ("1.0.0", 'b')]);
        assert!(chosen("github:acme/sms@1.0.0", &two).contains("different commits"));
        let same = heads(&[("v1.0.0", 'a'), ("1.0.0", 'a')]);
        assert_eq!(chosen("github:acme/sms@1.0.0", &same), "a 1.0.0");
    }
}
