//! Looks for plugins in the repositories of a user or an organisation, through GitHub's interface.
//!
//! A list that did not change is not sent again (`ETag`), and a repository that nobody pushed to is not
//! read again. When the server says that its rate limit is used up, we stop at once and keep what
//! we have. Everything it answers is bounded and read field by field.

use std::time::{Duration, Instant};

use reqwest::header::{ACCEPT, AUTHORIZATION, HeaderName, IF_NONE_MATCH};
use serde_json::Value;
use url::Url;

use super::SourceError;
use super::address::GitAddress;
use super::catalog::{Found, Listed, Page, Repository};
use crate::model::event::Tell;
use crate::model::{Observer, Stage, TreePath};
use crate::net::{Answer, HttpOptions, Question, Web};
use crate::project::parse_manifest;

/// The usual address of the interface.
pub(crate) const API: &str = "https://api.github.com";
/// Most bytes of a list.
const MAX_LIST: u64 = 8 * 1024 * 1024;
/// Most bytes of a manifest.
const MAX_MANIFEST: u64 = 1024 * 1024;
/// Most pages of a list.
const MAX_PAGES: usize = 50;
/// Most plugins of one repository.
const MAX_PLUGINS: usize = 50;
/// Longest time for one source.
const PATIENCE: Duration = Duration::from_secs(600);
/// Longest text kept of what people wrote.
const MAX_TEXT: usize = 500;

/// GitHub's interface.
pub(crate) struct GitHub {
    web: Web,
    base: Url,
    token: Option<String>,
    deadline: Instant,
}

/// What one sync did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize)]
pub(crate) struct Synced {
    /// Requests made.
    pub requests: usize,
    /// Repositories read anew.
    pub read: usize,
    /// Repositories whose last reading still holds.
    pub unchanged: usize,
    /// Answers that made no sense and were left out.
    pub unreadable: usize,
}

/// An owner, or one repository of it.
struct Place<'a> {
    owner: &'a str,
    repository: Option<&'a str>,
}

impl GitHub {
    /// The interface at `base`.
    pub(crate) fn new(
        base: &str,
        token: Option<String>,
        http: HttpOptions,
    ) -> Result<Self, SourceError> {
        let wrong =
            |reason| SourceError::Address { text: base.chars().take(200).collect(), reason };
        let mut url = Url::parse(base).map_err(|_| wrong("it is no URL"))?;
        match url.scheme() {
            "https" => {}
            "http" if crate::net::is_this_machine(&url) => {}
            _ => return Err(wrong("the interface is reached by https")),
        }
        if !url.username().is_empty() || url.password().is_some() || url.query().is_some() {
            return Err(wrong("it has a user name, a password or a `?`"));
        }
        let path = url.path().trim_end_matches('/').to_owned();
        url.set_path(&path);
        let deadline = Instant::now() + PATIENCE;
        Ok(Self { web: Web::new(http)?, base: url, token, deadline })
    }

    fn address(&self, path: &str) -> Result<Url, SourceError> {
        let text = format!("{}/{path}", self.base.as_str().trim_end_matches('/'));
        Url::parse(&text).map_err(|_| self.wrong("its address does not fit"))
    }

    fn wrong(&self, reason: impl Into<String>) -> SourceError {
        SourceError::Protocol { url: self.base.to_string(), reason: reason.into() }
    }

    /// Reads a source anew. Into `listed` goes whatever could be read, also before a failure.
    pub(crate) async fn sync(
        &self,
        listed: &mut Listed,
        observer: &dyn Observer,
    ) -> Result<Synced, SourceError> {
        let address = listed.address.clone();
        let place = place(&address)?;
        let mut synced = Synced::default();
        observer.start(Stage::Download, address.as_str());
        let repositories = self.repositories(&place, listed, &mut synced).await?;
        let mut read: Vec<Repository> = Vec::new();
        let mut failed = None;
        for mut repository in repositories {
            let before = listed.repositories.iter().find(|known| known.name == repository.name);
            let is_same = before.is_some_and(|known| {
                known.pushed_at.is_some() && known.pushed_at == repository.pushed_at
            });
            match before {
                Some(known) if is_same || failed.is_some() => {
                    repository.plugins = known.plugins.clone();
                    repository.pushed_at = known.pushed_at.clone();
                    synced.unchanged += 1;
                }
                _ if failed.is_some() => continue,
                _ => match self.plugins(&repository, &mut synced).await {
                    Ok(plugins) => {
                        repository.plugins = plugins;
                        synced.read += 1;
                    }
                    Err(error) => {
                        failed = Some(error);
                        if let Some(known) = before {
                            read.push(known.clone());
                        }
                        continue;
                    }
                },
            }
            observer.progress(Stage::Download, read.len() as u64);
            read.push(repository);
        }
        listed.repositories = read;
        match failed {
            Some(error) => Err(error),
            None => {
                observer.finish(Stage::Download, address);
                Ok(synced)
            }
        }
    }

    /// Every repository of the place.
    async fn repositories(
        &self,
        place: &Place<'_>,
        listed: &mut Listed,
        synced: &mut Synced,
    ) -> Result<Vec<Repository>, SourceError> {
        let owner = place.owner;
        let first = match place.repository {
            Some(name) => vec![format!("repos/{owner}/{name}")],
            None => vec![
                format!("orgs/{owner}/repos?per_page=100&type=all&sort=full_name"),
                format!("users/{owner}/repos?per_page=100&type=owner&sort=full_name"),
            ],
        };
        let mut pages = std::collections::BTreeMap::new();
        let mut found = Vec::new();
        for path in first {
            let mut next = Some(self.address(&path)?);
            let mut is_there = false;
            for _ in 0..MAX_PAGES {
                let Some(url) = next.take() else { break };
                let kept = listed.pages.get(url.as_str());
                let Some(page) = self.page(&url, kept, synced).await? else { break };
                is_there = true;
                found.extend(page.repositories.iter().cloned());
                next = page.next.as_deref().and_then(|text| Url::parse(text).ok());
                pages.insert(url.to_string(), page);
            }
            if is_there {
                listed.pages = pages;
                return Ok(found);
            }
        }
        Err(SourceError::NotFound(listed.address.clone()))
    }

    /// One page; `None` when there is no such thing.
    async fn page(
        &self,
        url: &Url,
        kept: Option<&Page>,
        synced: &mut Synced,
    ) -> Result<Option<Page>, SourceError> {
        let etag = kept.and_then(|page| page.etag.as_deref());
        let answer = self.ask(url.clone(), "application/vnd.github+json", etag, synced).await?;
        match answer.status {
            200 => {}
            304 if etag.is_some() => return Ok(kept.cloned()),
            404 => return Ok(None),
            status => return Err(self.wrong(format!("it answers {status}"))),
        }
        let etag = answer.header("etag").filter(|tag| tag.len() <= 256).map(str::to_owned);
        let next = answer.header("link").and_then(next_link);
        // The list goes on where it began, and nowhere else.
        let next = next
            .filter(|next| Url::parse(next).is_ok_and(|next| next.origin() == self.base.origin()));
        let bytes = answer.whole(MAX_LIST, self.deadline).await?;
        let body: Value =
            serde_json::from_slice(&bytes).map_err(|_| self.wrong("its list is no JSON"))?;
        let items = match body {
            Value::Array(items) => items,
            one @ Value::Object(_) => vec![one],
            _ => return Err(self.wrong("its list is no list")),
        };
        let count = items.len();
        let repositories: Vec<Repository> =
            items.iter().filter_map(|item| self.repository(item)).collect();
        synced.unreadable += count - repositories.len();
        Ok(Some(Page { etag, repositories, next }))
    }

    /// A repository as the list has it; `None` when it makes no sense.
    fn repository(&self, item: &Value) -> Option<Repository> {
        let owner = item["owner"]["login"].as_str().filter(|owner| is_name(owner))?;
        let name = item["name"].as_str().filter(|name| is_name(name))?;
        let usual = self.base.host_str() == Some("api.github.com");
        let source = match usual {
            true => format!("github:{owner}/{name}"),
            false => {
                let address: GitAddress = item["clone_url"].as_str()?.parse().ok()?;
                // It is cloned from the server that lists it.
                let host = self.base.host_str()?;
                let own = address.url.host_str()?;
                let is_its = own == host || Some(own) == host.strip_prefix("api.");
                (is_its && address.path.is_none()).then(|| address.repository().to_owned())?
            }
        };
        Some(Repository {
            name: format!("{owner}/{name}"),
            source,
            pushed_at: item["pushed_at"].as_str().filter(|at| at.len() <= 40).map(str::to_owned),
            archived: item["archived"].as_bool().unwrap_or(false),
            fork: item["fork"].as_bool().unwrap_or(false),
            plugins: Vec::new(),
        })
    }

    /// The plugins of a repository: at its root, else below `plugins/`.
    async fn plugins(
        &self,
        repository: &Repository,
        synced: &mut Synced,
    ) -> Result<Vec<Found>, SourceError> {
        let mut found = Vec::new();
        if let Some(plugin) = self.plugin(repository, "", synced).await? {
            found.push(plugin);
            return Ok(found);
        }
        let url = self.address(&format!("repos/{}/contents/plugins", repository.name))?;
        let answer = self.ask(url, "application/vnd.github+json", None, synced).await?;
        if answer.status != 200 {
            return Ok(found);
        }
        let bytes = answer.whole(MAX_LIST, self.deadline).await?;
        let Ok(Value::Array(items)) = serde_json::from_slice(&bytes) else {
            synced.unreadable += 1;
            return Ok(found);
        };
        let folders = items.iter().filter(|item| item["type"] == "dir");
        let names = folders.filter_map(|item| item["name"].as_str()).filter(|name| is_name(name));
        for name in names.take(MAX_PLUGINS) {
            found.extend(self.plugin(repository, &format!("plugins/{name}"), synced).await?);
        }
        Ok(found)
    }

    async fn plugin(
        &self,
        repository: &Repository,
        dir: &str,
        synced: &mut Synced,
    ) -> Result<Option<Found>, SourceError> {
        let path = if dir.is_empty() { String::new() } else { format!("{dir}/") };
        let url = format!("repos/{}/contents/{path}manifest.json", repository.name);
        let url = self.address(&url)?;
        let answer = self.ask(url, "application/vnd.github.raw+json", None, synced).await?;
        if answer.status != 200 {
            return Ok(None);
        }
        let bytes = match answer.whole(MAX_MANIFEST, self.deadline).await {
            Ok(bytes) => bytes,
            Err(crate::net::NetError::TooLarge { .. }) => {
                synced.unreadable += 1;
                return Ok(None);
            }
            Err(error) => return Err(error.into()),
        };
        // Many a repository has a manifest.json of something else.
        let manifest = std::str::from_utf8(&bytes).ok().and_then(|text| parse_manifest(text).ok());
        let Some(mut manifest) = manifest else { return Ok(None) };
        manifest.description =
            manifest.description.map(|text| text.chars().take(MAX_TEXT).collect());
        let source = match TreePath::new(dir) {
            Ok(path) => repository
                .source
                .parse::<GitAddress>()
                .map_or_else(|_| repository.source.clone(), |a| a.with_path(path.as_str())),
            Err(_) => repository.source.clone(),
        };
        Ok(Some(Found::of(manifest, source)))
    }

    async fn ask(
        &self,
        url: Url,
        accept: &str,
        etag: Option<&str>,
        synced: &mut Synced,
    ) -> Result<Answer, SourceError> {
        synced.requests += 1;
        let mut question = Question::get(url)
            .header(ACCEPT, accept)?
            .header(HeaderName::from_static("x-github-api-version"), "2022-11-28")?;
        if let Some(etag) = etag {
            question = question.header(IF_NONE_MATCH, etag)?;
        }
        if let Some(token) = &self.token {
            question = question.header(AUTHORIZATION, &format!("Bearer {token}"))?;
        }
        let answer = self.web.ask(question, self.deadline).await?;
        let is_over = answer.header("x-ratelimit-remaining") == Some("0");
        let later = answer.header("retry-after").is_some();
        match answer.status {
            429 => Err(limited(&answer)),
            403 if is_over || later => Err(limited(&answer)),
            401 | 403 => Err(SourceError::Denied(self.base.to_string())),
            _ => Ok(answer),
        }
    }
}

/// Until when the rate limit is used up.
fn limited(answer: &Answer) -> SourceError {
    let number = |name: &str| answer.header(name).and_then(|text| text.parse::<i64>().ok());
    let now = jiff::Timestamp::now();
    let seconds = number("retry-after").filter(|seconds| (0..=86_400).contains(seconds));
    let until = match (seconds, number("x-ratelimit-reset")) {
        (Some(seconds), _) => now.checked_add(jiff::SignedDuration::from_secs(seconds)).ok(),
        (None, Some(reset)) => jiff::Timestamp::from_second(reset).ok(),
        (None, None) => None,
    };
    let until = until.map(|until| until.strftime("%Y-%m-%dT%H:%M:%SZ").to_string());
    SourceError::RateLimit { until: until.unwrap_or_else(|| "it does not say".to_owned()) }
}

/// The address of the next page in a `Link` header.
fn next_link(header: &str) -> Option<String> {
    header.split(',').take(10).find_map(|part| {
        let (address, rest) = part.trim().strip_prefix('<')?.split_once('>')?;
        rest.contains("rel=\"next\"").then(|| address.to_owned())
    })
}

fn is_name(name: &str) -> bool {
    !name.is_empty()
        && name.len() <= 100
        && !name.starts_with(['-', '.'])
        && name.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c))
}

/// `github:acme` or `github:acme/sms`.
fn place(address: &str) -> Result<Place<'_>, SourceError> {
    let wrong = |reason| SourceError::Address { text: address.chars().take(200).collect(), reason };
    let rest = address.strip_prefix("github:").ok_or_else(|| wrong("expected `github:OWNER`"))?;
    let mut parts = rest.split('/');
    let owner = parts.next().filter(|owner| is_name(owner));
    let owner = owner.ok_or_else(|| wrong("the owner has characters that no owner has"))?;
    let repository = parts.next();
    if repository.is_some_and(|name| !is_name(name)) || parts.next().is_some() {
        return Err(wrong("expected `github:OWNER` or `github:OWNER/REPOSITORY`"));
    }
    Ok(Place { owner, repository })
}

/// Whether the address is read through GitHub's interface.
pub(crate) fn is_github(address: &str) -> bool {
    place(address).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_and_links_are_read_strictly() {
        for good in ["github:acme", "github:acme/sms", "github:a-b/c.d_e"] {
            assert!(is_github(good), "{good}");
        }
        for bad in
            ["github:", "github:-x", "github:a/b/c", "github:a/../b", "gitlab:a", "github:a?x"]
        {
            assert!(!is_github(bad), "{bad}");
        }
        let header = r#"<https://a/x?page=1>; rel="prev", <https://a/x?page=3>; rel="next""#;
        assert_eq!(next_link(header).as_deref(), Some("https://a/x?page=3"));
        assert_eq!(next_link("nonsense"), None);
    }
}
