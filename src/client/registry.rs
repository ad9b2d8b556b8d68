//! One registry: its addresses, and asking it with bounds on bytes and time.

use std::path::PathBuf;
use std::time::Duration;

use serde::Deserialize;
use url::Url;

use super::cache::{Cache, CachedIndex};
use super::evidence::{self, Shown};
use super::problem::Problem;
use super::{ClientError, Index, Known};
use crate::config::RegistryChoice;
use crate::model::event::Tell;
use crate::model::release::PluginName;
use crate::model::{Digest, Observer, PluginSlug, Stage};
use crate::net::{Http, HttpOptions, NetError, Reply, Send, is_this_machine};
use crate::package::MAX_PACKED;
use crate::trust::OwnerChain;

/// Most bytes of an index.
pub(super) const MAX_INDEX: u64 = 16 * 1024 * 1024;
/// Most bytes of any other document.
pub(super) const MAX_DOCUMENT: u64 = 4 * 1024 * 1024;
/// A request as a whole may take this many times as long as a wait for one byte, so that a server
/// that sends one byte now and then does not hold us for ever.
const PATIENCE: u32 = 20;
/// The interface this client speaks.
const API: &str = "api/v1/";

/// How the client behaves.
#[derive(Debug, Clone)]
pub(crate) struct ClientOptions {
    /// Directory of the cache; need not exist.
    pub cache: PathBuf,
    /// Longest time without a byte.
    pub idle: Duration,
    /// Whether the network is switched off.
    pub offline: bool,
}

/// One registry. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Registry {
    http: Http,
    base: Url,
    token: Option<String>,
    cache: Cache,
    options: ClientOptions,
}

/// `/.well-known/daino-registry.json`, as far as it matters here.
#[derive(Deserialize)]
struct Description {
    format: u32,
    api: String,
}

impl Registry {
    /// A client of the registry chosen.
    pub(crate) fn open(
        choice: &RegistryChoice,
        options: ClientOptions,
    ) -> Result<Self, ClientError> {
        let http =
            HttpOptions { idle: options.idle, offline: options.offline, ..HttpOptions::default() };
        Ok(Self {
            http: Http::new(http)?,
            cache: Cache::at(&options.cache, &choice.url),
            base: choice.url.clone(),
            token: choice.token.clone(),
            options,
        })
    }

    /// Its address.
    pub(crate) fn url(&self) -> &Url {
        &self.base
    }

    /// Asks what answers here, and makes sure that it is a registry whose interface is known. No
    /// token is sent.
    pub(crate) async fn check_is_registry(&self) -> Result<(), ClientError> {
        let url = self.address(".well-known/daino-registry.json");
        let reply = self.send(Send::get(url.clone(), MAX_DOCUMENT), &|_| {}).await?;
        let not = |reason: String| ClientError::NotRegistry { url: url.to_string(), reason };
        match reply.status {
            200 => {}
            404 => return Err(not("it answers 404".to_owned())),
            _ => return Err(problem("the registry does not say what it is", &reply)),
        }
        let description: Description = json(&url, &reply.body)?;
        if description.format != 1 || description.api != API {
            let (format, api) = (description.format, super::problem::short(description.api));
            return Err(not(format!(
                "its interface is `{api}`, format {format}, which is not known here"
            )));
        }
        Ok(())
    }

    /// The index of a plugin: from the registry, held against its log, or what was kept of it when the
    /// network is off. `known` decides which keys may have signed.
    pub(crate) async fn index(
        &self,
        name: &PluginName,
        known: &Known,
        observer: &dyn Observer,
    ) -> Result<Index, ClientError> {
        let shown = if self.options.offline {
            self.kept(name)?
        } else {
            self.shown(name, known, observer).await?
        };
        let url = self.address(&index_path(&name.namespace, Some(&name.slug)));
        let mut index = Index::read(&shown, name, &known.pins, &url)?;
        let archives = index.releases.iter().map(|release| release.statement.archive);
        index.notice(&self.cache.notice(name, archives.collect()));
        Ok(index)
    }

    /// Who owns a namespace, as the signatures have it. `None`: nobody does. The log is not asked: for
    /// those who own it themselves.
    pub(crate) async fn owner(
        &self,
        namespace: &PluginSlug,
        observer: &dyn Observer,
    ) -> Result<Option<OwnerChain>, ClientError> {
        let page = self.page(namespace, None, observer).await?;
        Ok(page.map(|lines| evidence::chain(&lines, namespace)).transpose()?)
    }

    /// What was kept of a plugin's index, and of its owner. The log is not asked.
    fn kept(&self, name: &PluginName) -> Result<Shown, ClientError> {
        let lines = |stem: &str| self.cache.index(stem).map(|kept| kept.lines);
        let index = lines(&stem(&name.namespace, Some(&name.slug)))
            .ok_or_else(|| ClientError::NotCached(format!("the index of `{name}`")))?;
        let chain = match lines(&stem(&name.namespace, None)) {
            Some(lines) => Some(evidence::chain(&lines, &name.namespace)?),
            None => None,
        };
        Ok(Shown { index, chain, log: None })
    }

    /// An index file: from the registry, or the one that was kept when it did not change. `None`: there
    /// is none.
    pub(super) async fn page(
        &self,
        namespace: &PluginSlug,
        slug: Option<&PluginSlug>,
        observer: &dyn Observer,
    ) -> Result<Option<Vec<u8>>, ClientError> {
        let stem = stem(namespace, slug);
        let kept = self.cache.index(&stem);
        let url = self.address(&index_path(namespace, slug));
        let mut send = Send::get(url.clone(), MAX_INDEX);
        if let Some(tag) = kept.as_ref().and_then(|kept| kept.tag.as_deref()) {
            send = send.header(reqwest::header::IF_NONE_MATCH, tag)?;
        }
        let reply = self.send(send, &|_| {}).await?;
        match (reply.status, kept) {
            (200, _) => {
                let tag = reply.header("etag").filter(|tag| tag.len() <= 256).map(str::to_owned);
                let fresh = CachedIndex { tag, lines: reply.body };
                if let Err(error) = self.cache.keep_index(&stem, &fresh) {
                    observer.warn(format!("the index `{stem}` cannot be kept: {error}"));
                }
                Ok(Some(fresh.lines))
            }
            (304, Some(kept)) if kept.tag.is_some() => Ok(Some(kept.lines)),
            (304, _) => Err(ClientError::NotRegistry {
                url: url.to_string(),
                reason: "it says that nothing changed, and nothing was known".to_owned(),
            }),
            (404, _) => Ok(None),
            _ => Err(problem("the registry does not give the index", &reply)),
        }
    }

    pub(super) fn not_found(&self, name: &PluginName) -> ClientError {
        ClientError::NotFound { name: name.to_string(), registry: self.base.to_string() }
    }

    /// The archive with this digest: from the cache, which is checked on every read, else from the
    /// registry. `size` is what was signed; nothing longer is read.
    pub(crate) async fn archive(
        &self,
        digest: &Digest,
        size: u64,
        observer: &dyn Observer,
    ) -> Result<Vec<u8>, ClientError> {
        if let Some(bytes) = self.cache.archive(digest) {
            return Ok(bytes);
        }
        if self.options.offline {
            return Err(ClientError::NotCached(format!("the archive `{digest}`")));
        }
        let bytes = self.download(digest, size, observer).await?;
        if let Err(error) = self.cache.keep_archive(digest, &bytes) {
            observer.warn(format!("the archive cannot be kept: {error}"));
        }
        Ok(bytes)
    }

    /// The archive with this digest, from the registry itself.
    pub(crate) async fn download(
        &self,
        digest: &Digest,
        size: u64,
        observer: &dyn Observer,
    ) -> Result<Vec<u8>, ClientError> {
        let hex = digest.hex();
        let url = self.address(&format!("blobs/sha256/{}/{hex}", &hex[..2]));
        let differs = |reason: String| ClientError::Archive { url: url.to_string(), reason };
        if size > MAX_PACKED as u64 {
            return Err(differs(format!("{size} bytes are more than a release may have")));
        }
        observer.start_sized(Stage::Download, digest.to_string(), size, "bytes");
        let hear = |done| observer.progress(Stage::Download, done);
        let reply = match self.send(Send::get(url.clone(), size), &hear).await {
            Err(ClientError::Net(NetError::TooLarge { .. })) => {
                return Err(differs(format!("it is longer than the {size} bytes signed")));
            }
            other => other?,
        };
        match reply.status {
            200 => {}
            404 | 410 => return Err(ClientError::NoArchive { url: url.to_string() }),
            _ => return Err(problem("the registry does not give the archive", &reply)),
        }
        let actual = Digest::of(&reply.body);
        if actual != *digest {
            return Err(differs(format!("its digest is `{actual}`")));
        }
        observer.finish(Stage::Download, format!("{size} bytes"));
        Ok(reply.body)
    }

    /// Below the base address.
    pub(super) fn address(&self, path: &str) -> Url {
        let mut url = self.base.clone();
        url.set_path(&format!("{}{path}", self.base.path()));
        url
    }

    /// The address of one release in the interface.
    pub(super) fn release_address(&self, name: &PluginName, version: &semver::Version) -> Url {
        self.address(&format!("{API}plugins/{}/{}/{version}", name.namespace, name.slug))
    }

    /// The address of a statement in the interface.
    pub(super) fn statement_address(&self, digest: &Digest) -> Url {
        self.address(&format!("{API}statements/{}", digest.hex()))
    }

    /// The address of the search.
    pub(super) fn search_address(&self) -> Url {
        self.address(&format!("{API}search"))
    }

    /// The token, for an address that it may be sent to.
    pub(super) fn token(&self) -> Result<Option<&str>, ClientError> {
        if self.token.is_some() && self.base.scheme() != "https" && !is_this_machine(&self.base) {
            return Err(ClientError::PlainHttp(self.base.to_string()));
        }
        Ok(self.token.as_deref())
    }

    /// Fails when the token could be read by others on its way.
    pub(crate) fn refuse_open_token(&self) -> Result<(), ClientError> {
        self.token().map(drop)
    }

    /// The page of a plugin in the interface.
    pub(crate) fn plugin_address(&self, name: &PluginName) -> Url {
        self.address(&format!("{API}plugins/{}/{}", name.namespace, name.slug))
    }

    pub(super) fn is_offline(&self) -> bool {
        self.options.offline
    }

    /// Sends, and gives up when the whole takes too long.
    pub(super) async fn send(
        &self,
        send: Send,
        on_bytes: &(dyn Fn(u64) + Sync),
    ) -> Result<Reply, ClientError> {
        let most = self.options.idle * PATIENCE;
        let url = send.url().to_string();
        match tokio::time::timeout(most, self.http.send(send, on_bytes)).await {
            Ok(reply) => Ok(reply?),
            Err(_) => Err(NetError::Timeout { url, seconds: most.as_secs() }.into()),
        }
    }
}

/// An answer that says no.
pub(super) fn problem(what: &'static str, reply: &Reply) -> ClientError {
    ClientError::Problem { what, problem: Problem::of(reply) }
}

/// The JSON of an answer.
pub(super) fn json<T: serde::de::DeserializeOwned>(
    url: &Url,
    body: &[u8],
) -> Result<T, ClientError> {
    serde_json::from_slice(body).map_err(|error| ClientError::NotRegistry {
        url: url.to_string(),
        reason: unreadable(body, &error),
    })
}

/// Why a body is not the JSON that is due, in words that help.
pub(super) fn unreadable(body: &[u8], error: &serde_json::Error) -> String {
    let start = body.trim_ascii_start();
    if start.is_empty() {
        return "it sends nothing".to_owned();
    }
    if start.starts_with(b"<") {
        return "it sends a web page instead of JSON".to_owned();
    }
    super::problem::short(format!("it sends something else than due: {error}"))
}

/// `NS--SLUG`; `NS` for its owner.
fn stem(namespace: &PluginSlug, slug: Option<&PluginSlug>) -> String {
    match slug {
        Some(slug) => format!("{namespace}--{slug}"),
        None => namespace.to_string(),
    }
}

/// `index/AA/BB/NS--SLUG.jsonl`; `index/AA/BB/NS.jsonl` for its owner.
fn index_path(namespace: &PluginSlug, slug: Option<&PluginSlug>) -> String {
    let pair = |from: usize| -> String {
        let letters = namespace.as_str().chars().chain(std::iter::repeat('_'));
        letters.skip(from).take(2).collect()
    };
    format!("index/{}/{}/{}.jsonl", pair(0), pair(2), stem(namespace, slug))
}

/// A name made of two slugs.
pub(super) fn plugin_name(namespace: &PluginSlug, slug: &PluginSlug) -> PluginName {
    PluginName { namespace: namespace.clone(), slug: slug.clone() }
}

#[cfg(test)]
mod unit {
    use super::*;

    #[test]
    fn the_index_is_where_the_interface_says() {
        let path = |namespace: &str| {
            let slug = |text| PluginSlug::new(text).unwrap();
            index_path(&slug(namespace), Some(&slug("sms")))
        };
        let acme = PluginSlug::new("acme").unwrap();
        assert_eq!(index_path(&acme, None), "index/ac/me/acme.jsonl");
        assert_eq!(path("acme"), "index/ac/me/acme--sms.jsonl");
        assert_eq!(path("abc"), "index/ab/c_/abc--sms.jsonl");
        assert_eq!(path("ab"), "index/ab/__/ab--sms.jsonl");
    }
}
