//! `daino-pdk validate`.

use std::path::PathBuf;

use crate::cli::Session;
use crate::error::Failure;
use crate::model::{ExitCode, Severity};
use crate::ops::validate::{self, RuleList, ValidateRequest};
use crate::ui::plain;

/// Check a plugin: security, performance, compatibility, quality, manifest and packaging.
///
/// Nothing of the plugin is run. Exit code 1 means that there are findings at or over the threshold.
#[derive(Debug, clap::Args)]
pub(crate) struct ValidateArgs {
    /// Directory of the plugin.
    #[arg(value_name = "PATH", default_value = ".")]
    path: PathBuf,
    /// How strict: `audit` takes any tree of JavaScript and knows no plugin.
    #[arg(long, value_enum, value_name = "PROFILE", env = "DAINO_PROFILE", default_value_t)]
    profile: ProfileArg,
    /// Least weight that fails the run. Default: the profile's.
    #[arg(long, value_enum, value_name = "WEIGHT", env = "DAINO_FAIL_ON")]
    fail_on: Option<WeightArg>,
    /// Run only these rules.
    #[arg(long, value_name = "RULE", value_delimiter = ',', env = "DAINO_ONLY")]
    only: Vec<String>,
    /// Leave out these rules.
    #[arg(long, value_name = "RULE", value_delimiter = ',', env = "DAINO_SKIP")]
    skip: Vec<String>,
    /// Check against this version of the host instead of the one this program provides.
    #[arg(long, value_name = "VERSION", env = "DAINO_AGAINST_HOST")]
    against_host: Option<semver::Version>,
    /// Look for packages with known weaknesses: a folder of advisories in OSV's form.
    #[arg(long, value_name = "DIR", env = "DAINO_OSV")]
    osv: Option<PathBuf>,
    /// List the rules, and check nothing.
    #[arg(long, env = "DAINO_LIST_RULES")]
    list_rules: bool,
}

/// Profiles as typed.
#[derive(Debug, Clone, Copy, Default, clap::ValueEnum)]
enum ProfileArg {
    /// Fails on errors.
    #[default]
    Dev,
    /// As the registry checks: fails on errors, and on warnings about security.
    Store,
    /// Fails on warnings.
    Strict,
    /// Any tree of JavaScript; only rules about code.
    Audit,
}

/// Weights as typed.
#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum WeightArg {
    Info,
    Warning,
    Error,
    Critical,
}

pub(crate) fn run(args: ValidateArgs, session: &Session) -> Result<ExitCode, Failure> {
    if args.list_rules {
        session.require_format(&["pretty", "json"])?;
        session.ui.result(&validate::list(), listing);
        return Ok(ExitCode::Done);
    }
    session.require_format(validate::FORMATS)?;
    let request = ValidateRequest {
        dir: session.path(&args.path),
        profile: match args.profile {
            ProfileArg::Dev => validate::Profile::Dev,
            ProfileArg::Store => validate::Profile::Store,
            ProfileArg::Strict => validate::Profile::Strict,
            ProfileArg::Audit => validate::Profile::Audit,
        },
        fail_on: args.fail_on.map(|weight| match weight {
            WeightArg::Info => Severity::Info,
            WeightArg::Warning => Severity::Warning,
            WeightArg::Error => Severity::Error,
            WeightArg::Critical => Severity::Critical,
        }),
        only: args.only,
        skip: args.skip,
        host: args.against_host,
        osv: args.osv.map(|path| session.path(&path)),
    };
    let outcome = validate::validate(request, &session.ui)?;
    match session.global.format.as_str() {
        "json" => session.ui.result(&outcome, |_| String::new()),
        "pretty" => {
            let color = session.ui.has_color();
            let text = validate::pretty(&outcome, color, &|text| plain(text).into_owned());
            session.ui.raw(text.trim_end());
        }
        format => session.ui.raw(&validate::document(&outcome, format)),
    }
    Ok(if outcome.report.passed { ExitCode::Done } else { ExitCode::Negative })
}

fn listing(list: &RuleList) -> String {
    let mut text = String::new();
    for rule in &list.rules {
        let weight = format!("{:?}", rule.severity).to_lowercase();
        text.push_str(&format!("{:32} {weight:9} {}\n", rule.id, rule.summary));
    }
    text
}
