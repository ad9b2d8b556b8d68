//! Installs a plugin again from where it came from: with what an uninstallation kept, or over code that
//! somebody changed.

use std::path::PathBuf;

use crate::error::{ErrorCode, Failure};
use crate::model::installed::{CodeCheck, InstalledPlugin, PluginSource};
use crate::model::uninstall_plan::UninstallChoices;
use crate::model::{Ask, ExitCode, Observer, PluginSlug, VersionWanted};
use crate::ops::install::{self, Accepted, Given, InstallOutcome, InstallRequest, Present, Source};
use crate::ops::open_shop::{PluginLog, ShopPlace, in_shop};
use crate::ops::together::not_done;
use crate::ops::update::RegistryFlags;
use crate::store::lifecycle::{self, Change, CodeFolder, LifecycleError, Step, records};

/// Codes of this module.
pub(crate) const CODES: &[&ErrorCode] = &[&NO_SOURCE];

static NO_SOURCE: ErrorCode = ErrorCode {
    id: "reinstall.no-source",
    exit: ExitCode::Usage,
    meaning: "The plugin came from a backup, so there is no release to install again.",
    remedy: "Restore the backup (`daino-pdk backup restore`), or say where the release is with `--from`.",
};

/// What to install again.
pub(crate) struct ReinstallRequest {
    /// The shop.
    pub place: ShopPlace,
    /// The plugin.
    pub slug: PluginSlug,
    /// Where the release is, instead of where the plugin came from.
    pub from: Option<Source>,
    /// How to reach registries.
    pub flags: RegistryFlags,
    /// Settings and secrets.
    pub given: Given,
    /// What is accepted beforehand.
    pub accepted: Accepted,
    /// Take defaults where something optional would be asked.
    pub accept_defaults: bool,
    /// Show the plan, and change nothing.
    pub dry_run: bool,
}

/// Installs again. Code that was changed goes first; tables, data, settings and secrets stay.
pub(crate) async fn reinstall(
    request: ReinstallRequest,
    present: Present<'_>,
    ask: &dyn Ask,
    observer: &dyn Observer,
) -> Result<InstallOutcome, Failure> {
    let slug = request.slug.clone();
    let source = in_shop(&request.place, observer, async |shop| {
        let mut change = Change::open(shop, observer).await?;
        let plugin = records::find(change.client(), &slug)
            .await?
            .ok_or_else(|| LifecycleError::NotInstalled(slug.to_string()))?;
        let source = match request.from.clone() {
            Some(source) => source,
            None => origin(&plugin, &request.flags)?,
        };
        let check = CodeFolder::of(shop.dir(), &slug).check(&plugin.code);
        if plugin.state.is_installed() && check != CodeCheck::Intact && !request.dry_run {
            let plan = lifecycle::plan_uninstall(&change, &slug).await?;
            // Others that need it will have it again in a moment.
            let choices = UninstallChoices {
                remove_data: false,
                remove_tables: false,
                remove_code: true,
                create_backup: true,
                force: true,
            };
            let steps = vec![Step::Uninstall(Box::new(plan), choices)];
            let done = lifecycle::apply_together(&mut change, steps, PluginLog::new()).await;
            done.map_err(|failed| not_done(failed, 1))?;
        }
        Ok(source)
    })
    .await?;
    let request = InstallRequest {
        place: request.place,
        source,
        given: request.given,
        accepted: request.accepted,
        accept_defaults: request.accept_defaults,
        dry_run: request.dry_run,
        flags: request.flags,
    };
    install::install(request, present, ask, observer).await
}

/// Where the very release came from.
fn origin(plugin: &InstalledPlugin, flags: &RegistryFlags) -> Result<Source, Failure> {
    match &plugin.source {
        PluginSource::Registry { name, registry } => {
            let exact = VersionWanted::Exact(plugin.version.clone());
            Ok(flags.source(name, registry, exact))
        }
        PluginSource::Folder { path } => Ok(Source::Folder(PathBuf::from(path))),
        PluginSource::Git { url, path, commit, .. } => flags.commit(url, path.as_deref(), commit),
        PluginSource::File { path } => Ok(Source::File(PathBuf::from(path))),
        _ => {
            let slug = &plugin.slug;
            let message = format!("nobody says where a release of `{slug}` is");
            Err(Failure::new(&NO_SOURCE, message)
                .hint(format!("say where it is: `daino-pdk reinstall {slug} --from FILE.dpk`")))
        }
    }
}
