//! `…/VERSION/yank`: withdraws a release from new installs (`PUT`), takes that back (`DELETE`).
//! The release stays where it is: a shop that has it can still fetch it.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, Response, StatusCode};

use super::super::app::App;
use super::super::caller::{Caller, authorise};
use super::super::problem::Problem;
use super::super::publish::{self, Request};
use super::json;
use super::parameters::ReleaseAddress;

pub(in crate::registry) async fn yank(
    State(app): State<Arc<App>>,
    address: ReleaseAddress,
    caller: Caller,
    headers: HeaderMap,
) -> Result<Response<Body>, Problem> {
    set(app, address, caller, &headers, true).await
}

pub(in crate::registry) async fn unyank(
    State(app): State<Arc<App>>,
    address: ReleaseAddress,
    caller: Caller,
    headers: HeaderMap,
) -> Result<Response<Body>, Problem> {
    set(app, address, caller, &headers, false).await
}

async fn set(
    app: Arc<App>,
    address: ReleaseAddress,
    caller: Caller,
    headers: &HeaderMap,
    yanked: bool,
) -> Result<Response<Body>, Problem> {
    let ReleaseAddress { name, version } = address;
    let token = authorise(&app, headers, &name.namespace).await?;
    let request = Request { name, version, token, caller };
    let entry = app.blocking(move |app| publish::set_yanked(app, &request, yanked)).await?;
    json(StatusCode::OK, &entry)
}
