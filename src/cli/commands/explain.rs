//! `daino-pdk explain`.

use crate::cli::{Session, session};
use crate::error::{ErrorCode, Failure};
use crate::model::ExitCode;
use crate::ops::explain::{self, Entry, Reference, RuleText};

/// Explain a rule or an error code.
#[derive(Debug, clap::Args)]
pub(crate) struct ExplainArgs {
    /// Rule id or error code, such as `sql-injection` or `sandbox.time-limit`. Without it, all are
    /// listed.
    #[arg(value_name = "ID")]
    pub(super) id: Option<String>,
}

/// The codes of the command line itself.
const OWN: &[&[&ErrorCode]] = &[
    session::CODES,
    super::completions::CODES,
    super::invoke::CODES,
    super::test::CODES,
    super::update::CODES,
    super::validate::CODES,
];

pub(crate) fn run(args: ExplainArgs, session: &Session) -> Result<ExitCode, Failure> {
    session.require_format(&["pretty", "json"])?;
    match args.id {
        Some(id) => {
            let entry = explain::explain(id.trim(), OWN)?;
            session.ui.result(&entry, page);
        }
        None => {
            let reference = explain::reference(OWN);
            session.ui.result(&reference, listing);
        }
    }
    Ok(ExitCode::Done)
}

fn page(entry: &Entry) -> String {
    match entry {
        Entry::Error { id, exit_code, meaning, remedy } => {
            format!("{id} (exit code {exit_code})\n\n{meaning}\n\n{remedy}\n")
        }
        Entry::Rule { rule } => rule_page(rule),
    }
}

fn rule_page(rule: &RuleText) -> String {
    let weight = format!("{:?}", rule.severity).to_lowercase();
    let category = format!("{:?}", rule.category).to_lowercase();
    let mut text = format!(
        "{} ({weight}, {category})\n\n{}\n\n{}\n\n{}\n",
        rule.id, rule.summary, rule.explanation, rule.help
    );
    for (head, files) in [("Reported", &rule.bad), ("Not reported", &rule.good)] {
        for file in files {
            let shown: String = file.text.chars().take(2000).collect();
            let body = if file.text.is_empty() { "(absent)" } else { shown.trim_end() };
            text.push_str(&format!("\n{head}: {}\n", file.path));
            for line in body.lines() {
                text.push_str(&format!("  {line}\n"));
            }
        }
    }
    text
}

fn listing(reference: &Reference) -> String {
    let mut text = String::new();
    for code in &reference.exit_codes {
        text.push_str(&format!("exit code {:3} {}\n", code.number, code.meaning));
    }
    text.push('\n');
    for entry in &reference.entries {
        match entry {
            Entry::Error { id, meaning, .. } => text.push_str(&format!("{id:32} {meaning}\n")),
            Entry::Rule { rule } => text.push_str(&format!("{:32} {}\n", rule.id, rule.summary)),
        }
    }
    text
}
