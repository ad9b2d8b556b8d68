//! `daino-pdk publish`.

use std::path::PathBuf;

use crate::cli::Session;
use crate::config::Settings;
use crate::error::Failure;
use crate::model::ExitCode;
use crate::ops::publish::{
    self, ChecksRun, Prepared, PublishOutcome, PublishPlan, PublishRequest, PublishStatus, Refusal,
    TestsRun,
};
use crate::ops::test::ReportFormat;
use crate::ops::validate::Form;
use crate::ui::plain;

/// Publish a signed release of a plugin to a registry.
///
/// Checks, tests and packs the plugin, shows what is in the release, asks, signs, sends it, and fetches it
/// back to see that it is there as it was signed. The token comes from DAINO_TOKEN.
#[derive(Debug, clap::Args)]
pub(crate) struct PublishArgs {
    /// Directory of the plugin.
    #[arg(value_name = "PATH", default_value = ".")]
    path: PathBuf,
    /// Name or URL of the registry.
    #[arg(long, value_name = "NAME|URL")]
    registry: Option<String>,
    /// Namespace to publish under.
    #[arg(long, value_name = "NAME")]
    namespace: Option<String>,
    /// Name of the signing key. Default: the key of DAINO_SIGNING_KEY, else `default`.
    #[arg(long, value_name = "NAME")]
    key: Option<String>,
    /// Do not run the plugin's tests.
    #[arg(long)]
    no_test: bool,
    /// Do everything but sign and send.
    #[arg(long)]
    dry_run: bool,
}

pub(crate) fn run(args: PublishArgs, session: &Session) -> Result<ExitCode, Failure> {
    session.require_format(&["pretty", "json"])?;
    let dir = session.path(&args.path);
    let request = PublishRequest {
        settings: Settings::load(&dir)?,
        dir,
        registry: args.registry,
        namespace: args.namespace,
        key: args.key,
        no_test: args.no_test,
        dry_run: args.dry_run,
        offline: session.global.offline,
    };
    let plan = match session.block_on(publish::prepare(request, &session.ui, &session.ui))? {
        Prepared::Ready(plan) => *plan,
        Prepared::Refused(refusal) => return Ok(refuse(&refusal, session)),
    };
    if args.dry_run {
        session.ui.result(&plan.would_publish(), |outcome| {
            format!("{}\n{}", contents(&plan), page(outcome))
        });
        return Ok(ExitCode::Done);
    }
    session.ui.say(contents(&plan).trim_end());
    publish::confirm(&plan, session.global.yes, &session.ui)?;
    let outcome = session.block_on(publish::publish(&plan, &session.ui))?;
    session.ui.result(&outcome, page);
    Ok(ExitCode::Done)
}

fn refuse(refusal: &Refusal, session: &Session) -> ExitCode {
    session.ui.result(&serde_json::json!({ "refused": refusal }), |_| match refusal {
        Refusal::Findings(outcome) => outcome.render(Form::Pretty, session.ui.has_color()),
        Refusal::Tests(outcome) => outcome.render(ReportFormat::Pretty, session.global.verbose > 0),
    });
    session.ui.say("Nothing was published.");
    refusal.exit()
}

/// What is in the release, for the person who decides.
fn contents(plan: &PublishPlan) -> String {
    let mut text = format!("{} {}\n", plan.name, plan.version);
    for file in plan.files() {
        text.push_str(&format!("{:>10}  {}\n", file.size, plain(file.path.as_str())));
    }
    text.push_str(&format!(
        "{:>10}  bytes in {} files, {} packed\n\n",
        plan.unpacked_size,
        plan.files().len(),
        plan.size()
    ));
    text.push_str(&permissions(plan));
    text
}

/// What a shop that installs the plugin is asked for.
fn permissions(plan: &PublishPlan) -> String {
    if plan.asks.is_empty() {
        return "It asks for no permissions.\n".to_owned();
    }
    let words = plan.asks.iter().map(|words| format!("  - {}\n", plain(words)));
    format!("It asks shops to:\n{}", words.collect::<String>())
}

fn page(outcome: &PublishOutcome) -> String {
    let (name, version, registry) = (&outcome.name, &outcome.version, &outcome.registry);
    let head = match outcome.status {
        PublishStatus::Published => format!("Published {name} {version} to {registry}"),
        PublishStatus::AlreadyPublished => {
            format!("{name} {version} is published in {registry} already, and unchanged")
        }
        PublishStatus::WouldPublish => format!("Would publish {name} {version} to {registry}"),
    };
    let tests = match outcome.tests {
        TestsRun::Skipped => "not run (--no-test)".to_owned(),
        TestsRun::Passed { tests } => format!("{tests} passed"),
    };
    let ChecksRun { score, findings } = outcome.checks;
    let key = outcome.key.as_ref().map_or_else(|| "none".to_owned(), ToString::to_string);
    let mut text = format!(
        "{head}\n  archive   {}\n  content   {}\n  key       {key}\n  checks    score {score}, {findings} findings\n  tests     {tests}\n",
        outcome.archive, outcome.content
    );
    if outcome.verified {
        text.push_str(&format!(
            "  url       {}\n  verified  fetched back, signature and digests hold\n",
            outcome.url
        ));
    }
    text
}
