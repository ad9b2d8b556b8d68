//! The sources that a user added: repositories, and users and organisations with repositories.

use serde::Serialize;

use crate::config::Settings;
use crate::error::Failure;
use crate::model::Observer;
use crate::model::event::Tell;
use crate::net::HttpOptions;
use crate::source::{
    self, API, Catalog, Found, GitAddress, GitHub, Limits, Listed, Repository, SourceError, Synced,
    Wanted, is_github,
};
use crate::sys::clock::{Clock, SystemClock};

/// How the network is used.
pub(crate) struct SourceAccess {
    /// The settings of this run.
    pub settings: Settings,
    /// Whether the network is switched off.
    pub offline: bool,
}

/// One source, for people.
#[derive(Debug, Serialize)]
pub(crate) struct SourceView {
    /// As it was added.
    pub address: String,
    /// GitHub's interface, when it is not the usual one.
    pub api: Option<String>,
    /// When it was read.
    pub synced_at: Option<String>,
    /// The repositories with plugins. Text from outside.
    pub repositories: Vec<Repository>,
}

/// The sources, and what was done.
#[derive(Debug, Serialize)]
pub(crate) struct SourceOutcome {
    /// All of them, or those that were read.
    pub sources: Vec<SourceView>,
    /// What reading them took.
    pub synced: Synced,
}

fn view(listed: &Listed) -> SourceView {
    let with_plugins = listed.repositories.iter().filter(|r| !r.plugins.is_empty());
    SourceView {
        address: listed.address.clone(),
        api: listed.api.clone(),
        synced_at: listed.synced_at.clone(),
        repositories: with_plugins.cloned().collect(),
    }
}

fn catalog(access: &SourceAccess) -> Result<Catalog, Failure> {
    Ok(Catalog::read(&access.settings.dirs().config)?)
}

/// The list.
pub(crate) fn list(access: &SourceAccess) -> Result<SourceOutcome, Failure> {
    let sources = catalog(access)?.sources.iter().map(view).collect();
    Ok(SourceOutcome { sources, synced: Synced::default() })
}

/// Adds a source and reads it. What cannot be read is not added.
pub(crate) async fn add(
    address: &str,
    api: Option<String>,
    access: &SourceAccess,
    observer: &dyn Observer,
) -> Result<SourceOutcome, Failure> {
    let mut catalog = catalog(access)?;
    if catalog.sources.iter().any(|listed| listed.address == address) {
        let address = address.to_owned();
        return Err(SourceError::Known { address, why: "is in the list already" }.into());
    }
    let mut listed = Listed { address: address.to_owned(), api, ..Listed::default() };
    let synced = read(&mut listed, access, observer).await;
    // A source that was read in part is as good as one that is behind.
    let is_partly =
        matches!(&synced, Err(SourceError::RateLimit { .. })) && !listed.repositories.is_empty();
    if synced.is_ok() || is_partly {
        catalog.sources.push(listed);
        catalog.write()?;
    }
    let synced = synced?;
    let sources = catalog.sources.last().map(view).into_iter().collect();
    Ok(SourceOutcome { sources, synced })
}

/// Takes a source off the list. Nothing that was installed from it changes.
pub(crate) fn remove(address: &str, access: &SourceAccess) -> Result<SourceOutcome, Failure> {
    let mut catalog = catalog(access)?;
    let count = catalog.sources.len();
    catalog.sources.retain(|listed| listed.address != address);
    if catalog.sources.len() == count {
        let address = address.to_owned();
        return Err(SourceError::Known { address, why: "is not in the list" }.into());
    }
    catalog.write()?;
    list(access)
}

/// Reads the sources anew, or the one of this address.
pub(crate) async fn sync(
    address: Option<&str>,
    access: &SourceAccess,
    observer: &dyn Observer,
) -> Result<SourceOutcome, Failure> {
    let mut catalog = catalog(access)?;
    let mut all = Synced::default();
    let mut sources = Vec::new();
    for index in 0..catalog.sources.len() {
        let listed = &mut catalog.sources[index];
        if address.is_some_and(|address| address != listed.address) {
            continue;
        }
        let synced = read(listed, access, observer).await;
        // Whatever was read before a failure is kept.
        sources.push(view(listed));
        catalog.write()?;
        let synced =
            synced.map_err(|error| Failure::from(error).within(&catalog.sources[index].address))?;
        all.requests += synced.requests;
        all.read += synced.read;
        all.unchanged += synced.unchanged;
        all.unreadable += synced.unreadable;
    }
    if let (Some(address), true) = (address, sources.is_empty()) {
        let address = address.to_owned();
        return Err(SourceError::Known { address, why: "is not in the list" }.into());
    }
    Ok(SourceOutcome { sources, synced: all })
}

async fn read(
    listed: &mut Listed,
    access: &SourceAccess,
    observer: &dyn Observer,
) -> Result<Synced, SourceError> {
    let settings = &access.settings;
    let http = HttpOptions {
        idle: settings.http_idle().unwrap_or(HttpOptions::default().idle),
        offline: access.offline,
        ..HttpOptions::default()
    };
    let host = |url: &url::Url| url.host_str().and_then(|host| settings.git_token(host));
    let synced = if is_github(&listed.address) {
        let api = listed.api.clone().unwrap_or_else(|| API.to_owned());
        let token = url::Url::parse(&api).ok().as_ref().and_then(host);
        GitHub::new(&api, token, http)?.sync(listed, observer).await?
    } else {
        let address: GitAddress = listed.address.parse()?;
        let token = host(&address.url).filter(|_| address.url.scheme() == "https");
        let time = settings.git_time().unwrap_or(Limits::DEFAULT.time);
        let source = address.repository().to_owned();
        let wanted = Wanted {
            address,
            cache: settings.dirs().cache.clone(),
            limits: Limits { time, ..Limits::DEFAULT },
            http,
            token,
            known: std::collections::BTreeMap::new(),
        };
        let plugins: Vec<Found> = source::catalogue(wanted, observer).await?;
        let name = listed.address.clone();
        listed.repositories = vec![Repository { name, source, plugins, ..Repository::default() }];
        Synced { requests: 1, read: 1, ..Synced::default() }
    };
    if synced.unreadable > 0 {
        observer.warn(format!("{} answers made no sense and were left out", synced.unreadable));
    }
    listed.synced_at = Some(SystemClock.now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string());
    Ok(synced)
}
