//! `/checkpoint` and `/tile/…`: the transparency log; `/map/…`: the index as a Merkle map.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderValue, Response, header};

use super::super::app::App;
use super::super::problem::{self, Problem};
use super::parameters::Parameters;
use crate::model::Digest;
use crate::trust::tlog::Tile;

pub(in crate::registry) async fn checkpoint(
    State(app): State<Arc<App>>,
) -> Result<Response<Body>, Problem> {
    file(app, None, "text/plain; charset=utf-8", "no-cache").await
}

pub(in crate::registry) async fn tile(
    State(app): State<Arc<App>>,
    parameters: Parameters,
) -> Result<Response<Body>, Problem> {
    let tile = Tile::at(&format!("tile/{}", parameters.get(0))).ok_or_else(nothing)?;
    file(app, Some(tile), "application/octet-stream", FOREVER).await
}

pub(in crate::registry) async fn map(
    State(app): State<Arc<App>>,
    parameters: Parameters,
) -> Result<Response<Body>, Problem> {
    let (shard, name) = (parameters.get(0), parameters.get(1));
    let is_number =
        shard == "top" && name.parse::<u64>().is_ok_and(|size| size.to_string() == name);
    let is_hash =
        format!("sha256:{name}").parse::<Digest>().is_ok() && name.get(..2) == Some(shard);
    if !is_number && !is_hash {
        return Err(nothing());
    }
    let path = app.transparency.map_path(&format!("{shard}/{name}"));
    give(app, path, "application/octet-stream", FOREVER).await
}

const FOREVER: &str = "public, max-age=31536000, immutable";

fn nothing() -> Problem {
    Problem::new(&problem::NOT_FOUND, "the log has no such tile")
}

async fn file(
    app: Arc<App>,
    tile: Option<Tile>,
    kind: &'static str,
    keep: &'static str,
) -> Result<Response<Body>, Problem> {
    let path = app.transparency.path(tile);
    give(app, path, kind, keep).await
}

async fn give(
    app: Arc<App>,
    path: std::path::PathBuf,
    kind: &'static str,
    keep: &'static str,
) -> Result<Response<Body>, Problem> {
    let read = move |_: &App| match std::fs::read(&path) {
        Ok(bytes) => Ok(bytes),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Err(nothing()),
        Err(error) => Err(Problem::internal(format!("a file of the log: {error}"))),
    };
    let mut response = Response::new(Body::from(app.blocking(read).await?));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(keep));
    Ok(response)
}
