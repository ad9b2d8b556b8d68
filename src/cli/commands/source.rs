//! `daino-pdk source`.

use crate::cli::Session;
use crate::config::Settings;
use crate::error::Failure;
use crate::model::ExitCode;
use crate::ops::source::{self, SourceAccess, SourceOutcome};
use crate::ui::plain;

/// Keep a list of repositories to find plugins in.
#[derive(Debug, clap::Args)]
pub(crate) struct SourceArgs {
    #[command(subcommand)]
    command: SourceCommand,
}

#[derive(Debug, clap::Subcommand)]
enum SourceCommand {
    /// Add a repository, or all repositories of a user or an organisation, and read it.
    Add {
        /// `github:OWNER`, `github:OWNER/REPOSITORY`, or a repository's address.
        #[arg(value_name = "ADDRESS")]
        address: String,
        /// Address of GitHub's interface: `https://HOST/api/v3` for one of your own.
        #[arg(long, value_name = "URL")]
        api_url: Option<String>,
    },
    /// List the sources and the plugins found in them.
    List,
    /// Take a source off the list.
    Remove {
        /// As it was added.
        #[arg(value_name = "ADDRESS")]
        address: String,
    },
    /// Read the sources anew.
    Sync {
        /// Only this one.
        #[arg(value_name = "ADDRESS")]
        address: Option<String>,
    },
}

pub(crate) fn run(args: SourceArgs, session: &Session) -> Result<ExitCode, Failure> {
    session.require_format(&["pretty", "json"])?;
    let access =
        SourceAccess { settings: Settings::load(&session.dir)?, offline: session.global.offline };
    let outcome = match args.command {
        SourceCommand::Add { address, api_url } => {
            session.block_on(source::add(&address, api_url, &access, &session.ui))?
        }
        SourceCommand::List => source::list(&access)?,
        SourceCommand::Remove { address } => source::remove(&address, &access)?,
        SourceCommand::Sync { address } => {
            session.block_on(source::sync(address.as_deref(), &access, &session.ui))?
        }
    };
    session.ui.result(&outcome, page);
    Ok(ExitCode::Done)
}

fn page(outcome: &SourceOutcome) -> String {
    if outcome.sources.is_empty() {
        return "No sources. Add one: daino-pdk source add github:OWNER\n".to_owned();
    }
    let mut text = String::new();
    for source in &outcome.sources {
        let synced = source.synced_at.as_deref().unwrap_or("never");
        text.push_str(&format!("{}  (read {synced})\n", plain(&source.address)));
        for repository in &source.repositories {
            let mut marks = String::new();
            if repository.archived {
                marks.push_str("  archived");
            }
            if repository.fork {
                marks.push_str("  fork");
            }
            for found in &repository.plugins {
                text.push_str(&format!(
                    "  {} {}  {}{marks}\n",
                    found.slug,
                    found.version,
                    plain(&found.source)
                ));
            }
        }
    }
    text
}
