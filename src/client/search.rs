//! Search. What comes back is text from outside: bounded here, escaped where it is shown.

use serde::{Deserialize, Serialize};

use super::problem::short;
use super::registry::{MAX_DOCUMENT, json, problem};
use super::{ClientError, Registry};
use crate::model::PluginType;
use crate::model::release::PluginName;
use crate::net::Send;

/// What to look for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SearchQuery {
    /// Words.
    pub text: String,
    /// Only plugins of this type.
    pub kind: Option<PluginType>,
    /// Most results.
    pub limit: u32,
    /// Results to pass over.
    pub offset: u32,
}

/// One result.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct SearchHit {
    /// The plugin.
    pub name: PluginName,
    /// Its newest release.
    pub version: semver::Version,
    /// The name people read.
    #[serde(default)]
    pub title: String,
    /// What it is for.
    #[serde(default)]
    pub description: Option<String>,
    /// Its type.
    #[serde(rename = "type")]
    pub kind: PluginType,
    /// Words for search.
    #[serde(default)]
    pub keywords: Vec<String>,
    /// When the newest release was published, as the registry says.
    #[serde(default)]
    pub published_at: Option<String>,
}

/// One page of results.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct SearchPage {
    /// How many there are in all, as the registry says.
    pub total: u64,
    /// The results.
    pub results: Vec<SearchHit>,
    /// How many of its results cannot be read.
    pub unreadable: usize,
}

#[derive(Deserialize)]
struct Answer {
    total: u64,
    results: Vec<serde_json::Value>,
}

impl Registry {
    /// Searches. A result that cannot be read is counted and left out; more results than asked for
    /// are cut off.
    pub(crate) async fn search(&self, query: &SearchQuery) -> Result<SearchPage, ClientError> {
        let mut url = self.search_address();
        {
            let mut pairs = url.query_pairs_mut();
            pairs.append_pair("q", &query.text);
            if let Some(kind) = query.kind {
                pairs.append_pair("type", kind.as_str());
            }
            pairs.append_pair("limit", &query.limit.to_string());
            pairs.append_pair("offset", &query.offset.to_string());
        }
        let reply = self.send(Send::get(url.clone(), MAX_DOCUMENT), &|_| {}).await?;
        if reply.status != 200 {
            return Err(problem("the registry does not search", &reply));
        }
        let answer: Answer = json(&url, &reply.body)?;
        let most = usize::try_from(query.limit).unwrap_or(usize::MAX);
        let asked: Vec<serde_json::Value> = answer.results.into_iter().take(most).collect();
        let count = asked.len();
        let results: Vec<SearchHit> = asked
            .into_iter()
            .filter_map(|hit| serde_json::from_value(hit).ok())
            .map(bounded)
            .collect();
        let unreadable = count - results.len();
        if results.is_empty() && unreadable > 0 {
            return Err(ClientError::NotRegistry {
                url: url.to_string(),
                reason: "none of its results can be read".to_owned(),
            });
        }
        Ok(SearchPage { total: answer.total, results, unreadable })
    }
}

fn bounded(mut hit: SearchHit) -> SearchHit {
    hit.title = short(hit.title);
    hit.description = hit.description.map(short);
    hit.published_at = hit.published_at.map(short);
    hit.keywords.truncate(20);
    hit.keywords = hit.keywords.into_iter().map(short).collect();
    hit
}
