//! `daino-pdk completions`.

use std::path::PathBuf;

use clap::{CommandFactory, ValueEnum};
use clap_complete::Shell;

use crate::cli::{Cli, Session};
use crate::error::{ErrorCode, Failure};
use crate::model::ExitCode;
use crate::ops;

/// Codes of this module.
pub(crate) const CODES: &[&ErrorCode] = &[&NOTHING];

static NOTHING: ErrorCode = ErrorCode {
    id: "cli.completions",
    exit: ExitCode::Usage,
    meaning: "Neither a shell nor a directory was given.",
    remedy: "Name a shell, or give `--all DIR`.",
};

/// Print a completion script for a shell.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    daino-pdk completions bash > ~/.local/share/bash-completion/completions/daino-pdk\n  \
    daino-pdk completions zsh > ~/.zfunc/_daino-pdk")]
pub(crate) struct CompletionsArgs {
    /// Shell to complete for.
    #[arg(value_enum, required_unless_present = "all")]
    shell: Option<Shell>,
    /// Write the scripts of every shell, and the man pages, below DIR.
    #[arg(long, value_name = "DIR", conflicts_with = "shell")]
    all: Option<PathBuf>,
}

pub(crate) fn run(args: CompletionsArgs, session: &Session) -> Result<ExitCode, Failure> {
    if let Some(dir) = args.all {
        let files = everything();
        let outcome = ops::write_files::write_files(&session.path(&dir), files)?;
        session.ui.result(&outcome, |o| format!("{} files in {}", o.files.len(), dir.display()));
        return Ok(ExitCode::Done);
    }
    let shell = args.shell.ok_or_else(|| Failure::new(&NOTHING, "no shell was named"))?;
    session.ui.raw(script(shell).trim_end());
    Ok(ExitCode::Done)
}

fn script(shell: Shell) -> String {
    let mut command = Cli::command();
    let mut out = Vec::new();
    clap_complete::generate(shell, &mut command, "daino-pdk", &mut out);
    String::from_utf8_lossy(&out).into_owned()
}

/// Scripts of every shell and a man page per command, by file name.
fn everything() -> Vec<(String, String)> {
    use clap_complete::Generator;
    let mut files: Vec<(String, String)> = Shell::value_variants()
        .iter()
        .filter(|shell| !matches!(shell, Shell::Elvish))
        .map(|shell| (shell.file_name("daino-pdk"), script(*shell)))
        .collect();
    let mut root = Cli::command();
    root.build();
    man_pages(&root, &mut files);
    files
}

fn man_pages(command: &clap::Command, files: &mut Vec<(String, String)>) {
    let name = command.get_display_name().unwrap_or(command.get_name()).to_owned();
    let man = clap_mangen::Man::new(command.clone()).title(name.to_uppercase());
    let mut page = Vec::new();
    if man.render(&mut page).is_ok() {
        files.push((format!("man/{name}.1"), String::from_utf8_lossy(&page).into_owned()));
    }
    for sub in command.get_subcommands().filter(|s| !s.is_hide_set() && s.get_name() != "help") {
        man_pages(sub, files);
    }
}
