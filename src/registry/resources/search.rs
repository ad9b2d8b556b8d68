//! `GET /api/v1/search`: plugins by words and type.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::http::{Response, StatusCode, Uri};
use serde::Serialize;

use super::super::app::App;
use super::super::problem::{self, Problem};
use super::super::rows::search::{self, Hit, Query};
use super::json;
use crate::model::PluginType;

/// Longest text, in characters.
const MAX_TEXT: usize = 200;
/// Results of a page when the client does not say.
const LIMIT: u32 = 20;
/// Most results of a page.
const MAX_LIMIT: u32 = 100;
/// Most results that can be left out.
const MAX_OFFSET: u32 = 10_000;

#[derive(Serialize)]
struct Found {
    total: u32,
    results: Vec<Hit>,
}

pub(in crate::registry) async fn find(
    State(app): State<Arc<App>>,
    address: Uri,
) -> Result<Response<Body>, Problem> {
    let query = query(address.query().unwrap_or_default())?;
    let (total, results) =
        app.blocking(move |app| Ok(app.database.read(|rows| search::find(rows, &query))?)).await?;
    json(StatusCode::OK, &Found { total, results })
}

/// Reads the query. An unknown parameter is left to newer servers; a known one must be right.
fn query(text: &str) -> Result<Query, Problem> {
    let refuse = |detail: String| Problem::new(&problem::QUERY, detail);
    let mut query = Query { limit: LIMIT, ..Query::default() };
    for (key, value) in url::form_urlencoded::parse(text.as_bytes()) {
        let number = |most: u32| {
            value
                .parse()
                .ok()
                .filter(|number| *number <= most)
                .ok_or_else(|| refuse(format!("`{key}` must be a number, at most {most}")))
        };
        match &*key {
            "q" if value.chars().count() > MAX_TEXT => {
                return Err(refuse(format!("`q` may have {MAX_TEXT} characters")));
            }
            "q" => query.text = value.into_owned(),
            "type" if value.is_empty() => {}
            "type" => {
                let kind = PluginType::ALL.into_iter().find(|kind| kind.as_str() == value);
                query.kind = Some(kind.ok_or_else(|| {
                    let all = PluginType::ALL.map(PluginType::as_str).join(", ");
                    refuse(format!("`type` must be one of {all}"))
                })?);
            }
            "limit" => query.limit = number(MAX_LIMIT)?,
            "offset" => query.offset = number(MAX_OFFSET)?,
            _ => {}
        }
    }
    Ok(query)
}
