//! The command line: flags and words, nothing else.
//!
//! Arguments are read in two stages: as typed (clap, here) and as decided (an operation's
//! `Request`). Each subcommand is one file under `commands/`.

mod commands;
mod environment;
pub(crate) mod explanation;
mod global;
#[cfg(feature = "dev")]
mod keys;
pub(crate) mod release_source;
pub(crate) mod session;
pub(crate) mod store_place;

use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches, Parser};

pub(crate) use global::GlobalArgs;
pub(crate) use session::Session;

/// Create, run, validate, test, publish and install plugins for DainoStore.
#[derive(Debug, Parser)]
#[command(name = "daino-pdk", version, about, max_term_width = 100, subcommand_required = true)]
#[command(after_help = "Every flag can be given as DAINO_<FLAG>: DAINO_DRY_RUN=1 is --dry-run.")]
pub(crate) struct Cli {
    #[command(flatten)]
    global: GlobalArgs,
    #[command(subcommand)]
    command: commands::Command,
}

/// Runs the program and returns its exit code.
pub fn main() -> ExitCode {
    let matches = environment::with_variables(Cli::command()).try_get_matches();
    let cli = match matches.and_then(|matches| Cli::from_arg_matches(&matches)) {
        Ok(cli) => cli,
        Err(error) => {
            // clap words its own errors; 2 for wrong usage, 0 for help and version.
            let _ = error.print();
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
        }
    };
    let session = match Session::new(&cli.global) {
        Ok(session) => session,
        Err(failure) => {
            crate::ui::Ui::new(crate::ui::UiSettings::default()).failure(&failure);
            return ExitCode::from(failure.exit().number());
        }
    };
    let code = match cli.command.run(&session) {
        Ok(code) => code,
        Err(failure) => {
            session.ui.failure(&failure);
            failure.exit()
        }
    };
    ExitCode::from(code.number())
}
