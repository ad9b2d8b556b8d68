//! `daino-pdk registry`.

use std::net::SocketAddr;
use std::path::PathBuf;

use crate::cli::Session;
use crate::config::Settings;
use crate::error::Failure;
use crate::model::ExitCode;
use crate::ops::registry_audit::{self, AuditOutcome, AuditRequest};
use crate::ops::registry_serve::{self, RegistryServeOutcome, RegistryServeRequest};
use crate::ops::registry_token::{
    self, TokenCreateOutcome, TokenCreateRequest, TokenListOutcome, TokenRevokeOutcome,
};
use crate::ui::plain;

/// Run a registry of your own.
#[derive(Debug, clap::Args)]
pub(crate) struct RegistryArgs {
    #[command(subcommand)]
    command: RegistryCommand,
}

#[derive(Debug, clap::Subcommand)]
enum RegistryCommand {
    /// Serve a registry until Ctrl-C or SIGTERM.
    ///
    /// The first line of the result is its address. An empty directory becomes a new registry.
    Serve(ServeArgs),
    /// Make, list and revoke tokens for publishing.
    Token(TokenArgs),
    /// Read a registry's whole log, and say whether the registry kept its rules.
    ///
    /// Computes anew what follows from the signed statements, and refuses a log whose index leaves out
    /// or invents something.
    Audit(AuditArgs),
}

#[derive(Debug, clap::Args)]
struct AuditArgs {
    /// Name or URL of the registry.
    #[arg(long, value_name = "NAME|URL")]
    registry: Option<String>,
}

#[derive(Debug, clap::Args)]
struct ServeArgs {
    /// Directory of the registry.
    #[arg(long, value_name = "DIR")]
    data: PathBuf,
    /// Where to listen; port 0 takes any free one.
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:4873")]
    listen: SocketAddr,
    /// Name that clients show.
    #[arg(long, value_name = "NAME", default_value = "daino")]
    name: String,
    /// Take the client's address from X-Forwarded-For, for limits and the log. Only behind a proxy
    /// that sets it.
    #[arg(long)]
    behind_proxy: bool,
}

#[derive(Debug, clap::Args)]
struct TokenArgs {
    #[command(subcommand)]
    command: TokenCommand,
}

#[derive(Debug, clap::Subcommand)]
enum TokenCommand {
    /// Make a token. It is printed once and never kept.
    Create(CreateArgs),
    /// List the tokens.
    List(DataArgs),
    /// Revoke a token, at once.
    Revoke(RevokeArgs),
}

#[derive(Debug, clap::Args)]
struct DataArgs {
    /// Directory of the registry.
    #[arg(long, value_name = "DIR")]
    data: PathBuf,
}

#[derive(Debug, clap::Args)]
struct CreateArgs {
    #[command(flatten)]
    data: DataArgs,
    /// Namespace the token may publish in. Can be given several times.
    #[arg(long = "namespace", value_name = "NAME", required = true)]
    namespaces: Vec<String>,
    /// How long it lasts: such as 12h, 90d, 4w, or never.
    #[arg(long, value_name = "TIME", default_value = "90d")]
    expires: String,
    /// What it is for, shown in the list.
    #[arg(long, value_name = "TEXT", default_value = "", hide_default_value = true)]
    name: String,
    /// Check the flags, and make none.
    #[arg(long)]
    dry_run: bool,
}

#[derive(Debug, clap::Args)]
struct RevokeArgs {
    /// Id of the token, as the list shows it.
    #[arg(value_name = "ID")]
    id: String,
    #[command(flatten)]
    data: DataArgs,
    /// Say what would be revoked, and revoke nothing.
    #[arg(long)]
    dry_run: bool,
}

pub(crate) fn run(args: RegistryArgs, session: &Session) -> Result<ExitCode, Failure> {
    session.require_format(&["pretty", "json"])?;
    match args.command {
        RegistryCommand::Serve(args) => serve(args, session),
        RegistryCommand::Token(args) => token(args, session),
        RegistryCommand::Audit(args) => audit(args, session),
    }
}

fn audit(args: AuditArgs, session: &Session) -> Result<ExitCode, Failure> {
    let request = AuditRequest {
        registry: args.registry,
        settings: Settings::load(&session.dir)?,
        offline: session.global.offline,
    };
    let outcome = session.block_on(registry_audit::audit(request, &session.ui))?;
    session.ui.result(&outcome, audited);
    Ok(ExitCode::Done)
}

fn audited(outcome: &AuditOutcome) -> String {
    let mut text = format!(
        "The log of {} keeps the rules\n  log         {}\n  entries     {}\n  root        {}\n  \
         statements  {} about {} plugins in {} namespaces\n  not valid   {}\n",
        outcome.registry,
        plain(&outcome.log),
        outcome.size,
        outcome.root,
        outcome.statements,
        outcome.plugins,
        outcome.namespaces,
        outcome.invalid,
    );
    for skipped in &outcome.skipped {
        text.push_str(&format!("    {}: {}\n", skipped.position, plain(&skipped.reason)));
    }
    text
}

fn serve(args: ServeArgs, session: &Session) -> Result<ExitCode, Failure> {
    let request = RegistryServeRequest {
        data: session.path(&args.data),
        listen: args.listen,
        name: args.name,
        behind_proxy: args.behind_proxy,
        log_requests: session.global.verbose > 0,
    };
    session.block_on_to_its_end(async {
        let running = registry_serve::start(request, &session.ui).await?;
        session.ui.result(&running.outcome, serving);
        running.run(&session.ui).await;
        Ok(ExitCode::Done)
    })
}

fn serving(outcome: &RegistryServeOutcome) -> String {
    format!("Serving `{}` at {}\n  data  {}\n", outcome.name, outcome.url, outcome.data.display())
}

fn token(args: TokenArgs, session: &Session) -> Result<ExitCode, Failure> {
    match args.command {
        TokenCommand::Create(args) => {
            let outcome = registry_token::create(TokenCreateRequest {
                data: session.path(&args.data.data),
                namespaces: args.namespaces,
                expires: args.expires,
                name: args.name,
                dry_run: args.dry_run,
            })?;
            session.ui.result(&outcome, created);
        }
        TokenCommand::List(args) => {
            session.ui.result(&registry_token::list(session.path(&args.data))?, listed);
        }
        TokenCommand::Revoke(args) => {
            let data = session.path(&args.data.data);
            let outcome = registry_token::revoke(data, &args.id, args.dry_run)?;
            let is_dry = args.dry_run;
            session.ui.result(&outcome, |outcome| revoked(outcome, is_dry));
        }
    }
    Ok(ExitCode::Done)
}

fn created(outcome: &TokenCreateOutcome) -> String {
    let namespaces: Vec<&str> = outcome.namespaces.iter().map(|name| name.as_str()).collect();
    let namespaces = namespaces.join(", ");
    let ends = outcome.expires_at.map_or("never".to_owned(), |end| format!("{end:.0}"));
    match &outcome.token {
        None => format!("Would make a token for {namespaces}; it would end: {ends}\n"),
        Some(token) => format!(
            "{}\n\n  id          {}\n  namespaces  {namespaces}\n  ends        {ends}\n\n\
             This is the only time it is shown. Publish with it in `DAINO_TOKEN`.\n",
            token.secret, token.kept.id
        ),
    }
}

fn listed(outcome: &TokenListOutcome) -> String {
    if outcome.tokens.is_empty() {
        return "No tokens. Make one with `daino-pdk registry token create`.\n".to_owned();
    }
    let mut text = format!("{:14} {:22} {:22} {}\n", "ID", "ENDS", "LAST USED", "NAMESPACES");
    for token in &outcome.tokens {
        let ends = match (token.revoked_at, token.expires_at) {
            (Some(_), _) => "revoked".to_owned(),
            (None, Some(end)) => format!("{end:.0}"),
            (None, None) => "never".to_owned(),
        };
        let used = token.last_used_at.map_or("never".to_owned(), |used| format!("{used:.0}"));
        let namespaces: Vec<&str> = token.namespaces.iter().map(|name| name.as_str()).collect();
        let name = if token.name.is_empty() { String::new() } else { format!("  {}", token.name) };
        let names = namespaces.join(",");
        text.push_str(&format!("{:14} {ends:22} {used:22} {names}{name}\n", token.id));
    }
    text
}

fn revoked(outcome: &TokenRevokeOutcome, is_dry: bool) -> String {
    let id = &outcome.token.id;
    match (outcome.changed, is_dry) {
        (true, _) => format!("Revoked the token {id}\n"),
        (false, true) => format!("Would revoke the token {id}\n"),
        (false, false) => format!("The token {id} was revoked before\n"),
    }
}
