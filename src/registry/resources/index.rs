//! `/index/AA/BB/NS--SLUG.jsonl`: the statements about one plugin, a line each; `NS.jsonl`: those that
//! make the owner chain of a namespace.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode, header};

use super::super::app::App;
use super::super::pages::{Page, PageName, shards};
use super::super::problem::{self, Problem};
use super::parameters::Parameters;
use crate::model::PluginSlug;
use crate::model::release::PluginName;

pub(in crate::registry) async fn show(
    State(app): State<Arc<App>>,
    parameters: Parameters,
    headers: HeaderMap,
) -> Result<Response<Body>, Problem> {
    let nothing = || Problem::new(&problem::NOT_FOUND, "no release of this name was published");
    let name = name(&parameters).ok_or_else(nothing)?;
    let page = match app.pages.kept(&name.stem()) {
        Some(page) => page,
        None => {
            let loaded = app.blocking(move |app| Ok(app.pages.load(&name)?)).await?;
            loaded.ok_or_else(nothing)?
        }
    };
    Ok(answer(&page, &headers))
}

/// The page, when every part of the address is as it must be.
fn name(parameters: &Parameters) -> Option<PageName> {
    let stem = parameters.get(2).strip_suffix(".jsonl")?;
    let (namespace, slug) = match stem.split_once("--") {
        Some((namespace, slug)) => (namespace, Some(slug)),
        None => (stem, None),
    };
    let [first, second] = shards(namespace);
    if parameters.get(0) != first || parameters.get(1) != second {
        return None;
    }
    let part = |text| PluginSlug::new(text).ok();
    let namespace = part(namespace)?;
    Some(match slug {
        Some(slug) => PageName::Plugin(PluginName { namespace, slug: part(slug)? }),
        None => PageName::Owner(namespace),
    })
}

fn answer(page: &Page, asked: &HeaderMap) -> Response<Body> {
    let is_known = asked
        .get_all(header::IF_NONE_MATCH)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(|tag| tag.trim().trim_start_matches("W/"))
        .any(|tag| tag == "*" || tag.as_bytes() == page.etag.as_bytes());
    let mut response =
        Response::new(if is_known { Body::empty() } else { Body::from(page.bytes.clone()) });
    if is_known {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
    }
    let headers = response.headers_mut();
    headers.insert(header::ETAG, page.etag.clone());
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/jsonl"));
    response
}
