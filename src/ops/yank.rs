//! Withdraws a release from new installs, or takes that back. The release itself stays.

use serde::Serialize;
use url::Url;

use crate::client::{self, Known};
use crate::error::{ErrorCode, Failure};
use crate::model::release::PluginName;
use crate::model::{Ask, ExitCode, Observer, PluginSpec, VersionWanted};
use crate::ops::statement::{self, Speaker};
use crate::trust::{Statement, YankPredicate};

/// Codes of this module.
pub(crate) const CODES: &[&ErrorCode] = &[&VERSION];

static VERSION: ErrorCode = ErrorCode {
    id: "yank.version",
    exit: ExitCode::Usage,
    meaning: "One release is yanked at a time, so its version has to be given.",
    remedy: "Write NAMESPACE/SLUG@VERSION, such as `acme/sms@1.2.0`.",
};

/// Which release.
#[derive(Debug, Clone)]
pub(crate) struct YankRequest {
    /// The plugin and the exact version. Without a namespace: the one of the settings.
    pub spec: PluginSpec,
    /// Take it back.
    pub undo: bool,
    /// Why, for people.
    pub reason: Option<String>,
    /// Who says so.
    pub speaker: Speaker,
}

/// What was changed, or would be.
#[derive(Debug, Serialize)]
pub(crate) struct YankOutcome {
    /// The plugin.
    pub name: PluginName,
    /// The release.
    pub version: semver::Version,
    /// Where.
    pub registry: Url,
    /// Whether it is withdrawn now.
    pub yanked: bool,
    /// Whether it was changed.
    pub changed: bool,
    /// Whether it was so already.
    pub already: bool,
}

/// Yanks a release, or takes that back: with a statement that the publisher signs.
pub(crate) async fn yank(
    request: YankRequest,
    ask: &dyn Ask,
    observer: &dyn Observer,
) -> Result<YankOutcome, Failure> {
    let VersionWanted::Exact(version) = request.spec.version.clone() else {
        let message = format!("`{}` does not name one release", request.spec);
        return Err(Failure::new(&VERSION, message).hint(VERSION.remedy));
    };
    let speaker = &request.speaker;
    let namespace = speaker.namespace(request.spec.namespace)?;
    let name = PluginName { namespace, slug: request.spec.slug };
    let (choice, registry) = speaker.registry().await?;
    let outcome = |changed, already| YankOutcome {
        name: name.clone(),
        version: version.clone(),
        registry: choice.url.clone(),
        yanked: !request.undo,
        changed,
        already,
    };
    if speaker.dry_run {
        return Ok(outcome(false, false));
    }
    let signers = speaker.signers(ask)?;
    let index = registry.index(&name, &Known::default(), observer).await?;
    client::exact(&index, &version)?;
    let listed = index.history.release(&version).filter(|listed| listed.is_yanked == request.undo);
    let Some(listed) = listed else { return Ok(outcome(false, true)) };
    let yank = YankPredicate {
        name: name.clone(),
        version: version.clone(),
        archive: listed.archive,
        sequence: listed.changes,
        reason: request.reason.clone(),
        signed_at: statement::now(),
    };
    let said = if request.undo { Statement::Unyank(yank) } else { Statement::Yank(yank) };
    speaker.say(&registry, &said, &signers.iter().collect::<Vec<_>>()).await?;
    Ok(outcome(true, false))
}
