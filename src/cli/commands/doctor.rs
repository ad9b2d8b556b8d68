//! `daino-pdk doctor`.

use crate::cli::Session;
use crate::error::Failure;
use crate::model::ExitCode;
use crate::ops::doctor::{self, DoctorOutcome, Health};

/// Check this machine: sandbox, database, tools.
#[derive(Debug, clap::Args)]
pub(crate) struct DoctorArgs {
    /// Attack the sandbox of this machine and show what was refused.
    #[arg(long)]
    sandbox: bool,
    /// List every package inside this program with its licence.
    #[arg(long, conflicts_with = "sandbox")]
    licences: bool,
}

pub(crate) fn run(args: DoctorArgs, session: &Session) -> Result<ExitCode, Failure> {
    session.require_format(&["pretty", "json"])?;
    if args.licences {
        let packages = crate::ops::doctor::packages();
        session.ui.result(&serde_json::json!({ "packages": packages }), |_| {
            packages.iter().map(|p| format!("{:32} {:16} {}\n", p.name, p.version, p.licence)).collect()
        });
        return Ok(ExitCode::Done);
    }
    let outcome = doctor::doctor(session.global.offline);
    session.ui.result(&outcome, page);
    Ok(if outcome.is_healthy() { ExitCode::Done } else { ExitCode::Negative })
}

fn page(outcome: &DoctorOutcome) -> String {
    let mut text =
        format!("daino-pdk {} for {} ({})\n", outcome.version, outcome.target, outcome.profile);
    let parts: Vec<String> =
        outcome.parts.iter().map(|p| format!("{} {}", p.name, p.version)).collect();
    text.push_str(&format!("built with {}\n\n", parts.join(", ")));
    for check in &outcome.checks {
        let mark = match check.health {
            Health::Ok => console::style("ok     ").green(),
            Health::Reduced => console::style("reduced").yellow(),
            Health::Missing => console::style("missing").red(),
        };
        text.push_str(&format!("{mark} {:18} {}\n", check.name, check.detail));
        if let Some(hint) = &check.hint {
            text.push_str(&format!("{:26} {hint}\n", ""));
        }
    }
    text
}
