//! Puts a plugin into a DainoStore host: the import and the calls that have to follow it.

use std::path::PathBuf;

use serde::Serialize;

use crate::bridge::{self, Host};
use crate::config::{Settings, env};
use crate::error::{ErrorCode, Failure};
use crate::model::event::Tell;
use crate::model::question::QuestionKind;
use crate::model::{Answer, Ask, ExitCode, Observer, Question};
use crate::net::HttpOptions;
use crate::project;

/// Codes of this module.
pub(crate) const CODES: &[&ErrorCode] = &[&NOT_ANSWERED];

static NOT_ANSWERED: ErrorCode = ErrorCode {
    id: "deploy.not-answered",
    exit: ExitCode::Interrupted,
    meaning: "The question about the token was left unanswered. Nothing was sent.",
    remedy: "Set DAINO_HOST_TOKEN, or run the command again.",
};

/// What to deploy, and where.
pub(crate) struct DeployRequest {
    /// The plugin's directory.
    pub dir: PathBuf,
    /// The host's address.
    pub host: String,
    /// The shop's id in the host.
    pub store_id: String,
    /// The settings of this run.
    pub settings: Settings,
    /// Whether the network is switched off.
    pub offline: bool,
    /// Send nothing.
    pub dry_run: bool,
}

/// What was deployed, or would be.
#[derive(Debug, Serialize)]
pub(crate) struct DeployOutcome {
    /// The plugin's slug.
    pub slug: String,
    /// Its version.
    pub version: semver::Version,
    /// Its id in the host, once it is there.
    pub id: Option<String>,
    /// The calls after the import, in order.
    pub steps: Vec<String>,
    /// What works in our shops and not in a host.
    pub notes: Vec<String>,
}

/// Deploys. What fails is undone.
pub(crate) async fn deploy(
    request: DeployRequest,
    ask: &dyn Ask,
    observer: &dyn Observer,
) -> Result<DeployOutcome, Failure> {
    let exported = bridge::export(&project::read(&request.dir)?)?;
    for note in &exported.notes {
        observer.warn(note.clone());
    }
    let mut outcome = DeployOutcome {
        slug: exported.slug.to_string(),
        version: exported.version.clone(),
        id: None,
        steps: exported.calls.iter().map(|call| call.step.clone()).collect(),
        notes: exported.notes.clone(),
    };
    let http = HttpOptions {
        idle: request.settings.http_idle()?,
        offline: request.offline,
        ..HttpOptions::default()
    };
    // The address is looked at also when nothing is sent.
    let token = if request.dry_run { None } else { token(ask)? };
    let host = Host::new(&request.host, &request.store_id, token, http)?;
    if request.dry_run {
        return Ok(outcome);
    }
    let deployed = bridge::deploy(&host, &exported, observer).await?;
    outcome.id = Some(deployed.id);
    outcome.steps = deployed.steps;
    Ok(outcome)
}

/// The token: from the environment, else asked for; a host may do without.
fn token(ask: &dyn Ask) -> Result<Option<String>, Failure> {
    if let Some(token) = env::read(env::HOST_TOKEN) {
        return Ok(Some(token));
    }
    if !ask.is_interactive() {
        return Ok(None);
    }
    let question = Question {
        id: "host-token",
        text: "Token of the host (return alone sends none)".to_owned(),
        flag: "DAINO_HOST_TOKEN",
        kind: QuestionKind::Secret,
    };
    match ask.ask(&question) {
        Ok(Answer::Text(token)) if !token.is_empty() => Ok(Some(token)),
        Ok(_) => Ok(None),
        Err(error) => Err(Failure::new(&NOT_ANSWERED, "the token was not given").caused_by(&error)),
    }
}
