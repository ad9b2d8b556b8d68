//! The guided tour: a plugin from its first file to a row in a shop's database and out again, with
//! a registry in between. Every step is the operation of the subcommand of the same name.
//!
//! Everything is made below one new directory, with a home of its own: the user's keys, settings
//! and shops are not touched, and neither are variables such as `DAINO_TOKEN` read.

mod by_hand;
mod place;
mod story;
mod tour;

use std::path::PathBuf;

use serde::Serialize;
use serde_json::{Map, Value};
use url::Url;

use crate::error::{ErrorCode, Failure};
use crate::model::event::Tell;
use crate::model::{ExitCode, Observer};
use crate::ops::registry_serve::RunningRegistry;
use crate::store::Shop;
use crate::sys::stop::StopSignal;

use place::Place;
use story::Below;
use tour::Tour;

/// Codes of this module.
pub(crate) const CODES: &[&ErrorCode] = &[&EXISTS, &WRITE, &VERDICT, &NO_ROW, &INTERRUPTED];

static EXISTS: ErrorCode = ErrorCode {
    id: "quickstart.exists",
    exit: ExitCode::Usage,
    meaning: "The directory of the tour exists already. What is there is never changed.",
    remedy: "Remove it, or give another one: `--dir DIR`.",
};
static WRITE: ErrorCode = ErrorCode {
    id: "quickstart.write",
    exit: ExitCode::Usage,
    meaning: "The tour cannot write in its own directory.",
    remedy: "Check that the place is yours to write in and that the disk has room.",
};
static VERDICT: ErrorCode = ErrorCode {
    id: "quickstart.verdict",
    exit: ExitCode::Negative,
    meaning: "The plugin of the tour did not pass its checks or its tests on this machine.",
    remedy: "Run the command that the message names to see why, and please report it.",
};
static NO_ROW: ErrorCode = ErrorCode {
    id: "quickstart.no-row",
    exit: ExitCode::Bug,
    meaning: "A step of the tour ended well and did not do what it should.",
    remedy: "Please report it, with the output of `daino-pdk doctor`.",
};
static INTERRUPTED: ErrorCode = ErrorCode {
    id: "quickstart.interrupted",
    exit: ExitCode::Interrupted,
    meaning: "The tour was stopped. Its registry and its database are stopped, too.",
    remedy: "Remove the directory of the tour and run it again.",
};

/// The tour to make.
#[derive(Debug, Clone)]
pub(crate) struct QuickstartRequest {
    /// Its directory, which must not exist.
    pub dir: PathBuf,
    /// The directory as the person wrote it.
    pub shown: String,
    /// Leave the plugin installed, and registry and shop running.
    pub keep: bool,
    /// Whether the network beyond this machine is switched off.
    pub offline: bool,
}

/// One step that was made.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct StepDone {
    /// Stable id.
    pub id: &'static str,
    /// What it does.
    pub title: &'static str,
    /// What happened, line by line.
    pub story: Vec<String>,
    /// Wall clock, milliseconds.
    pub millis: u64,
}

/// What was made and seen.
#[derive(Debug, Serialize)]
pub(crate) struct QuickstartOutcome {
    /// The directory of the tour.
    pub directory: PathBuf,
    /// The directory as the person wrote it.
    pub shown: String,
    /// The steps, in order.
    pub steps: Vec<StepDone>,
    /// Wall clock of all steps, milliseconds.
    pub millis: u64,
    /// The row that the plugin wrote when the hook was fired.
    pub row: Map<String, Value>,
    /// Where the registry was; with `--keep` where it is.
    pub registry: Url,
    /// Whether plugin, registry and shop stay.
    pub kept: bool,
    /// Commands that make a shell see the tour's own home; run in its directory.
    pub environment: Vec<String>,
    /// The same, command by command, for an empty directory.
    pub by_hand: Vec<String>,
}

/// A tour that ended well.
pub(crate) struct Finished {
    /// What it tells.
    pub outcome: QuickstartOutcome,
    running: Option<(RunningRegistry, Shop)>,
}

impl Finished {
    /// Keeps registry and shop running until the process is asked to stop. Returns at once when
    /// nothing was to be kept.
    pub(crate) async fn stay(self, observer: &dyn Observer) {
        if let Some((registry, shop)) = self.running {
            registry.run(observer).await;
            shop.close(observer).await;
        }
    }
}

/// Makes the tour.
pub(crate) async fn quickstart(
    request: QuickstartRequest,
    observer: &dyn Observer,
) -> Result<Finished, Failure> {
    let mut stop = StopSignal::new()
        .map_err(|e| Failure::new(&WRITE, "cannot listen for signals").caused_by(&e))?;
    let place = Place::make(&request)?;
    let below = Below(observer);
    let mut tour = Tour::new(&place, &request, observer, &below);
    let result = tokio::select! {
        result = tour.run() => result,
        () = stop.wait() => Err(Failure::new(&INTERRUPTED, "the tour was stopped")),
    };
    match result {
        Ok(row) => {
            let (registry, shop, url, steps) = tour.end()?;
            let outcome = QuickstartOutcome {
                directory: place.root.clone(),
                shown: request.shown.clone(),
                millis: steps.iter().map(|step| step.millis).sum(),
                steps,
                row,
                registry: url,
                kept: request.keep,
                environment: by_hand::environment(),
                by_hand: by_hand::commands(),
            };
            if request.keep {
                return Ok(Finished { outcome, running: Some((registry, shop)) });
            }
            shop.close(observer).await;
            Ok(Finished { outcome, running: None })
        }
        Err(failure) => {
            let at = tour.standing();
            tour.close().await;
            observer.detail(format!("the tour ended at {at}"));
            Err(failure.within(&at).hint(format!(
                "what was made so far is in `{0}`; before the next try: `rm -r {0}`",
                request.shown
            )))
        }
    }
}
