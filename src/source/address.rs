//! What a person writes to name a repository, a plugin in it, and which state of it.
//!
//! `github:OWNER/REPO[/PATH][@SELECTOR]`, `gitlab:` likewise, or a URL: `https://`, `ssh://`,
//! `file://`, `git@HOST:PATH` (and `http://` to this machine). In a URL a path inside the
//! repository follows `.git/` or `//`; the selector follows `@` or `#`.

use std::fmt;
use std::str::FromStr;

use url::{Host, Url};

use super::SourceError;
use crate::model::{TreePath, VersionWanted};
use crate::net::is_this_machine;

/// A repository, and what is wanted of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct GitAddress {
    /// The repository: https, http to this machine, ssh or file; without query and fragment.
    pub url: Url,
    /// The plugin's directory in it, when it was said.
    pub path: Option<TreePath>,
    /// Which state.
    pub select: Selector,
    /// How it was written, without path and selector.
    shown: String,
    /// What parts the path from the repository in `shown`.
    between: &'static str,
}

/// Which state of a repository.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Selector {
    /// By its version tags; `latest` is the default branch where there are none.
    Version(VersionWanted),
    /// One commit: 40 hexadecimal digits.
    Commit(String),
    /// A tag or a branch.
    Name(String),
}

impl FromStr for Selector {
    type Err = SourceError;
    fn from_str(text: &str) -> Result<Self, SourceError> {
        let wrong = |reason| SourceError::Address { text: shorten(text), reason };
        if text.is_empty() {
            return Err(wrong("nothing follows the `@` or `#`"));
        }
        let is_hex = text.chars().all(|c| c.is_ascii_hexdigit());
        if is_hex && text.len() == 40 {
            return Ok(Self::Commit(text.to_ascii_lowercase()));
        }
        match text.parse() {
            // A branch or a tag may be called like that; where none is, it is the channel.
            Ok(VersionWanted::Channel(name)) => return Ok(Self::Name(name)),
            Ok(version) => return Ok(Self::Version(version)),
            Err(_) => {}
        }
        if !git2::Reference::is_valid_name(&format!("refs/tags/{text}")) || text.len() > 200 {
            return Err(wrong("it cannot be the name of a tag or a branch"));
        }
        Ok(Self::Name(text.to_owned()))
    }
}

impl fmt::Display for Selector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Version(version) => version.fmt(f),
            Self::Commit(text) | Self::Name(text) => f.write_str(text),
        }
    }
}

/// Whether the text has the form of a repository's address and of nothing else.
pub(crate) fn is_git(text: &str) -> bool {
    let scheme = text.split_once("://").map(|(scheme, _)| scheme);
    text.starts_with("github:")
        || text.starts_with("gitlab:")
        || scheme.is_some_and(|s| ["https", "http", "ssh", "file", "git"].contains(&s))
        || scp_parts(text).is_some()
}

/// `user@host:path`, as `git clone` takes it.
fn scp_parts(text: &str) -> Option<(&str, &str)> {
    let (left, right) = text.split_once(':')?;
    let is_host = left.contains('@') && !left.contains('/') && !right.starts_with("//");
    (is_host && !right.is_empty()).then_some((left, right))
}

impl FromStr for GitAddress {
    type Err = SourceError;
    fn from_str(text: &str) -> Result<Self, SourceError> {
        for (prefix, host) in [("github:", "github.com"), ("gitlab:", "gitlab.com")] {
            if let Some(rest) = text.strip_prefix(prefix) {
                return hosted(text, prefix, host, rest);
            }
        }
        by_url(text)
    }
}

fn hosted(text: &str, prefix: &str, host: &str, rest: &str) -> Result<GitAddress, SourceError> {
    let wrong = |reason| SourceError::Address { text: shorten(text), reason };
    let (place, select) = split_selector(rest)?;
    let mut parts = place.splitn(3, '/');
    let (owner, name) = (parts.next().unwrap_or(""), parts.next().unwrap_or(""));
    let name = name.strip_suffix(".git").unwrap_or(name);
    let is_name = |part: &str| {
        !part.is_empty()
            && !part.starts_with(['-', '.'])
            && part.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c))
    };
    if !is_name(owner) || !is_name(name) {
        return Err(wrong("expected OWNER/REPOSITORY"));
    }
    let url = format!("https://{host}/{owner}/{name}.git");
    Ok(GitAddress {
        url: Url::parse(&url).map_err(|_| wrong("it is no address"))?,
        path: path(parts.next())?,
        select,
        shown: format!("{prefix}{owner}/{name}"),
        between: "/",
    })
}

fn by_url(text: &str) -> Result<GitAddress, SourceError> {
    let wrong = |reason| SourceError::Address { text: shorten(text), reason };
    let as_url = match scp_parts(text) {
        Some((left, right)) if !text.contains("://") => {
            format!("ssh://{left}/{}", right.trim_start_matches('/'))
        }
        _ => text.to_owned(),
    };
    let start = as_url.find("://").map_or(0, |at| at + 3);
    let authority_end = as_url[start..].find('/').map_or(as_url.len(), |at| start + at);
    let (authority, rest) = as_url.split_at(authority_end);
    let (place, select) = split_selector(rest)?;
    let (repository, inside, between) = match (place.find(".git/"), place.find("//")) {
        (Some(at), _) => (&place[..at + 4], Some(&place[at + 5..]), "/"),
        (None, Some(at)) => (&place[..at], Some(&place[at + 2..]), "//"),
        (None, None) => (place, None, if place.ends_with(".git") { "/" } else { "//" }),
    };
    let shown = format!("{authority}{}", repository.trim_end_matches('/'));
    let url = Url::parse(&shown).map_err(|_| wrong("it is no address"))?;
    check(&url).map_err(wrong)?;
    Ok(GitAddress { url, path: path(inside)?, select, shown, between })
}

fn split_selector(text: &str) -> Result<(&str, Selector), SourceError> {
    match text.find(['@', '#']) {
        Some(at) => Ok((&text[..at], text[at + 1..].parse()?)),
        None => Ok((text, Selector::Version(VersionWanted::Latest))),
    }
}

fn path(text: Option<&str>) -> Result<Option<TreePath>, SourceError> {
    match text.map(|text| text.trim_matches('/')).filter(|text| !text.is_empty()) {
        Some(text) => Ok(Some(TreePath::new(text)?)),
        None => Ok(None),
    }
}

/// Refuses what no repository's address is, and what could be taken for an option of `ssh`.
fn check(url: &Url) -> Result<(), &'static str> {
    if url.query().is_some() {
        return Err("it has a `?`");
    }
    if url.password().is_some() {
        return Err("it carries a password; use DAINO_GIT_TOKEN=HOST=TOKEN, or ssh");
    }
    let user = url.username();
    let is_plain = |text: &str| {
        text.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c))
            && !text.starts_with('-')
    };
    match url.scheme() {
        "https" | "http" if !user.is_empty() => Err("it carries a user name"),
        "https" => Ok(()),
        "http" if is_this_machine(url) => Ok(()),
        "http" => Err("http can be read and changed on its way; use https"),
        "ssh" => match url.host() {
            Some(Host::Domain(host)) if is_plain(host) && is_plain(user) => Ok(()),
            Some(Host::Ipv4(_) | Host::Ipv6(_)) if is_plain(user) => Ok(()),
            _ => Err("its user or host has characters that `ssh` could misread"),
        },
        "file" if url.host().is_none() => Ok(()),
        "file" => Err("a file has no host"),
        _ => Err("only https, ssh and file are known"),
    }
}

/// Checks an ssh address once more, where it is used.
pub(super) fn check_ssh(text: &str) -> Result<(), &'static str> {
    match Url::parse(text) {
        Ok(url) if url.scheme() == "ssh" => check(&url),
        _ => Err("it is no ssh address"),
    }
}

impl GitAddress {
    /// One commit of a repository, from what was kept of an installation.
    pub(crate) fn locked(url: &str, path: Option<&str>, commit: &str) -> Result<Self, SourceError> {
        let wrong = |reason| SourceError::Address { text: shorten(url), reason };
        let parsed = Url::parse(url).map_err(|_| wrong("it is no address"))?;
        check(&parsed).map_err(wrong)?;
        let select = match commit.parse()? {
            select @ Selector::Commit(_) => select,
            _ => return Err(wrong("its commit is not 40 hexadecimal digits")),
        };
        let (path, shown) = (self::path(path)?, url.to_owned());
        Ok(Self { url: parsed, path, select, shown, between: "//" })
    }

    /// Another version of the plugin at `path` of a repository.
    pub(crate) fn released(
        url: &str,
        path: Option<&str>,
        version: VersionWanted,
    ) -> Result<Self, SourceError> {
        let wrong = |reason| SourceError::Address { text: shorten(url), reason };
        let parsed = Url::parse(url).map_err(|_| wrong("it is no address"))?;
        check(&parsed).map_err(wrong)?;
        let select = match version {
            VersionWanted::Channel(name) => Selector::Name(name),
            version => Selector::Version(version),
        };
        let (path, shown) = (self::path(path)?, url.to_owned());
        Ok(Self { url: parsed, path, select, shown, between: "//" })
    }

    /// The same repository with another plugin of it, as a person writes it.
    pub(crate) fn with_path(&self, path: &str) -> String {
        let select = match &self.select {
            Selector::Version(VersionWanted::Latest) => String::new(),
            select => format!("@{select}"),
        };
        format!("{}{}{path}{select}", self.shown, self.between)
    }

    /// The same repository and plugin in another state, as a person writes it.
    pub(crate) fn at(&self, select: &str) -> String {
        match &self.path {
            Some(path) => format!("{}{}{path}@{select}", self.shown, self.between),
            None => format!("{}@{select}", self.shown),
        }
    }

    /// The repository alone, as it was written.
    pub(crate) fn repository(&self) -> &str {
        &self.shown
    }
}

impl fmt::Display for GitAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.select {
            Selector::Version(VersionWanted::Latest) => match &self.path {
                Some(path) => write!(f, "{}{}{path}", self.shown, self.between),
                None => f.write_str(&self.shown),
            },
            select => f.write_str(&self.at(&select.to_string())),
        }
    }
}

/// The text as an error shows it: shortened, and without a password.
fn shorten(text: &str) -> String {
    let shown = match text.split_once("://").and_then(|(s, rest)| Some((s, rest.split_once('@')?)))
    {
        Some((scheme, (user, rest))) if user.contains(':') => format!("{scheme}://…@{rest}"),
        _ => text.to_owned(),
    };
    shown.chars().take(200).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> GitAddress {
        text.parse().unwrap_or_else(|e| panic!("{text}: {e}"))
    }

    #[test]
    fn every_form_names_repository_path_and_state() {
        for (text, url, path, select) in [
            ("github:acme/sms", "https://github.com/acme/sms.git", None, "latest"),
            ("github:acme/sms@^1.2", "https://github.com/acme/sms.git", None, "^1.2"),
            (
                "github:acme/all/plugins/sms@v1.0.0",
                "https://github.com/acme/all.git",
                Some("plugins/sms"),
                "v1.0.0",
            ),
            ("gitlab:acme/sms#main", "https://gitlab.com/acme/sms.git", None, "main"),
            ("https://git.example/a/b.git", "https://git.example/a/b.git", None, "latest"),
            (
                "https://git.example/a/b.git/plugins/x@1.2.3",
                "https://git.example/a/b.git",
                Some("plugins/x"),
                "1.2.3",
            ),
            (
                "https://git.example/~a/b//x#sms@2.0.0",
                "https://git.example/~a/b",
                Some("x"),
                "sms@2.0.0",
            ),
            (
                "ssh://git@git.example:2222/a/b.git@v1",
                "ssh://git@git.example:2222/a/b.git",
                None,
                "v1",
            ),
            ("git@git.example:a/b.git", "ssh://git@git.example/a/b.git", None, "latest"),
            ("file:///srv/my%20repo", "file:///srv/my%20repo", None, "latest"),
            ("file:///srv/übung//plugins/x", "file:///srv/%C3%BCbung", Some("plugins/x"), "latest"),
        ] {
            let address = read(text);
            assert_eq!(address.url.as_str(), url, "{text}");
            assert_eq!(address.path.as_ref().map(TreePath::as_str), path, "{text}");
            assert_eq!(address.select.to_string(), select, "{text}");
            assert!(is_git(text), "{text}");
            assert_eq!(read(&address.to_string()), address, "{text}");
        }
        let commit = "A".repeat(40);
        let address = read(&format!("github:acme/sms@{commit}"));
        assert_eq!(address.select, Selector::Commit(commit.to_lowercase()));
        assert_eq!(read("github:a/b@^2").with_path("plugins/x"), "github:a/b/plugins/x@^2");
        assert_eq!(read("https://g.example/b.git").with_path("x"), "https://g.example/b.git/x");
    }

    #[test]
    fn everything_else_is_refused() {
        for text in [
            "github:acme",
            "github:acme/",
            "github:-x/y",
            "github:a/b/../c",
            "github:a/b@",
            "github:a/b@x..y",
            "github:a/b@-x y\u{7}",
            "https://user:pw@git.example/a.git",
            "https://user@git.example/a.git",
            "https://git.example/a.git?x=1",
            "http://git.example/a.git",
            "git://git.example/a.git",
            "ssh://-oProxyCommand=x/a.git",
            "ssh://git.example%20-x/a.git",
            "ssh://-l@git.example/a.git",
            "ssh:///a.git",
            "file://host/a.git",
            "https://git.example/a.git/../../x",
            "ext::sh -c true",
        ] {
            assert!(text.parse::<GitAddress>().is_err(), "{text}");
        }
        let told = "https://user:s3cret@git.example/a.git".parse::<GitAddress>().unwrap_err();
        assert!(!told.to_string().contains("s3cret"), "{told}");
        for text in ["sms", "acme/sms@^1", "./x", "C:\\x", "a.dpk"] {
            assert!(!is_git(text), "{text}");
        }
    }
}
