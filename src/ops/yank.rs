//! Withdraws a release from new installs, or takes that back. The release itself stays.

use serde::Serialize;
use url::Url;

use crate::client::Registry;
use crate::config::Settings;
use crate::error::{ErrorCode, Failure};
use crate::model::release::PluginName;
use crate::model::{ExitCode, PluginSpec, VersionWanted};
use crate::ops::fetch_release::client_options;
use crate::ops::publish;

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
    /// Name or URL of the registry; default from the settings.
    pub registry: Option<String>,
    /// The settings of this run.
    pub settings: Settings,
    /// Send nothing.
    pub dry_run: bool,
    /// Whether the network is switched off.
    pub offline: bool,
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
}

/// Yanks a release, or takes that back.
pub(crate) async fn yank(request: YankRequest) -> Result<YankOutcome, Failure> {
    let VersionWanted::Exact(version) = request.spec.version.clone() else {
        let message = format!("`{}` does not name one release", request.spec);
        return Err(Failure::new(&VERSION, message).hint(VERSION.remedy));
    };
    let settings = &request.settings;
    let namespace = match request.spec.namespace {
        Some(namespace) => namespace,
        None => settings.namespace(None)?.ok_or_else(publish::no_namespace)?.value,
    };
    let name = PluginName { namespace, slug: request.spec.slug };
    let choice = settings.registry(request.registry.as_deref())?;
    let registry = Registry::open(&choice, client_options(settings, request.offline)?)?;
    if !request.dry_run {
        publish::require_registry(&registry, &choice).await?;
        registry.yank(&name, &version, !request.undo).await?;
    }
    Ok(YankOutcome {
        name,
        version,
        registry: choice.url,
        yanked: !request.undo,
        changed: !request.dry_run,
    })
}
