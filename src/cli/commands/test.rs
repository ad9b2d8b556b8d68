//! `daino-pdk test`.

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use crate::cli::Session;
use crate::error::{ErrorCode, Failure};
use crate::model::ExitCode;
use crate::model::size::TimeLimit;
use crate::ops::test::{Suite, TestRequest, test};

/// Codes of this module.
pub(crate) const CODES: &[&ErrorCode] = &[&JUNIT];

static JUNIT: ErrorCode = ErrorCode {
    id: "cli.junit-file",
    exit: ExitCode::Usage,
    meaning: "The file given with `--junit` cannot be written.",
    remedy: "Give a path in an existing directory that you may write to.",
};

/// Run a plugin's tests in the sandbox.
#[derive(Debug, clap::Args)]
pub(crate) struct TestArgs {
    /// Directory of the plugin.
    #[arg(value_name = "PATH", default_value = ".")]
    path: PathBuf,
    /// Run the tests of one suite: a folder below `tests/`.
    #[arg(long, value_enum, default_value = "all")]
    suite: Suite,
    /// Run tests whose file or full name contains TEXT; names are joined by ` > `.
    #[arg(long, value_name = "TEXT", default_value = "")]
    filter: String,
    /// Stop a file that takes longer.
    #[arg(long, value_name = "TIME", default_value = "30s")]
    timeout: TimeLimit,
    /// Run at most N files at the same time. Default: one per processor.
    #[arg(long, value_name = "N")]
    jobs: Option<NonZeroUsize>,
    /// Write the report as JUnit XML to FILE, too.
    #[arg(long, value_name = "FILE")]
    junit: Option<PathBuf>,
}

pub(crate) fn run(args: TestArgs, session: &Session) -> Result<ExitCode, Failure> {
    session.require_format(&["pretty", "json", "junit"])?;
    let request = TestRequest {
        dir: session.path(&args.path),
        suite: args.suite,
        filter: args.filter,
        timeout: args.timeout.duration(),
        jobs: args.jobs,
        offline: session.global.offline,
    };
    let outcome = session.block_on(test(request, &session.ui))?;
    if let Some(file) = &args.junit {
        write_junit(&session.path(file), &outcome.junit())?;
    }
    if session.global.format == "junit" {
        session.ui.raw(outcome.junit().trim_end());
    } else {
        session.ui.result(&outcome, |o| o.pretty(session.global.verbose > 0));
    }
    Ok(outcome.exit())
}

fn write_junit(path: &Path, text: &str) -> Result<(), Failure> {
    std::fs::write(path, text).map_err(|cause| {
        Failure::new(&JUNIT, format!("cannot write `{}`", path.display())).caused_by(&cause)
    })
}
