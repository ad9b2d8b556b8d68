//! Packages with known weaknesses: advisories in OSV's form, and the packages that lock files name.
//!
//! Works offline from a folder of advisories. Only ranges of the npm ecosystem count; a file that is
//! no advisory is reported and changes nothing else.

use std::collections::{BTreeMap, BTreeSet};

use semver::{BuildMetadata, Version};
use serde::Deserialize;

use crate::model::{FileSet, TreePath};

/// Advisories by package.
#[derive(Debug, Default)]
pub(crate) struct Advisories {
    by_package: BTreeMap<String, Vec<Advisory>>,
    /// Files that are no advisories: name, and why.
    pub broken: Vec<(String, String)>,
    /// Packages that lie installed beside the plugin: name and version.
    pub installed: BTreeSet<(String, String)>,
}

/// One weakness of one package.
#[derive(Debug)]
pub(crate) struct Advisory {
    /// Its id: `GHSA-…`.
    pub id: String,
    /// What it is.
    pub summary: String,
    ranges: Vec<Vec<Event>>,
    versions: BTreeSet<String>,
}

#[derive(Debug, Deserialize)]
struct File {
    id: String,
    #[serde(default)]
    summary: String,
    withdrawn: Option<String>,
    #[serde(default)]
    affected: Vec<Affected>,
}

#[derive(Debug, Deserialize)]
struct Affected {
    package: Option<Package>,
    #[serde(default)]
    ranges: Vec<Range>,
    #[serde(default)]
    versions: Vec<String>,
}

#[derive(Debug, Deserialize)]
struct Package {
    ecosystem: String,
    name: String,
}

#[derive(Debug, Deserialize)]
struct Range {
    #[serde(rename = "type", default)]
    kind: String,
    #[serde(default)]
    events: Vec<Event>,
}

#[derive(Debug, Clone, Deserialize)]
struct Event {
    introduced: Option<String>,
    fixed: Option<String>,
    last_affected: Option<String>,
}

/// A version without its build.
fn version(text: &str) -> Option<Version> {
    if text == "0" {
        return Some(Version::new(0, 0, 0));
    }
    let mut version = Version::parse(text.trim_start_matches(['v', '='])).ok()?;
    version.build = BuildMetadata::EMPTY;
    Some(version)
}

impl Advisories {
    /// Adds what one file says.
    pub(crate) fn add(&mut self, name: &str, bytes: &[u8]) {
        let file: File = match serde_json::from_slice(bytes) {
            Ok(file) => file,
            Err(error) => {
                self.broken.push((name.to_owned(), error.to_string()));
                return;
            }
        };
        if file.withdrawn.is_some() {
            return;
        }
        for affected in file.affected {
            let Some(package) = affected.package.filter(|p| p.ecosystem == "npm") else { continue };
            let ranges = affected
                .ranges
                .into_iter()
                .filter(|r| {
                    r.kind.eq_ignore_ascii_case("semver")
                        || r.kind.eq_ignore_ascii_case("ecosystem")
                })
                .map(|r| r.events)
                .collect();
            self.by_package.entry(package.name).or_default().push(Advisory {
                id: file.id.clone(),
                summary: file.summary.clone(),
                ranges,
                versions: affected.versions.into_iter().collect(),
            });
        }
    }

    /// Advisories that a version of a package falls under.
    pub(crate) fn of<'a>(
        &'a self,
        package: &str,
        version: &'a str,
    ) -> impl Iterator<Item = (&'a Advisory, Option<&'a str>)> {
        let list = self.by_package.get(package).map(Vec::as_slice).unwrap_or_default();
        list.iter().filter_map(move |a| a.affects(version).map(|fixed| (a, fixed)))
    }
}

impl Advisory {
    /// Whether a version is affected, and if so the version that mends it.
    fn affects(&self, text: &str) -> Option<Option<&str>> {
        let own = version(text);
        for events in &self.ranges {
            let Some(own) = &own else { break };
            let mut steps: Vec<(Version, u8, Option<&str>)> = Vec::new();
            for event in events {
                let point = |text: &Option<String>| text.as_deref().and_then(version);
                if let Some(at) = point(&event.introduced) {
                    steps.push((at, 0, None));
                }
                if let Some(at) = point(&event.fixed) {
                    steps.push((at, 1, event.fixed.as_deref()));
                }
                if let Some(at) = point(&event.last_affected) {
                    steps.push((at, 2, None));
                }
            }
            steps.sort_by(|a, b| (&a.0, a.1).cmp(&(&b.0, b.1)));
            let mut is_affected = false;
            let mut fixed = None;
            for (at, kind, text) in &steps {
                match kind {
                    0 if at <= own => is_affected = true,
                    1 if at <= own => is_affected = false,
                    2 if at < own => is_affected = false,
                    1 if is_affected && fixed.is_none() => fixed = *text,
                    _ => {}
                }
            }
            if is_affected {
                return Some(fixed);
            }
        }
        self.versions.contains(text).then_some(None)
    }

    /// The affected versions in words: `>=1.0.0 <1.2.3`.
    pub(crate) fn range(&self) -> String {
        let mut parts = Vec::new();
        for event in self.ranges.iter().flatten() {
            let sign =
                |sign: &str, text: &Option<String>| text.as_ref().map(|v| format!("{sign}{v}"));
            parts.extend(sign(">=", &event.introduced));
            parts.extend(sign("<", &event.fixed));
            parts.extend(sign("<=", &event.last_affected));
        }
        if parts.is_empty() {
            parts.extend(self.versions.iter().take(5).cloned());
        }
        parts.join(" ")
    }
}

/// A package that a lock file names.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Locked {
    /// Its name.
    pub name: String,
    /// Its exact version.
    pub version: String,
    /// The lock file; none for what only lies installed.
    pub file: Option<TreePath>,
    /// Where in it, in bytes.
    pub at: usize,
}

/// Every package that the lock files of a plugin name.
pub(crate) fn locked(files: &FileSet) -> Vec<Locked> {
    let mut list = Vec::new();
    for (path, bytes) in files.iter() {
        let Ok(text) = std::str::from_utf8(bytes) else { continue };
        let found = match path.file_name() {
            "package-lock.json" | "npm-shrinkwrap.json" => npm(text),
            "pnpm-lock.yaml" => pnpm(text),
            "yarn.lock" => yarn(text),
            _ => continue,
        };
        list.extend(found.into_iter().map(|(name, version, at)| Locked {
            name,
            version,
            file: Some(path.clone()),
            at,
        }));
    }
    list.sort();
    list.dedup_by(|a, b| a.name == b.name && a.version == b.version && a.file == b.file);
    list
}

fn npm(text: &str) -> Vec<(String, String, usize)> {
    let Ok(json) = serde_json::from_str::<serde_json::Value>(text) else { return Vec::new() };
    let mut list = Vec::new();
    // Versions 2 and 3.
    for (key, package) in json.get("packages").and_then(|p| p.as_object()).into_iter().flatten() {
        let Some((_, name)) = key.rsplit_once("node_modules/") else { continue };
        let name = package.get("name").and_then(|n| n.as_str()).unwrap_or(name);
        if let Some(version) = package.get("version").and_then(|v| v.as_str()) {
            let at = text.find(&format!("\"{key}\"")).unwrap_or(0);
            list.push((name.to_owned(), version.to_owned(), at));
        }
    }
    if list.is_empty() {
        let mut waiting = vec![(&json, 0)];
        while let Some((node, depth)) = waiting.pop() {
            let inner = node.get("dependencies").and_then(|d| d.as_object());
            for (name, package) in inner.into_iter().flatten() {
                if let Some(version) = package.get("version").and_then(|v| v.as_str()) {
                    let at = text.find(&format!("\"{name}\"")).unwrap_or(0);
                    list.push((name.clone(), version.to_owned(), at));
                }
                if depth < 32 {
                    waiting.push((package, depth + 1));
                }
            }
        }
    }
    list
}

/// `/lodash@4.17.20:`, `lodash@4.17.20(peer@1.0.0):`, `/lodash/4.17.20:` below `packages:`.
fn pnpm(text: &str) -> Vec<(String, String, usize)> {
    let mut list = Vec::new();
    let mut inside = false;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let body = line.trim_end();
        if !body.starts_with(' ') && !body.is_empty() {
            inside = body.starts_with("packages:") || body.starts_with("snapshots:");
            continue;
        }
        let Some(key) = body.strip_prefix("  ").filter(|k| inside && !k.starts_with(' ')) else {
            continue;
        };
        let Some(key) = key.strip_suffix(':') else { continue };
        let key = key.trim_matches(['\'', '"']).trim_start_matches('/');
        let key = key.split('(').next().unwrap_or(key);
        let split = match key.rfind('@') {
            Some(i) if i > 0 => Some((&key[..i], &key[i + 1..])),
            _ => key.rsplit_once('/'),
        };
        if let Some((name, version)) = split
            && version.starts_with(|c: char| c.is_ascii_digit())
        {
            let version = version.split('_').next().unwrap_or(version);
            list.push((name.to_owned(), version.to_owned(), start + 2));
        }
    }
    list
}

/// A head `lodash@^4.17.0:` and a line `version "4.17.20"` below it.
fn yarn(text: &str) -> Vec<(String, String, usize)> {
    let mut list = Vec::new();
    let mut head: Option<(String, usize)> = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let body = line.trim_end();
        if !body.starts_with([' ', '#']) && body.ends_with(':') {
            let first = body.trim_start_matches('"');
            let name =
                first.char_indices().skip(1).find(|(_, c)| *c == '@').map(|(i, _)| &first[..i]);
            head = name.map(|n| (n.to_owned(), start));
        } else if let Some(rest) = body.strip_prefix("  version")
            && let Some((name, place)) = head.take()
        {
            let version = rest.trim_start_matches(':').trim().trim_matches('"');
            list.push((name, version.to_owned(), place));
        }
    }
    list
}

#[cfg(test)]
mod tests {
    use super::*;

    const ADVISORY: &str = r#"{ "id": "GHSA-1", "summary": "Bad.", "affected": [ { "package": { "ecosystem": "npm", "name": "left" },
        "ranges": [ { "type": "SEMVER", "events": [ { "introduced": "0" }, { "fixed": "1.2.3" }, { "introduced": "2.0.0" }, { "last_affected": "2.1.0" } ] } ] },
        { "package": { "ecosystem": "PyPI", "name": "left" }, "versions": ["9.0.0"] } ] }"#;

    #[test]
    fn versions_fall_under_ranges() {
        let mut all = Advisories::default();
        all.add("a.json", ADVISORY.as_bytes());
        all.add("b.json", b"{ not json");
        all.add("c.json", ADVISORY.replace("\"id\"", "\"withdrawn\": \"2020\", \"id\"").as_bytes());
        let hits = |v: &'static str| {
            all.of("left", v).map(|(_, f)| f.map(str::to_owned)).collect::<Vec<_>>()
        };
        assert_eq!(hits("1.0.0"), [Some("1.2.3".to_owned())]);
        assert_eq!(hits("1.2.3-rc.1"), [Some("1.2.3".to_owned())]);
        assert_eq!(hits("2.1.0"), [None]);
        for fine in ["1.2.3", "1.9.0", "2.1.1", "9.0.0", "not-a-version"] {
            assert!(hits(fine).is_empty(), "{fine}");
        }
        assert_eq!(all.broken.len(), 1);
    }

    #[test]
    fn lock_files_of_every_kind_name_their_packages() {
        let of = |name: &str, text: &str| {
            let mut files = FileSet::new();
            files.insert(TreePath::new(name).unwrap(), text.as_bytes().to_vec());
            locked(&files)
                .into_iter()
                .map(|l| format!("{}@{}", l.name, l.version))
                .collect::<Vec<_>>()
        };
        let v3 = r#"{ "packages": { "": {}, "node_modules/@a/b": { "version": "1.0.0" }, "node_modules/c/node_modules/d": { "version": "2.0.0" } } }"#;
        assert_eq!(of("package-lock.json", v3), ["@a/b@1.0.0", "d@2.0.0"]);
        let v1 = r#"{ "dependencies": { "a": { "version": "1.0.0", "dependencies": { "b": { "version": "2.0.0" } } } } }"#;
        assert_eq!(of("package-lock.json", v1), ["a@1.0.0", "b@2.0.0"]);
        let pnpm = "lockfileVersion: '9.0'\npackages:\n\n  '@a/b@1.0.0':\n    resolution: {}\n  c@2.0.0(d@3.0.0):\n    x: y\n  /e/4.0.0:\n    x: y\n";
        assert_eq!(of("pnpm-lock.yaml", pnpm), ["@a/b@1.0.0", "c@2.0.0", "e@4.0.0"]);
        let yarn = "# yarn\n\n\"@a/b@^1.0.0\", \"@a/b@^1.1.0\":\n  version \"1.1.5\"\n\n\"c@npm:^2.0.0\":\n  version: 2.3.0\n";
        assert_eq!(of("yarn.lock", yarn), ["@a/b@1.1.5", "c@2.3.0"]);
        assert!(of("package-lock.json", "[").is_empty());
    }
}
