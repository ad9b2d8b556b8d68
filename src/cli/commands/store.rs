//! `daino-pdk store`.

use crate::cli::Session;
use crate::cli::store_place::StorePlaceArgs;
use crate::error::Failure;
use crate::model::ExitCode;
use crate::ops::store_init::{self, StoreInitOutcome, StoreInitRequest};
use crate::ops::store_status::{self, StoreStatusOutcome};

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

pub(crate) fn run(args: StoreArgs, session: &Session) -> Result<ExitCode, Failure> {
    session.require_format(&["pretty", "json"])?;
    match args.command {
        StoreCommand::Init(args) => {
            let request = StoreInitRequest {
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
    if outcome.made {
        text.push_str("\nLook at it: `daino-pdk store status`\n");
    }
    text
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
