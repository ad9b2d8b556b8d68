//! `daino-pdk doctor`.

use crate::cli::Session;
use crate::config::sandbox::SandboxMode;
use crate::error::Failure;
use crate::model::ExitCode;
use crate::ops::doctor::{self, DoctorOutcome, Health};
use crate::ops::doctor_sandbox::{SandboxOutcome, Way, doctor_sandbox};

/// Check this machine: sandbox, database, tools.
///
/// With `--sandbox`, attack the sandbox of this machine and show what was refused.
#[derive(Debug, clap::Args)]
pub(crate) struct DoctorArgs {
    /// List every package inside this program with its licence.
    #[arg(long)]
    licences: bool,
}

pub(crate) fn run(args: DoctorArgs, session: &Session) -> Result<ExitCode, Failure> {
    session.require_format(&["pretty", "json"])?;
    if args.licences {
        let packages = crate::ops::doctor::packages();
        session.ui.result(&serde_json::json!({ "packages": packages }), |_| {
            packages
                .iter()
                .map(|p| format!("{:32} {:16} {}\n", p.name, p.version, p.licence))
                .collect()
        });
        return Ok(ExitCode::Done);
    }
    if session.global.sandbox == Some(SandboxMode::Full) {
        let outcome = session.block_on(doctor_sandbox())?;
        session.ui.result(&outcome, table);
        return Ok(outcome.exit());
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

fn table(outcome: &SandboxOutcome) -> String {
    let mut text = String::from("layers\n");
    for (line, active) in outcome.layer_lines() {
        let mark = if active { "active" } else { "absent" };
        text.push_str(&format!("  {mark:8} {line}\n"));
    }
    let mut last = None;
    for row in &outcome.attacks {
        if last.replace(row.worker) != Some(row.worker) {
            text.push_str(match row.worker {
                Way::Executed => "\nattacks of a worker that was executed\n",
                Way::Copied => "\nattacks of a worker that was copied from a template\n",
            });
        }
        let word = serde_json::to_value(row.outcome).unwrap_or_default();
        let word = word.as_str().unwrap_or_default();
        let alone = row.without_sandbox.as_deref();
        let alone = alone.map(|what| format!("; without the sandbox: {what}")).unwrap_or_default();
        let (attack, layer, how) = (row.attack, row.layer, &row.how);
        text.push_str(&format!("  {word:8} {attack:36} {layer:18} {how}{alone}\n"));
    }
    let verdict = if outcome.holds() { "nothing got through" } else { "SOMETHING GOT THROUGH" };
    text.push_str(&format!("\n{} attacks: {verdict}\n", outcome.attacks.len()));
    text
}
