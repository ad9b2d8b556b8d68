//! Tells everybody who has or wants a plugin of a fault in some of its releases.

use serde::Serialize;
use url::Url;

use crate::client::Known;
use crate::error::Failure;
use crate::model::release::PluginName;
use crate::model::{Ask, Observer, PluginSpec};
use crate::ops::statement::{self, Speaker};
pub(crate) use crate::trust::Severity;
use crate::trust::{AdvisoryPredicate, Statement};

/// What to tell.
#[derive(Debug, Clone)]
pub(crate) struct AdviseRequest {
    /// The plugin. Without a namespace: the one of the settings.
    pub spec: PluginSpec,
    /// Versions that have the fault.
    pub affected: semver::VersionReq,
    /// Id of the advisory; one that is there gets its next revision.
    pub id: String,
    /// How bad it is.
    pub severity: Severity,
    /// What it is.
    pub summary: String,
    /// Who says so.
    pub speaker: Speaker,
}

/// What was told, or would be.
#[derive(Debug, Serialize)]
pub(crate) struct AdviseOutcome {
    /// Where.
    pub registry: Url,
    /// What.
    pub advisory: AdvisoryPredicate,
    /// Whether it was sent.
    pub sent: bool,
}

/// Signs an advisory and sends it.
pub(crate) async fn advise(
    request: AdviseRequest,
    ask: &dyn Ask,
    observer: &dyn Observer,
) -> Result<AdviseOutcome, Failure> {
    let speaker = &request.speaker;
    let namespace = speaker.namespace(request.spec.namespace)?;
    let name = PluginName { namespace, slug: request.spec.slug };
    let signers = speaker.signers(ask)?;
    let (choice, registry) = speaker.registry().await?;
    let index = registry.index(&name, &Known::default(), observer).await?;
    let advisory = AdvisoryPredicate {
        revision: index.history.next_revision(&request.id),
        name,
        id: request.id,
        affected: request.affected,
        severity: request.severity,
        summary: request.summary,
        signed_at: statement::now(),
    };
    let said = Statement::Advisory(advisory.clone());
    speaker.say(&registry, &said, &signers.iter().collect::<Vec<_>>()).await?;
    Ok(AdviseOutcome { registry: choice.url, advisory, sent: !speaker.dry_run })
}
