//! `PUT /api/v1/plugins/NS/SLUG/VERSION`: publishes a release.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, Response, StatusCode};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::super::app::App;
use super::super::caller::{Caller, authorise};
use super::super::problem::{self, Problem};
use super::super::publish::{self, Outcome, Request};
use super::super::upload::{self, Upload};
use super::json;
use super::parameters::ReleaseAddress;

/// How long a request waits for its turn before it is told to come back.
const TURN: Duration = Duration::from_secs(10);

pub(in crate::registry) async fn publish(
    State(app): State<Arc<App>>,
    address: Result<ReleaseAddress, Problem>,
    caller: Caller,
    headers: HeaderMap,
    body: Body,
) -> Result<Response<Body>, Problem> {
    let request = match permit(&app, address, caller, &headers).await {
        Ok(request) => request,
        Err(problem) => {
            upload::discard(body.into_data_stream(), &app.config.limits);
            return Err(problem);
        }
    };
    let (upload, place) = receive(&app, body).await?;
    let turn = turn(&app.checks).await?;
    let work = move |app: &App| {
        // Held to the end of the work, also when the client is gone.
        let _held = (place, turn);
        publish::publish(app, &request, upload)
    };
    let outcome = app.blocking(work).await?;
    match outcome {
        Outcome::Published(entry) => json(StatusCode::CREATED, &entry),
        Outcome::Known(entry) => json(StatusCode::OK, &entry),
    }
}

/// Everything that can be refused before the body is read.
async fn permit(
    app: &Arc<App>,
    address: Result<ReleaseAddress, Problem>,
    caller: Caller,
    headers: &HeaderMap,
) -> Result<Request, Problem> {
    let ReleaseAddress { name, version } = address?;
    let token = authorise(app, headers, &name.namespace).await?;
    upload::check_head(headers)?;
    Ok(Request { name, version, token, caller })
}

async fn receive(app: &Arc<App>, body: Body) -> Result<(Upload, OwnedSemaphorePermit), Problem> {
    match turn(&app.uploads).await {
        Ok(place) => Ok((upload::read(body, &app.config.limits).await?, place)),
        Err(problem) => {
            upload::discard(body.into_data_stream(), &app.config.limits);
            Err(problem)
        }
    }
}

async fn turn(places: &Arc<Semaphore>) -> Result<OwnedSemaphorePermit, Problem> {
    let busy = || Problem::new(&problem::BUSY, "many releases are being published").later(5);
    let place = tokio::time::timeout(TURN, places.clone().acquire_owned()).await;
    place.map_err(|_| busy())?.map_err(|_| busy())
}
