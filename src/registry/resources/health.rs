//! `/healthz`: whether the database answers.

use std::sync::Arc;

use axum::extract::State;

use super::super::app::App;
use super::super::problem::Problem;
use super::super::rows;

pub(in crate::registry) async fn show(
    State(app): State<Arc<App>>,
) -> Result<&'static str, Problem> {
    app.blocking(|app| Ok(app.database.read(rows::answers)?)).await?;
    Ok("ok\n")
}
