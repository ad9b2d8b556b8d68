//! One file per subcommand: its flags and its words. The work is in `ops`.

mod advise;
mod backup;
mod completions;
mod create;
mod deploy;
#[cfg(feature = "dev")]
mod dev;
mod doctor;
mod explain;
mod import;
mod info;
mod install;
mod invoke;
mod key;
mod list;
mod lsp;
mod owner;
mod pack;
mod permissions;
mod publish;
#[cfg(feature = "registry-server")]
mod quickstart;
#[cfg(feature = "registry-server")]
mod registry;
mod reinstall;
mod rollback;
mod schema;
mod search;
mod source;
mod store;
mod switch;
mod test;
mod uninstall;
mod update;
mod validate;
mod yank;

use super::Session;
use crate::error::Failure;
use crate::model::ExitCode;

/// Every subcommand. The doc comments are the help.
#[derive(Debug, clap::Subcommand)]
pub(crate) enum Command {
    /// Take the tour: a plugin from its first file to a row in a shop's database.
    #[cfg(feature = "registry-server")]
    Quickstart(quickstart::QuickstartArgs),
    /// Create a plugin from a template.
    Create(create::CreateArgs),
    /// Serve plugins from their folders, reload them when they change, and show what they do.
    #[cfg(feature = "dev")]
    Dev(dev::DevArgs),
    /// Run a plugin's tests in the sandbox.
    Test(test::TestArgs),
    /// Check a plugin: security, performance, compatibility, quality, manifest, packaging.
    Validate(validate::ValidateArgs),
    /// Show the permissions of a plugin, or the smallest ones that its code provably needs.
    Permissions(permissions::PermissionsArgs),
    /// Make a local shop, and look at it.
    Store(store::StoreArgs),
    /// Pack a plugin into a reproducible release archive.
    Pack(pack::PackArgs),
    /// Turn a package of a DainoStore host into a plugin's directory.
    Import(import::ImportArgs),
    /// Put a plugin into a DainoStore host, with every call its import leaves out.
    Deploy(deploy::DeployArgs),
    /// Publish a signed release of a plugin to a registry.
    Publish(publish::PublishArgs),
    /// Search a registry for plugins.
    Search(search::SearchArgs),
    /// Keep a list of repositories to find plugins in.
    Source(source::SourceArgs),
    /// Show the releases of a plugin in a registry, and who signed them.
    Info(info::InfoArgs),
    /// Withdraw a release from new installs, or take that back.
    Yank(yank::YankArgs),
    /// Tell shops of a fault in releases of your plugin.
    Advise(advise::AdviseArgs),
    /// Install a plugin into a shop and start it.
    Install(install::InstallArgs),
    /// List the plugins of a shop, and check their code.
    List(list::ListArgs),
    /// Update plugins of a shop: compared, backed up, migrated, checked; or nothing happened.
    Update(update::UpdateArgs),
    /// Say for which plugins of a shop there is a newer release.
    Outdated(update::OutdatedArgs),
    /// Go back to an earlier release of a plugin.
    Rollback(rollback::RollbackArgs),
    /// Install a plugin again from where it came from, with what an uninstallation kept.
    Reinstall(reinstall::ReinstallArgs),
    /// Switch a plugin on.
    Enable(switch::EnableArgs),
    /// Switch a plugin off; everything it has stays.
    Disable(switch::DisableArgs),
    /// Keep a plugin at its version, or in a range.
    Pin(switch::PinArgs),
    /// Let a plugin be updated to any version again.
    Unpin(switch::UnpinArgs),
    /// Show what was done to plugins, when and by whom.
    History(switch::HistoryArgs),
    /// Call a method, a hook or a route of an installed plugin, in the sandbox.
    Invoke(invoke::InvokeArgs),
    /// Remove a plugin from a shop: disable, verified backup, data, tables, code, record.
    Uninstall(uninstall::UninstallArgs),
    /// Make, list, verify, restore, export, import and remove backups of plugins.
    Backup(backup::BackupArgs),
    /// Make, list, move, rotate and revoke signing keys.
    Key(key::KeyArgs),
    /// Show and change who owns a namespace.
    Owner(owner::OwnerArgs),
    /// Run a registry of your own.
    #[cfg(feature = "registry-server")]
    Registry(registry::RegistryArgs),
    /// Serve an editor: findings while you write, quick fixes, and the keys of manifest.json.
    Lsp(lsp::LspArgs),
    /// Print the JSON Schema of manifest.json.
    Schema(schema::SchemaArgs),
    /// Check this machine: sandbox, database, tools.
    Doctor(doctor::DoctorArgs),
    /// Print a completion script for a shell.
    Completions(completions::CompletionsArgs),
    /// Explain a rule or an error code.
    Explain(explain::ExplainArgs),
}

impl Command {
    /// Runs the subcommand.
    pub(crate) fn run(self, session: &Session) -> Result<ExitCode, Failure> {
        match self {
            #[cfg(feature = "registry-server")]
            Self::Quickstart(args) => quickstart::run(args, session),
            Self::Create(args) => create::run(args, session),
            #[cfg(feature = "dev")]
            Self::Dev(args) => dev::run(args, session),
            Self::Test(args) => test::run(args, session),
            Self::Validate(args) => validate::run(args, session),
            Self::Permissions(args) => permissions::run(args, session),
            Self::Store(args) => store::run(args, session),
            Self::Pack(args) => pack::run(args, session),
            Self::Import(args) => import::run(args, session),
            Self::Deploy(args) => deploy::run(args, session),
            Self::Publish(args) => publish::run(args, session),
            Self::Search(args) => search::run(args, session),
            Self::Source(args) => source::run(args, session),
            Self::Info(args) => info::run(args, session),
            Self::Yank(args) => yank::run(args, session),
            Self::Advise(args) => advise::run(args, session),
            Self::Install(args) => install::run(args, session),
            Self::List(args) => list::run(args, session),
            Self::Update(args) => update::run(args, session),
            Self::Outdated(args) => update::run_outdated(args, session),
            Self::Rollback(args) => rollback::run(args, session),
            Self::Reinstall(args) => reinstall::run(args, session),
            Self::Enable(args) => switch::enable(args, session),
            Self::Disable(args) => switch::disable(args, session),
            Self::Pin(args) => switch::pin(args, session),
            Self::Unpin(args) => switch::unpin(args, session),
            Self::History(args) => switch::history(args, session),
            Self::Invoke(args) => invoke::run(args, session),
            Self::Uninstall(args) => uninstall::run(args, session),
            Self::Backup(args) => backup::run(args, session),
            Self::Key(args) => key::run(args, session),
            Self::Owner(args) => owner::run(args, session),
            #[cfg(feature = "registry-server")]
            Self::Registry(args) => registry::run(args, session),
            Self::Lsp(args) => lsp::run(args, session),
            Self::Schema(args) => schema::run(args, session),
            Self::Doctor(args) => doctor::run(args, session),
            Self::Completions(args) => completions::run(args, session),
            Self::Explain(args) => explain::run(args, session),
        }
    }
}
