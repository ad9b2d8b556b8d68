//! Flags that every command takes.

use std::path::PathBuf;

use crate::config::sandbox::SandboxMode;
use crate::ui::{ColorChoice, Format};

/// Flags that every command takes.
#[derive(Debug, Clone, clap::Args)]
#[command(next_help_heading = "Global options")]
pub(crate) struct GlobalArgs {
    /// Run as if started in DIR.
    #[arg(short = 'C', long = "directory", value_name = "DIR", global = true)]
    pub directory: Option<PathBuf>,
    /// Form of the result on stdout. Some commands know more forms.
    #[arg(long, value_name = "FORMAT", global = true, default_value = "pretty")]
    pub format: String,
    /// Print only results, warnings and errors.
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Print details; twice for more.
    #[arg(short, long, action = clap::ArgAction::Count, global = true)]
    pub verbose: u8,
    /// When to use colour.
    #[arg(long, value_enum, value_name = "WHEN", global = true, default_value_t)]
    pub color: ColorChoice,
    /// Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal.
    #[arg(long, global = true)]
    pub non_interactive: bool,
    /// Accept defaults without asking. Never means deleting data.
    #[arg(short = 'y', long, global = true)]
    pub yes: bool,
    /// Use no network.
    #[arg(long, global = true)]
    pub offline: bool,
    /// How far plugins must be confined; `reduced` runs them although this system lacks a part of
    /// the sandbox. Without MODE: full.
    #[arg(
        long,
        value_enum,
        value_name = "MODE",
        global = true,
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "full"
    )]
    pub sandbox: Option<SandboxMode>,
}

impl GlobalArgs {
    /// The general result format: JSON when asked for by name, else text. A command with more
    /// formats reads `format` itself.
    pub(crate) fn result_format(&self) -> Format {
        if self.format == "json" { Format::Json } else { Format::Pretty }
    }
}
