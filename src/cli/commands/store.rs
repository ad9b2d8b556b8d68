//! `daino-pdk store`.

use crate::cli::Session;
use crate::cli::store_place::StorePlaceArgs;
use crate::config::Settings;
use crate::error::Failure;
use crate::model::ExitCode;
use crate::ops::store_init::{self, StoreInitOutcome, StoreInitRequest};
use crate::ops::store_query::{self, StoreQueryOutcome, StoreQueryRequest};
use crate::ops::store_status::{self, StoreStatusOutcome};
use crate::ui::plain;

/// Make a local shop, and look at it.
#[derive(Debug, clap::Args)]
pub(crate) struct StoreArgs {
    #[command(subcommand)]
    command: StoreCommand,
}

#[derive(Debug, clap::Subcommand)]
enum StoreCommand {
    /// Make a shop: its database, with sample data, and its folders.
    ///
    /// The database is a private PostgreSQL that runs while a command needs it. Where there is
    /// none, daino-pdk fetches one, once.
    Init(InitArgs),
    /// Show what a shop is and what is in it.
    Status(StatusArgs),
    /// Read from the shop's database: one SELECT, which cannot write.
    Query(QueryArgs),
}

#[derive(Debug, clap::Args)]
struct InitArgs {
    #[command(flatten)]
    place: StorePlaceArgs,
    /// Name of the shop.
    #[arg(long, value_name = "NAME", env = "DAINO_NAME", default_value = "Sample shop")]
    name: String,
    /// Currency, ISO 4217.
    #[arg(long, value_name = "CODE", env = "DAINO_CURRENCY", default_value = "EUR")]
    currency: String,
    /// Time zone, IANA name.
    #[arg(long, value_name = "ZONE", env = "DAINO_TIMEZONE", default_value = "UTC")]
    timezone: String,
    /// Schema of the shop's tables; several shops of one database have one each. Else `[store]` of the
    /// settings, else `public`.
    #[arg(long, value_name = "NAME", env = "DAINO_SCHEMA")]
    schema: Option<String>,
    /// Role that the shop's own application works as: it may read and write the shop's tables and those
    /// of plugins.
    #[arg(long, value_name = "ROLE", env = "DAINO_SERVICE_ROLE")]
    service_role: Option<String>,
    /// Leave out the sample customers, products and orders.
    #[arg(long, env = "DAINO_NO_SAMPLE_DATA")]
    no_sample_data: bool,
    /// Say what would be made, and make nothing.
    #[arg(long, env = "DAINO_DRY_RUN")]
    dry_run: bool,
}

#[derive(Debug, clap::Args)]
struct StatusArgs {
    #[command(flatten)]
    place: StorePlaceArgs,
}

#[derive(Debug, clap::Args)]
struct QueryArgs {
    /// The statement.
    #[arg(value_name = "SQL")]
    sql: String,
    /// Show at most N rows.
    #[arg(long, value_name = "N", default_value_t = 100, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    limit: u32,
    #[command(flatten)]
    place: StorePlaceArgs,
}

pub(crate) fn run(args: StoreArgs, session: &Session) -> Result<ExitCode, Failure> {
    session.require_format(&["pretty", "json"])?;
    match args.command {
        StoreCommand::Init(args) => {
            let set = Settings::load(&session.dir)?.store();
            let request = StoreInitRequest {
                schema: args.schema.or(set.schema),
                service_role: args.service_role.or(set.service_role),
                place: args.place.place(session),
                name: args.name,
                currency: args.currency,
                timezone: args.timezone,
                sample_data: !args.no_sample_data,
                dry_run: args.dry_run,
            };
            let outcome = session.block_on(store_init::store_init(request, &session.ui))?;
            session.ui.result(&outcome, made);
        }
        StoreCommand::Status(args) => {
            let place = args.place.place(session);
            let outcome = session.block_on(store_status::store_status(place, &session.ui))?;
            session.ui.result(&outcome, shown);
        }
        StoreCommand::Query(args) => {
            let (place, sql, limit) = (args.place.place(session), args.sql, args.limit);
            let request = StoreQueryRequest { place, sql, limit };
            let outcome = session.block_on(store_query::store_query(request, &session.ui))?;
            session.ui.result(&outcome, table);
        }
    }
    Ok(ExitCode::Done)
}

fn made(outcome: &StoreInitOutcome) -> String {
    let verb = if outcome.made { "Made" } else { "Would make" };
    let sample = if outcome.sample_data { "with sample data" } else { "without sample data" };
    let mut text = format!(
        "{verb} the shop `{}` in {}\n  currency   {}\n  time zone  {}\n  database   {}\n  contents   {sample}\n",
        outcome.name,
        outcome.dir.display(),
        outcome.currency,
        outcome.timezone,
        outcome.database,
    );
    if outcome.schema != "public" {
        text.push_str(&format!("  schema     {}\n", plain(&outcome.schema)));
    }
    if let Some(role) = &outcome.service_role {
        text.push_str(&format!("  application  works as `{}`\n", plain(role)));
    }
    if outcome.made {
        text.push_str("\nLook at it: `daino-pdk store status`\n");
    }
    text
}

fn table(outcome: &StoreQueryOutcome) -> String {
    if outcome.rows.is_empty() {
        return "No rows.\n".to_owned();
    }
    let mut lines = vec![outcome.columns.iter().map(|name| cell(name)).collect::<Vec<_>>()];
    lines.extend(outcome.rows.iter().map(|row| {
        let value = |name| match row.get(name) {
            None | Some(serde_json::Value::Null) => String::new(),
            Some(serde_json::Value::String(text)) => cell(text),
            Some(other) => cell(&other.to_string()),
        };
        outcome.columns.iter().map(value).collect()
    }));
    let width =
        |column: usize| lines.iter().map(|line| line[column].chars().count()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..outcome.columns.len()).map(width).collect();
    let mut text = String::new();
    for line in &lines {
        let cells: Vec<String> =
            line.iter().zip(&widths).map(|(text, width)| format!("{text:width$}")).collect();
        text.push_str(&format!("{}\n", cells.join("  ").trim_end()));
    }
    if outcome.has_more {
        text.push_str("\nThere are more rows: `--limit N`\n");
    }
    text
}

/// At most 80 characters in one line.
fn cell(text: &str) -> String {
    let line = text.replace(['\n', '\t'], " ");
    let shown: String = line.chars().take(80).collect();
    let end = if shown.len() < line.len() { "…" } else { "" };
    format!("{}{end}", plain(&shown))
}

fn shown(outcome: &StoreStatusOutcome) -> String {
    let mut text = format!(
        "{} ({})\n  directory  {}\n  currency   {}\n  time zone  {}\n  database   {}\n  format     {}\n\n",
        outcome.name,
        outcome.id,
        outcome.dir.display(),
        outcome.currency,
        outcome.timezone,
        outcome.database,
        outcome.format,
    );
    for table in &outcome.tables {
        text.push_str(&format!("  {:>8}  {}\n", table.rows, table.name));
    }
    text.push_str("\nplugins\n");
    if outcome.plugins.is_empty() {
        text.push_str("  none\n");
    }
    for plugin in &outcome.plugins {
        text.push_str(&format!(
            "  {:24} {} of {} bytes of storage\n",
            plugin.slug, plugin.storage_bytes, plugin.storage_quota
        ));
    }
    text
}
