//! `daino-pdk search`.

use crate::cli::Session;
use crate::config::Settings;
use crate::error::Failure;
use crate::model::{ExitCode, PluginType};
use crate::ops::search::{SearchOutcome, SearchRequest, search};
use crate::ui::plain;

/// Search a registry, and the sources you added, for plugins.
#[derive(Debug, clap::Args)]
pub(crate) struct SearchArgs {
    /// Words to look for.
    #[arg(value_name = "QUERY")]
    query: String,
    /// Only plugins of this type: payment-gateway, analytics, shipping or custom.
    #[arg(long = "type", value_name = "TYPE", value_parser = plugin_type)]
    kind: Option<PluginType>,
    /// Show at most N results.
    #[arg(long, value_name = "N", default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..=100))]
    limit: u32,
    /// Name or URL of the registry.
    #[arg(long, value_name = "NAME|URL")]
    registry: Option<String>,
}

fn plugin_type(text: &str) -> Result<PluginType, String> {
    PluginType::ALL.into_iter().find(|kind| kind.as_str() == text).ok_or_else(|| {
        let known: Vec<&str> = PluginType::ALL.iter().map(|kind| kind.as_str()).collect();
        format!("expected one of: {}", known.join(", "))
    })
}

pub(crate) fn run(args: SearchArgs, session: &Session) -> Result<ExitCode, Failure> {
    session.require_format(&["pretty", "json"])?;
    let request = SearchRequest {
        query: args.query,
        kind: args.kind,
        limit: args.limit,
        registry: args.registry,
        settings: Settings::load(&session.dir)?,
        offline: session.global.offline,
    };
    let outcome = session.block_on(search(request, &session.ui))?;
    session.ui.result(&outcome, page);
    Ok(ExitCode::Done)
}

fn page(outcome: &SearchOutcome) -> String {
    if outcome.results.is_empty() && outcome.sources.is_empty() {
        let place = outcome.registry.as_ref().map_or("your sources", |url| url.as_str());
        return format!("No plugin found for `{}` in {place}\n", plain(&outcome.query));
    }
    let names: Vec<String> = outcome.results.iter().map(|hit| hit.name.to_string()).collect();
    let versions: Vec<String> = outcome.results.iter().map(|hit| hit.version.to_string()).collect();
    let width = |texts: &[String]| texts.iter().map(String::len).max().unwrap_or(0).min(60);
    let (name_width, version_width) = (width(&names), width(&versions));
    let mut text = String::new();
    for ((hit, name), version) in outcome.results.iter().zip(&names).zip(&versions) {
        let about = hit.description.as_deref().unwrap_or(&hit.title);
        text.push_str(&format!(
            "{name:name_width$}  {version:version_width$}  {:15}  {}\n",
            hit.kind.as_str(),
            plain(&first(about, 100)),
        ));
    }
    for hit in &outcome.sources {
        let found = &hit.found;
        let about = found.description.as_deref().unwrap_or(&found.title);
        let marks = match (hit.archived, hit.fork) {
            (true, _) => " (archived)",
            (false, true) => " (fork)",
            (false, false) => "",
        };
        text.push_str(&format!(
            "{}  {}  {:15}  {}{marks}  [{}]\n",
            plain(&found.source),
            found.version,
            found.kind.as_str(),
            plain(&first(about, 100)),
            plain(&hit.by),
        ));
    }
    let more = outcome.total.saturating_sub(outcome.results.len() as u64);
    if more > 0 {
        text.push_str(&format!("\n{more} more: `--limit N` shows more of them\n"));
    }
    text
}

/// The first characters of a text.
fn first(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
