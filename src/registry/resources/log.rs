//! `/checkpoint` and `/tile/…`: the transparency log.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderValue, Response, header};

use super::super::app::App;
use super::super::problem::{self, Problem};
use super::parameters::Parameters;
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
    let forever = "public, max-age=31536000, immutable";
    file(app, Some(tile), "application/octet-stream", forever).await
}

fn nothing() -> Problem {
    Problem::new(&problem::NOT_FOUND, "the log has no such tile")
}

async fn file(
    app: Arc<App>,
    tile: Option<Tile>,
    kind: &'static str,
    keep: &'static str,
) -> Result<Response<Body>, Problem> {
    let read = move |app: &App| match std::fs::read(app.transparency.path(tile)) {
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
