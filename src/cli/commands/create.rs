//! `daino-pdk create`.

use std::path::PathBuf;

use crate::cli::Session;
use crate::error::Failure;
use crate::model::ExitCode;
use crate::ops::create::{CreateOutcome, CreateRequest, create};

/// Create a plugin from a template.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    daino-pdk create acme-pay --template payment-gateway --lang ts\n  \
    daino-pdk create acme-pay -y --template payment-gateway --set provider-host=api.acme.example")]
pub(crate) struct CreateArgs {
    /// Name of the plugin: lower-case letters, digits and single hyphens.
    #[arg(value_name = "NAME")]
    name: Option<String>,
    /// Template: payment-gateway, analytics, shipping or custom.
    #[arg(short, long, value_name = "TEMPLATE")]
    template: Option<String>,
    /// Language: js or ts.
    #[arg(short, long, value_name = "LANG")]
    lang: Option<String>,
    /// Directory of the plugin. Default: NAME, here.
    #[arg(long, value_name = "DIR")]
    dir: Option<PathBuf>,
    /// Set a value: name, description, author, license, or one of the template's own.
    #[arg(long, value_name = "KEY=VALUE", value_parser = key_value)]
    set: Vec<(String, String)>,
    /// Read answers from a TOML file; flags win over it.
    #[arg(long, value_name = "FILE")]
    answers: Option<PathBuf>,
    /// Replace the template's files in a directory that is not empty.
    #[arg(long)]
    force: bool,
    /// Show the files without writing them.
    #[arg(long)]
    dry_run: bool,
    /// Make no git repository.
    #[arg(long)]
    no_git: bool,
}

fn key_value(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((key, value)) if !key.trim().is_empty() => {
            Ok((key.trim().to_owned(), value.to_owned()))
        }
        _ => Err("expected KEY=VALUE, such as `author=Acme`".to_owned()),
    }
}

pub(crate) fn run(args: CreateArgs, session: &Session) -> Result<ExitCode, Failure> {
    session.require_format(&["pretty", "json"])?;
    let request = CreateRequest {
        slug: args.name,
        template: args.template,
        language: args.lang,
        set: args.set,
        answers: args.answers,
        base: session.dir.clone(),
        dir: args.dir,
        force: args.force,
        dry_run: args.dry_run,
        git: !args.no_git,
        accept_defaults: session.global.yes,
    };
    let outcome = create(request, &session.ui, &session.ui)?;
    session.ui.result(&outcome, text);
    Ok(ExitCode::Done)
}

fn text(outcome: &CreateOutcome) -> String {
    let verb = if outcome.dry_run { "Would create" } else { "Created" };
    let mut text = format!("{verb} {} in {}\n\n", outcome.slug, outcome.directory);
    let mut shown: Vec<&str> = Vec::new();
    for file in &outcome.files {
        let parts: Vec<&str> = file.path.split('/').collect();
        let (name, folders) = parts.split_last().expect("a path has a name");
        let same = folders.iter().zip(&shown).take_while(|(a, b)| a == b).count();
        for (depth, folder) in folders.iter().enumerate().skip(same) {
            text.push_str(&format!("  {}{folder}/\n", "  ".repeat(depth)));
        }
        shown = folders.to_vec();
        text.push_str(&format!("  {}{name}\n", "  ".repeat(folders.len())));
    }
    if !outcome.dry_run {
        text.push_str("\nNext:\n");
        for command in &outcome.next {
            text.push_str(&format!("  {command}\n"));
        }
    }
    text
}
