//! The interface of the page.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::{Value, json};

use super::super::call::{Request, Trigger};
use super::super::difference::difference;
use super::super::journal::shown;
use super::super::plugin::with_store;
use super::super::webhook::{Message, Scheme, sign};
use super::super::{Dev, frame, sample};
use super::{exec, refuse};
use crate::check::{Options, Subject, check};
use crate::model::Frame;
use crate::watch::Input;

/// Everything the page shows that is not in the stream.
pub(super) async fn state(State(dev): State<Arc<Dev>>) -> Response {
    Json(dev.state().await).into_response()
}

/// A call as it was.
pub(super) async fn made(State(dev): State<Arc<Dev>>, Path(call): Path<u64>) -> Response {
    match dev.calls.find(call) {
        Some(made) => Json(made).into_response(),
        None => refuse(StatusCode::NOT_FOUND, "the call is too old; its details are gone"),
    }
}

/// Makes a call again and says what differs.
pub(super) async fn replay(State(dev): State<Arc<Dev>>, Path(call): Path<u64>) -> Response {
    let Some(made) = dev.calls.find(call) else {
        return refuse(StatusCode::NOT_FOUND, "the call is too old; its details are gone");
    };
    let Some(plugin) = dev.plugin(&made.plugin) else { return no_plugin() };
    let answer = plugin.call(made.trigger).await;
    let (before, after) = (made.answer.essence(), answer.essence());
    Json(json!({
        "call": answer.call,
        "same": before == after,
        "before": { "call": call, "generation": made.answer.generation, "millis": made.answer.millis },
        "after": { "call": answer.call, "generation": answer.generation, "millis": answer.millis },
        "difference": difference(&before, &after),
    }))
    .into_response()
}

/// Calls something in a plugin.
pub(super) async fn call(
    State(dev): State<Arc<Dev>>,
    Path(plugin): Path<String>,
    Json(trigger): Json<Trigger>,
) -> Response {
    let Some(plugin) = dev.plugin(&plugin) else { return no_plugin() };
    let trigger = match trigger {
        Trigger::Route(request) => Trigger::Route(Box::new(with_store(*request))),
        other => other,
    };
    Json(plugin.call(trigger).await).into_response()
}

/// A webhook to sign and deliver.
#[derive(Debug, Deserialize)]
pub(super) struct Webhook {
    /// How to sign.
    scheme: Scheme,
    /// Name of the secret to sign with.
    #[serde(default)]
    secret: String,
    /// Header of the signature, when it is not the usual one.
    #[serde(default)]
    header: String,
    /// Path of the route that takes it; empty for the method `webhook`.
    #[serde(default)]
    path: String,
    /// The body, as it is sent.
    body: String,
    /// Seconds that the signature is older than now, for a late or replayed message.
    #[serde(default)]
    age: i64,
}

/// Signs a webhook and delivers it.
pub(super) async fn webhook(
    State(dev): State<Arc<Dev>>,
    Path(plugin): Path<String>,
    Json(webhook): Json<Webhook>,
) -> Response {
    let Some(plugin) = dev.plugin(&plugin) else { return no_plugin() };
    let Some(version) = plugin.version() else {
        return refuse(StatusCode::SERVICE_UNAVAILABLE, "the plugin is not loaded");
    };
    let secrets = match plugin.parts.secrets(&version.project.manifest) {
        Ok(secrets) => secrets,
        Err(failure) => return refuse(StatusCode::BAD_REQUEST, failure.message()),
    };
    let Some(secret) = secrets
        .get(&webhook.secret)
        .or((webhook.scheme == Scheme::None).then_some(&webhook.secret))
    else {
        let why = format!("the manifest names no secret `{}`", webhook.secret);
        return refuse(StatusCode::BAD_REQUEST, &why);
    };
    let at = jiff::Timestamp::now().as_second().saturating_sub(webhook.age);
    let body = webhook.body.as_bytes();
    let signed = match sign(webhook.scheme, &Message { secret, body, at, header: &webhook.header })
    {
        Ok(signed) => signed,
        Err(why) => return refuse(StatusCode::BAD_REQUEST, &why),
    };
    let body = match signed.body {
        Some(body) => String::from_utf8_lossy(&body).into_owned(),
        None => webhook.body,
    };
    let mut headers = vec![("content-type".to_owned(), "application/json".to_owned())];
    headers.extend(signed.headers);
    let trigger = if webhook.path.is_empty() {
        exec::webhook_call(&body, headers)
    } else {
        let (method, path) = ("POST".to_owned(), webhook.path);
        let mut request = Request { method, path, headers, ..Request::default() };
        request.set_body(body.as_bytes());
        Trigger::Route(Box::new(with_store(request)))
    };
    Json(plugin.call(trigger).await).into_response()
}

/// Loads a plugin again, changed or not.
pub(super) async fn reload(State(dev): State<Arc<Dev>>, Path(plugin): Path<String>) -> Response {
    if dev.tell(&plugin, Input::Asked) {
        return Json(json!({ "success": true })).into_response();
    }
    no_plugin()
}

/// What a hook is fired with when nothing is given.
pub(super) async fn sample(Path(hook): Path<String>) -> Response {
    Json(json!({ "arguments": sample::arguments(&hook) })).into_response()
}

/// What the plugin keeps.
pub(super) async fn data(State(dev): State<Arc<Dev>>, Path(plugin): Path<String>) -> Response {
    let Some(plugin) = dev.plugin(&plugin) else { return no_plugin() };
    let looked = match plugin.version() {
        Some(version) if plugin.uses_database() => dev.data.look(&version.project.manifest).await,
        _ => None,
    };
    let (tables, keys) = match looked {
        Some(Ok(looked)) => looked,
        Some(Err(error)) => {
            return refuse(StatusCode::INTERNAL_SERVER_ERROR, &error.to_string());
        }
        None => (Vec::new(), plugin.parts.storage.all().into_iter().collect()),
    };
    let storage: Vec<Value> =
        keys.iter().map(|(key, value)| json!({ "key": key, "value": shown(value) })).collect();
    Json(json!({ "storage": storage, "tables": tables })).into_response()
}

/// What the validator says about the served version, each finding with its lines.
pub(super) async fn findings(State(dev): State<Arc<Dev>>, Path(plugin): Path<String>) -> Response {
    let Some(plugin) = dev.plugin(&plugin) else { return no_plugin() };
    let Some(version) = plugin.version() else {
        return refuse(StatusCode::SERVICE_UNAVAILABLE, "the plugin is not loaded");
    };
    let checked = tokio::task::spawn_blocking(move || {
        let files = &version.project.files;
        let report = check(&Subject { files }, &Options::default());
        let frame = |path: &str, line: u32, column: u32| {
            Frame::at(files, path, line as usize, column as usize)
        };
        let frames: Vec<_> = report
            .issues
            .iter()
            .map(|issue| frame(issue.file.as_str(), issue.span.line, issue.span.column))
            .collect();
        json!({ "report": report, "frames": frames, "generation": version.generation })
    });
    match checked.await {
        Ok(report) => Json(report).into_response(),
        Err(_) => refuse(StatusCode::INTERNAL_SERVER_ERROR, "the validator gave up"),
    }
}

/// The widgets and pages of the served version.
pub(super) async fn parts(State(dev): State<Arc<Dev>>, Path(plugin): Path<String>) -> Response {
    let Some(plugin) = dev.plugin(&plugin) else { return no_plugin() };
    let Some(version) = plugin.version() else {
        return refuse(StatusCode::SERVICE_UNAVAILABLE, "the plugin is not loaded");
    };
    match tokio::task::spawn_blocking(move || frame::parts(&version)).await {
        Ok(parts) => Json(json!({ "parts": parts })).into_response(),
        Err(_) => refuse(StatusCode::INTERNAL_SERVER_ERROR, "compiling was given up"),
    }
}

/// One of them, as it is drawn.
pub(super) async fn frame(
    State(dev): State<Arc<Dev>>,
    Path((plugin, kind, id)): Path<(String, String, String)>,
) -> Response {
    let (Some(plugin), Some(kind)) = (dev.plugin(&plugin), frame::Kind::of(&kind)) else {
        return no_plugin();
    };
    let Some(version) = plugin.version() else {
        return refuse(StatusCode::SERVICE_UNAVAILABLE, "the plugin is not loaded");
    };
    let store = dev.store_id().await;
    let made = move || frame::frame(&version, kind, &id, &store);
    let frame = match tokio::task::spawn_blocking(made).await {
        Ok(Some(Ok(frame))) => frame,
        Ok(Some(Err(problem))) => return refuse(StatusCode::CONFLICT, &problem.message),
        Ok(None) => return refuse(StatusCode::NOT_FOUND, "the plugin has no such widget or page"),
        Err(_) => return refuse(StatusCode::INTERNAL_SERVER_ERROR, "compiling was given up"),
    };
    let headers = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (header::CACHE_CONTROL, "no-store"),
        (header::X_FRAME_OPTIONS, "SAMEORIGIN"),
    ];
    let policy = [(header::CONTENT_SECURITY_POLICY, frame.policy)];
    (headers, policy, frame.html).into_response()
}

fn no_plugin() -> Response {
    refuse(StatusCode::NOT_FOUND, "there is no such plugin here")
}
