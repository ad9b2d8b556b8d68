//! `/.well-known/daino-registry.json`: what this registry is, and where its parts are.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderValue, Response, header};
use serde::Serialize;

use super::super::app::App;
use crate::sys::build;
use crate::trust::tlog::LogKey;

#[derive(Serialize)]
struct Document<'a> {
    format: u32,
    name: &'a str,
    software: &'static str,
    version: &'static str,
    api: &'static str,
    index: &'static str,
    blobs: &'static str,
    log: LogPart<'a>,
}

#[derive(Serialize)]
struct LogPart<'a> {
    name: &'a str,
    key: String,
    checkpoint: &'static str,
    tiles: &'static str,
}

/// The document of a registry of this name.
pub(in crate::registry) fn document(name: &str, log: &LogKey) -> Vec<u8> {
    let document = Document {
        format: 1,
        name,
        software: "daino-pdk",
        version: build::VERSION,
        api: "api/v1/",
        index: "index/",
        blobs: "blobs/",
        log: LogPart {
            name: log.name(),
            key: log.to_string(),
            checkpoint: "checkpoint",
            tiles: "tile/",
        },
    };
    let mut bytes = serde_json::to_vec(&document).expect("the document has only strings");
    bytes.push(b'\n');
    bytes
}

pub(in crate::registry) async fn show(State(app): State<Arc<App>>) -> Response<Body> {
    let mut response =
        Response::new(Body::from(document(&app.config.name, &app.transparency.public())));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=300"));
    response
}
