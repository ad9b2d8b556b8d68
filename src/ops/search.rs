//! Searches a registry.

use serde::Serialize;
use url::Url;

use crate::client::{Registry, SearchHit, SearchQuery};
use crate::config::{ConfigError, Settings};
use crate::error::Failure;
use crate::model::event::Tell;
use crate::model::{Observer, PluginType};
use crate::ops::fetch_release::client_options;
use crate::source::{Catalog, Found};

/// What to look for, and where.
#[derive(Debug, Clone)]
pub(crate) struct SearchRequest {
    /// Words.
    pub query: String,
    /// Only plugins of this type.
    pub kind: Option<PluginType>,
    /// Most results.
    pub limit: u32,
    /// Name or URL of the registry; default from the settings.
    pub registry: Option<String>,
    /// The settings of this run.
    pub settings: Settings,
    /// Whether the network is switched off.
    pub offline: bool,
}

/// What was found.
#[derive(Debug, Serialize)]
pub(crate) struct SearchOutcome {
    /// What was looked for.
    pub query: String,
    /// Where; absent when no registry is set and only sources were searched.
    pub registry: Option<Url>,
    /// How many there are, as the registry says.
    pub total: u64,
    /// The first of them. Text from outside.
    pub results: Vec<SearchHit>,
    /// What the user's sources have besides. Text from outside.
    pub sources: Vec<SourceHit>,
}

/// A plugin of one of the user's sources.
#[derive(Debug, Serialize)]
pub(crate) struct SourceHit {
    /// The plugin; its `source` is what to install.
    #[serde(flatten)]
    pub found: Found,
    /// The source it was found by.
    pub by: String,
    /// Whether its repository is closed.
    pub archived: bool,
    /// Whether its repository is a copy of another one.
    pub fork: bool,
}

/// Searches. Nothing found is a result, not a failure.
pub(crate) async fn search(
    request: SearchRequest,
    observer: &dyn Observer,
) -> Result<SearchOutcome, Failure> {
    let settings = &request.settings;
    let sources = from_sources(&request)?;
    let choice = match settings.registry(request.registry.as_deref()) {
        // Without a registry there are the sources, when there are any.
        Err(ConfigError::NoRegistry) if !sources.is_empty() => {
            let query = request.query;
            return Ok(SearchOutcome {
                query,
                registry: None,
                total: 0,
                results: Vec::new(),
                sources,
            });
        }
        choice => choice?,
    };
    let registry = Registry::open(&choice, client_options(settings, request.offline)?)?;
    let query = SearchQuery {
        text: request.query.clone(),
        kind: request.kind,
        limit: request.limit,
        offset: 0,
    };
    let page = registry.search(&query).await?;
    if page.unreadable > 0 {
        observer.warn(format!("{} results of the registry cannot be read", page.unreadable));
    }
    Ok(SearchOutcome {
        query: request.query,
        registry: Some(choice.url),
        total: page.total.max(page.results.len() as u64),
        results: page.results,
        sources,
    })
}

fn from_sources(request: &SearchRequest) -> Result<Vec<SourceHit>, Failure> {
    // Whoever names a registry wants that one.
    if request.registry.is_some() {
        return Ok(Vec::new());
    }
    let catalog = Catalog::read(&request.settings.dirs().config)?;
    let hits = catalog.search(&request.query, request.kind).into_iter();
    let most = usize::try_from(request.limit).unwrap_or(usize::MAX);
    let view = |hit: crate::source::Hit<'_>| SourceHit {
        found: hit.found.clone(),
        by: hit.listed.address.clone(),
        archived: hit.repository.archived,
        fork: hit.repository.fork,
    };
    Ok(hits.take(most).map(view).collect())
}
