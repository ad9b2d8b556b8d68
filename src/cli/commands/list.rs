//! `daino-pdk list`.

use crate::cli::Session;
use crate::cli::store_place::StorePlaceArgs;
use crate::error::Failure;
use crate::model::ExitCode;
use crate::model::installed::CodeCheck;
use crate::ops::list::{self, ListOutcome, ListedPlugin};
use crate::ui::plain;

/// List the plugins of a shop, and check their code.
#[derive(Debug, clap::Args)]
pub(crate) struct ListArgs {
    #[command(flatten)]
    store: StorePlaceArgs,
}

pub(crate) fn run(args: ListArgs, session: &Session) -> Result<ExitCode, Failure> {
    session.require_format(&["pretty", "json"])?;
    let place = args.store.place(session);
    let outcome = session.block_on(list::list(&place, &session.ui))?;
    session.ui.result(&outcome, page);
    Ok(ExitCode::Done)
}

fn page(outcome: &ListOutcome) -> String {
    if outcome.plugins.is_empty() {
        return "The shop has no plugins. Install one: daino-pdk install SOURCE".to_owned();
    }
    let head = ["PLUGIN", "VERSION", "STATE", "TYPE", "SIGNED BY", "CODE"].map(str::to_owned);
    let rows: Vec<[String; 6]> =
        std::iter::once(head).chain(outcome.plugins.iter().map(row)).collect();
    let width = |column: usize| rows.iter().map(|row| row[column].len()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..6).map(width).collect();
    let mut text = String::new();
    for (index, row) in rows.iter().enumerate() {
        let cells: Vec<String> =
            row.iter().zip(&widths).map(|(cell, width)| format!("{cell:<width$}")).collect();
        text.push_str(cells.join("  ").trim_end());
        text.push('\n');
        if let Some(plugin) = index.checked_sub(1).and_then(|at| outcome.plugins.get(at)) {
            text.push_str(&more(plugin));
        }
    }
    text
}

fn row(plugin: &ListedPlugin) -> [String; 6] {
    let signer = match &plugin.publisher {
        // Enough of a key's id to tell keys apart at a glance.
        Some(key) => key.chars().take(20).collect(),
        None => "unsigned".to_owned(),
    };
    let code = match &plugin.code {
        CodeCheck::Intact => "intact",
        CodeCheck::Changed { .. } => "CHANGED",
        CodeCheck::Removed => "removed",
    };
    [
        plugin.slug.to_string(),
        plugin.version.to_string(),
        plugin.state.as_str().to_owned(),
        plugin.kind.as_str().to_owned(),
        signer,
        code.to_owned(),
    ]
}

fn more(plugin: &ListedPlugin) -> String {
    let mut text = String::new();
    for table in &plugin.tables {
        text.push_str(&format!("  table {}: {} rows\n", plain(&table.name), table.rows));
    }
    if plugin.data_rows > 0 {
        text.push_str(&format!("  own store: {} rows\n", plugin.data_rows));
    }
    for secret in &plugin.secrets_missing {
        text.push_str(&format!("  secret {} is not set\n", plain(secret)));
    }
    for migration in &plugin.no_way_back {
        let why = "no down script, so going back behind it needs a backup";
        text.push_str(&format!("  migration {}: {why}\n", plain(migration)));
    }
    if let Some(range) = &plugin.pinned {
        text.push_str(&format!("  pinned to {}\n", plain(range)));
    }
    for statement in &plugin.drift {
        text.push_str(&format!("  drifted {}\n", plain(statement)));
    }
    if let CodeCheck::Changed { why } = &plugin.code {
        text.push_str(&format!("  it is not run: {}\n", plain(why)));
    }
    text
}
