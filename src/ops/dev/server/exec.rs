//! The addresses that DainoStore has: plugin routes, hooks fired by name, webhooks.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::super::call::{Answer, Request, Trigger};
use super::super::{Dev, sample};
use super::refuse;

/// Headers that no plugin may see and no recording may keep.
const CREDENTIALS: &[&str] = &["authorization", "cookie", "proxy-authorization", super::TOKEN];

/// The route `/` of a plugin.
pub(super) async fn root(
    dev: State<Arc<Dev>>,
    Path(plugin): Path<String>,
    parts: (Method, Uri, HeaderMap),
    body: Bytes,
) -> Response {
    answer_route(&dev, &plugin, "/", parts, &body).await
}

/// Any other route of a plugin.
pub(super) async fn route(
    dev: State<Arc<Dev>>,
    Path((plugin, path)): Path<(String, String)>,
    parts: (Method, Uri, HeaderMap),
    body: Bytes,
) -> Response {
    answer_route(&dev, &plugin, &format!("/{path}"), parts, &body).await
}

async fn answer_route(
    dev: &Dev,
    plugin: &str,
    path: &str,
    (method, uri, headers): (Method, Uri, HeaderMap),
    body: &[u8],
) -> Response {
    let Some(plugin) = dev.plugin(plugin) else { return unknown(dev, plugin) };
    let mut request = Request {
        method: method.to_string(),
        path: path.to_owned(),
        query: query(uri.query().unwrap_or_default()),
        headers: plain(&headers),
        ..Request::default()
    };
    request.set_body(body);
    respond(&plugin.call(Trigger::Route(Box::new(request))).await)
}

/// The answer of a route as HTTP. It says which version gave it.
fn respond(answer: &Answer) -> Response {
    let status = answer.status.and_then(|status| StatusCode::from_u16(status).ok());
    let status = status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = (status, Json(&answer.value)).into_response();
    numbers(&mut response, answer);
    response
}

fn numbers(response: &mut Response, answer: &Answer) {
    let number = |number: u64| HeaderValue::from(number);
    let headers = response.headers_mut();
    headers.insert(HeaderName::from_static("x-daino-call"), number(answer.call));
    if let Some(generation) = answer.generation {
        headers.insert(HeaderName::from_static("x-daino-generation"), number(generation));
    }
}

/// Fires a hook in every plugin that listens to it: with the payload of the body, or without one
/// with a sample. A list is taken as the arguments of a filter.
pub(super) async fn fire(
    State(dev): State<Arc<Dev>>,
    Path(name): Path<String>,
    body: Bytes,
) -> Response {
    let arguments = if body.iter().all(u8::is_ascii_whitespace) {
        sample::arguments(&name)
    } else {
        match serde_json::from_slice(&body) {
            Ok(Value::Array(arguments)) => arguments,
            Ok(payload) => vec![payload],
            Err(error) => {
                return refuse(
                    StatusCode::BAD_REQUEST,
                    &format!("the payload is not JSON: {error}"),
                );
            }
        }
    };
    let answers = dev.fire(&name, &arguments).await;
    if answers.is_empty() {
        let known = dev.hooks().into_iter().collect::<Vec<_>>().join(", ");
        let why = format!("no plugin listens to `{name}`; there are: {known}");
        return refuse(StatusCode::NOT_FOUND, &why);
    }
    let all_ok = answers.iter().all(|(_, answer)| answer.ok);
    let answers: Vec<Value> = answers
        .iter()
        .map(|(plugin, answer)| {
            let mut value = json!(answer);
            value["plugin"] = json!(plugin);
            value
        })
        .collect();
    let body =
        json!({ "success": all_ok, "hook": name, "arguments": arguments, "answers": answers });
    Json(body).into_response()
}

/// What a payment provider sends, to the plugin's `webhook` method: the body as it came.
pub(super) async fn webhook(
    State(dev): State<Arc<Dev>>,
    Path(plugin): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let Some(plugin) = dev.plugin(&plugin) else { return unknown(&dev, &plugin) };
    let Ok(raw) = std::str::from_utf8(&body) else {
        return refuse(StatusCode::BAD_REQUEST, "the body of a webhook is text");
    };
    let answer = plugin.call(webhook_call(raw, plain(&headers))).await;
    let status = answer.value.get("status").and_then(Value::as_u64);
    let status = status.and_then(|status| StatusCode::from_u16(u16::try_from(status).ok()?).ok());
    let (status, body) = match (&answer.problem, status) {
        (None, status) => (status.unwrap_or(StatusCode::OK), answer.value.clone()),
        (Some(problem), _) => {
            let body = json!({ "success": false, "error": problem.message });
            (StatusCode::INTERNAL_SERVER_ERROR, body)
        }
    };
    let mut response = (status, Json(body)).into_response();
    numbers(&mut response, &answer);
    response
}

/// A call of the method that takes webhooks.
pub(super) fn webhook_call(raw_body: &str, headers: Vec<(String, String)>) -> Trigger {
    let headers: BTreeMap<String, String> = headers.into_iter().collect();
    let input = json!({ "rawBody": raw_body, "headers": headers });
    Trigger::Method { name: "webhook".to_owned(), arguments: vec![input] }
}

fn unknown(dev: &Dev, plugin: &str) -> Response {
    let known: Vec<String> = dev.plugins.iter().map(|plugin| plugin.name()).collect();
    let why = format!("there is no plugin `{plugin}` here; there are: {}", known.join(", "));
    refuse(StatusCode::NOT_FOUND, &why)
}

fn plain(headers: &HeaderMap) -> Vec<(String, String)> {
    headers
        .iter()
        .filter(|(name, _)| !CREDENTIALS.contains(&name.as_str()))
        .filter_map(|(name, value)| Some((name.to_string(), value.to_str().ok()?.to_owned())))
        .collect()
}

/// The query as DainoStore reads it: a name that comes twice is a list.
fn query(text: &str) -> BTreeMap<String, Value> {
    let mut query: BTreeMap<String, Value> = BTreeMap::new();
    for (name, value) in url::form_urlencoded::parse(text.as_bytes()) {
        let value = json!(value);
        match query.get_mut(name.as_ref()) {
            None => drop(query.insert(name.into_owned(), value)),
            Some(Value::Array(list)) => list.push(value),
            Some(one) => *one = json!([one.take(), value]),
        }
    }
    query
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_name_that_comes_twice_is_a_list() {
        let query = query("a=1&b=x%20y&a=2&a=3");
        assert_eq!(json!(query), json!({"a": ["1", "2", "3"], "b": "x y"}));
    }

    #[test]
    fn credentials_go_nowhere() {
        let mut headers = HeaderMap::new();
        headers.insert("cookie", HeaderValue::from_static("s=1"));
        headers.insert("x-store-id", HeaderValue::from_static("1"));
        assert_eq!(plain(&headers), [("x-store-id".to_owned(), "1".to_owned())]);
    }
}
