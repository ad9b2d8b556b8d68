//! One file per subcommand: its flags and its words. The work is in `ops`.

mod create;
mod validate;
mod test;
mod pack;
mod publish;
mod search;
mod install;
mod list;
mod invoke;
mod uninstall;
mod key;
mod registry;
mod store;
mod schema;
mod doctor;
mod completions;
mod explain;
mod quickstart;

use super::Session;
use crate::error::Failure;
use crate::model::ExitCode;

/// Every subcommand. The doc comments are the help.
#[derive(Debug, clap::Subcommand)]
pub(crate) enum Command {
    /// Create a plugin from a template.
    Create(create::CreateArgs),
    /// Check a plugin: security, performance, compatibility, quality.
    Validate(validate::ValidateArgs),
    /// Run a plugin's tests in the sandbox.
    Test(test::TestArgs),
    /// Pack a plugin into a reproducible release archive.
    Pack(pack::PackArgs),
    /// Validate, test, pack, sign and upload a release.
    Publish(publish::PublishArgs),
    /// Search a registry for plugins.
    Search(search::SearchArgs),
    /// Install a plugin into a shop.
    Install(install::InstallArgs),
    /// List the plugins of a shop.
    List(list::ListArgs),
    /// Call a method or fire a hook of an installed plugin.
    Invoke(invoke::InvokeArgs),
    /// Remove a plugin from a shop, keeping or removing its data.
    Uninstall(uninstall::UninstallArgs),
    /// Make and list signing keys.
    Key(key::KeyArgs),
    /// Run a plugin registry.
    Registry(registry::RegistryArgs),
    /// Make and inspect a local shop.
    Store(store::StoreArgs),
    /// Print the JSON Schema of manifest.json.
    Schema(schema::SchemaArgs),
    /// Check this machine: sandbox, database, tools.
    Doctor(doctor::DoctorArgs),
    /// Print a completion script for a shell.
    Completions(completions::CompletionsArgs),
    /// Explain a rule or an error code.
    Explain(explain::ExplainArgs),
    /// Walk one plugin through its whole life, on this machine.
    Quickstart(quickstart::QuickstartArgs),
}

impl Command {
    /// Runs the subcommand.
    pub(crate) fn run(self, session: &Session) -> Result<ExitCode, Failure> {
        match self {
            Self::Create(args) => create::run(args, session),
            Self::Validate(args) => validate::run(args, session),
            Self::Test(args) => test::run(args, session),
            Self::Pack(args) => pack::run(args, session),
            Self::Publish(args) => publish::run(args, session),
            Self::Search(args) => search::run(args, session),
            Self::Install(args) => install::run(args, session),
            Self::List(args) => list::run(args, session),
            Self::Invoke(args) => invoke::run(args, session),
            Self::Uninstall(args) => uninstall::run(args, session),
            Self::Key(args) => key::run(args, session),
            Self::Registry(args) => registry::run(args, session),
            Self::Store(args) => store::run(args, session),
            Self::Schema(args) => schema::run(args, session),
            Self::Doctor(args) => doctor::run(args, session),
            Self::Completions(args) => completions::run(args, session),
            Self::Explain(args) => explain::run(args, session),
            Self::Quickstart(args) => quickstart::run(args, session),
        }
    }
}
