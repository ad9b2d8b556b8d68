//! Searches a registry.

use serde::Serialize;
use url::Url;

use crate::client::{Registry, SearchHit, SearchQuery};
use crate::config::Settings;
use crate::error::Failure;
use crate::model::event::Tell;
use crate::model::{Observer, PluginType};
use crate::ops::fetch_release::client_options;

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
    /// Where.
    pub registry: Url,
    /// How many there are, as the registry says.
    pub total: u64,
    /// The first of them. Text from outside.
    pub results: Vec<SearchHit>,
}

/// Searches. Nothing found is a result, not a failure.
pub(crate) async fn search(
    request: SearchRequest,
    observer: &dyn Observer,
) -> Result<SearchOutcome, Failure> {
    let settings = &request.settings;
    let choice = settings.registry(request.registry.as_deref())?;
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
        registry: choice.url,
        total: page.total.max(page.results.len() as u64),
        results: page.results,
    })
}
