//! `PUT /api/v1/statements/DIGEST`: what a publisher signed about a namespace or a plugin, but for
//! releases, which come with their archive. `DIGEST` is the SHA-256 of the statement.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, Response, StatusCode};

use super::super::app::App;
use super::super::caller::{Caller, authorise};
use super::super::problem::{self, Problem};
use super::super::statement::{self, Request};
use super::super::upload;
use super::json;
use super::parameters::Parameters;
use crate::trust::{TrustError, claimed, payload_digest};

pub(in crate::registry) async fn record(
    State(app): State<Arc<App>>,
    parameters: Parameters,
    caller: Caller,
    headers: HeaderMap,
    body: Body,
) -> Result<Response<Body>, Problem> {
    let envelope = upload::read_envelope(body, &headers, &app.config.limits).await?;
    let digest =
        payload_digest(&envelope).map_err(|error| Problem::because(&problem::SIGNATURE, &error))?;
    if digest.hex() != parameters.get(0) {
        let detail = "the address has another digest than the statement";
        return Err(Problem::new(&problem::STATEMENT, detail));
    }
    let claimed = claimed(&envelope).ok_or_else(|| {
        let error = TrustError::Statement("it is no statement that is known here".to_owned());
        Problem::because(&problem::STATEMENT, &error)
    })?;
    let token = authorise(&app, &headers, claimed.namespace()).await?;
    let request = Request { envelope, claimed, digest, token, caller };
    let work = move |app: &App| statement::record(app, &request);
    let (line, is_new) = app.blocking(work).await?;
    json(if is_new { StatusCode::CREATED } else { StatusCode::OK }, &line)
}
