//! `GET /api/v1/plugins/NS/SLUG`: the newest release of a plugin, and all its versions.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::http::{Response, StatusCode};
use serde::Serialize;

use super::super::app::App;
use super::super::problem::{self, Problem};
use super::super::rows::releases::{self, Release};
use super::json;
use super::parameters::PluginAddress;
use crate::model::release::PluginName;
use crate::model::{Digest, PluginType};

/// A plugin.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Plugin {
    name: PluginName,
    /// The newest release that is not withdrawn, stable ones first.
    newest: Option<Newest>,
    /// Newest first, as versions are ordered.
    versions: Vec<Version>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Newest {
    version: semver::Version,
    title: String,
    description: Option<String>,
    #[serde(rename = "type")]
    kind: PluginType,
    keywords: Vec<String>,
    engine: Option<String>,
    published_at: String,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Version {
    version: semver::Version,
    archive: Digest,
    size: u64,
    yanked: bool,
    published_at: String,
}

pub(in crate::registry) async fn show(
    State(app): State<Arc<App>>,
    PluginAddress(name): PluginAddress,
) -> Result<Response<Body>, Problem> {
    let wanted = name.clone();
    let releases = app
        .blocking(move |app| Ok(app.database.read(|rows| releases::all(rows, &wanted))?))
        .await?;
    if releases.is_empty() {
        return Err(Problem::new(&problem::NOT_FOUND, format!("there is no plugin {name}")));
    }
    json(StatusCode::OK, &plugin(name, releases))
}

fn plugin(name: PluginName, mut releases: Vec<Release>) -> Plugin {
    releases.sort_by(|a, b| b.entry.version.cmp(&a.entry.version));
    let offered = || releases.iter().filter(|release| !release.entry.yanked);
    let stable = offered().find(|release| release.entry.version.pre.is_empty());
    let newest = stable.or_else(|| offered().next()).map(|release| Newest {
        version: release.entry.version.clone(),
        title: release.title.clone(),
        description: release.entry.description.clone(),
        kind: release.kind,
        keywords: release.keywords.clone(),
        engine: release.entry.engine.clone(),
        published_at: release.published_at.clone(),
    });
    let versions = releases
        .into_iter()
        .map(|release| Version {
            version: release.entry.version,
            archive: release.entry.archive,
            size: release.entry.size,
            yanked: release.entry.yanked,
            published_at: release.published_at,
        })
        .collect();
    Plugin { name, newest, versions }
}
