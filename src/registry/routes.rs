//! Every route of the service. What each takes and answers is in `docs/registry-api.md`.

use std::sync::Arc;

use axum::Router;
use axum::http::Uri;
use axum::routing::{get, put};

use super::app::App;
use super::problem::{self, Problem};
use super::resources::{blob, health, index, log, plugin, release, search, statement, well_known};

/// The routes, on an open registry.
pub(super) fn routes(app: Arc<App>) -> Router {
    Router::new()
        .route("/.well-known/daino-registry.json", get(well_known::show))
        .route("/checkpoint", get(log::checkpoint))
        .route("/tile/{*tile}", get(log::tile))
        .route("/map/{shard}/{name}", get(log::map))
        .route("/index/{first}/{second}/{page}", get(index::show))
        .route("/blobs/sha256/{shard}/{digest}", get(blob::show))
        .route("/api/v1/search", get(search::find))
        .route("/api/v1/plugins/{namespace}/{slug}", get(plugin::show))
        .route("/api/v1/plugins/{namespace}/{slug}/{version}", put(release::publish))
        .route("/api/v1/statements/{digest}", put(statement::record))
        .route("/healthz", get(health::show))
        .fallback(nothing)
        .method_not_allowed_fallback(other_method)
        .with_state(app)
}

async fn nothing(_: Uri) -> Problem {
    Problem::new(&problem::NOT_FOUND, "this address is not one of the registry's interface")
}

async fn other_method() -> Problem {
    Problem::new(&problem::METHOD, "`Allow` lists the methods for this address")
}
