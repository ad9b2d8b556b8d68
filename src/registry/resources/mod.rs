//! One file per resource: what it takes, what it answers.

pub(super) mod blob;
pub(super) mod health;
pub(super) mod index;
pub(super) mod log;
mod parameters;
pub(super) mod plugin;
pub(super) mod release;
pub(super) mod search;
pub(super) mod statement;
pub(super) mod well_known;

use axum::body::Body;
use axum::http::{HeaderValue, Response, StatusCode, header};
use serde::Serialize;

use super::problem::Problem;

/// An answer in JSON.
fn json<T: Serialize>(status: StatusCode, value: &T) -> Result<Response<Body>, Problem> {
    let body = serde_json::to_vec(value).map_err(|error| Problem::internal(error.to_string()))?;
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    Ok(response)
}
