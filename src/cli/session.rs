//! One run of the program: where it stands, how it talks, and its async runtime.

use std::future::Future;
use std::io::IsTerminal;
use std::path::PathBuf;

use super::GlobalArgs;
use crate::config::sandbox::{self, SandboxMode};
use crate::error::{ErrorCode, Failure};
use crate::model::ExitCode;
use crate::model::event::Tell;
use crate::ui::{ColorChoice, Ui, UiSettings};

/// Codes of this module.
pub(crate) const CODES: &[&ErrorCode] = &[&DIRECTORY, &INTERRUPTED, &RUNTIME, &FORMAT];

static DIRECTORY: ErrorCode = ErrorCode {
    id: "cli.directory",
    exit: ExitCode::Usage,
    meaning: "The directory given with `-C` cannot be used.",
    remedy: "Give an existing directory that you may read.",
};
static INTERRUPTED: ErrorCode = ErrorCode {
    id: "cli.interrupted",
    exit: ExitCode::Interrupted,
    meaning: "Ctrl-C stopped the command. What had begun was undone or is finished by the next run.",
    remedy: "Run the command again.",
};
static RUNTIME: ErrorCode = ErrorCode {
    id: "cli.runtime",
    exit: ExitCode::Bug,
    meaning: "The program could not start its own threads.",
    remedy: "Check the process and memory limits of this account (`ulimit -a`).",
};
static FORMAT: ErrorCode = ErrorCode {
    id: "cli.format",
    exit: ExitCode::Usage,
    meaning: "`--format` names a form this command cannot print.",
    remedy: "Use one of the forms the message lists.",
};

/// One run of the program.
pub(crate) struct Session {
    /// How it writes and asks.
    pub ui: Ui,
    /// The flags every command takes.
    pub global: GlobalArgs,
    /// The directory it works in, absolute.
    pub dir: PathBuf,
}

impl Session {
    /// Decides how this run talks, from flags, environment and terminal.
    pub(crate) fn new(global: &GlobalArgs) -> Result<Self, Failure> {
        let wrong_dir = |error: std::io::Error| {
            let shown = global.directory.clone().unwrap_or_default();
            Failure::new(&DIRECTORY, format!("cannot work in `{}`", shown.display()))
                .caused_by(&error)
        };
        let asked = global.directory.clone().unwrap_or_else(|| PathBuf::from("."));
        let dir = std::fs::canonicalize(&asked).map_err(wrong_dir)?;
        if !dir.is_dir() {
            return Err(Failure::new(
                &DIRECTORY,
                format!("`{}` is not a directory", asked.display()),
            ));
        }
        let ui = Ui::new(ui_settings(global));
        let mode = global.sandbox.unwrap_or_default();
        sandbox::choose(mode);
        if mode == SandboxMode::Reduced {
            ui.warn(
                "plugins may run in a reduced sandbox: where this system lacks a layer, only the \
                 engine's and the broker's limits confine them; `daino-pdk doctor --sandbox` shows \
                 which",
            );
        }
        Ok(Self { ui, global: global.clone(), dir })
    }

    /// `path` as seen from the directory this run works in.
    pub(crate) fn path(&self, path: &std::path::Path) -> PathBuf {
        self.dir.join(path)
    }

    /// Refuses a `--format` that is not in `known`.
    pub(crate) fn require_format(&self, known: &[&str]) -> Result<(), Failure> {
        if known.contains(&self.global.format.as_str()) {
            return Ok(());
        }
        let message = format!("`--format {}` is not known here", self.global.format);
        Err(Failure::new(&FORMAT, message).hint(format!("use one of: {}", known.join(", "))))
    }

    /// Runs async work to its end, or until Ctrl-C.
    pub(crate) fn block_on<T>(
        &self,
        work: impl Future<Output = Result<T, Failure>>,
    ) -> Result<T, Failure> {
        self.block_on_to_its_end(async {
            tokio::select! {
                result = work => result,
                _ = tokio::signal::ctrl_c() => Err(Failure::new(&INTERRUPTED, "interrupted")),
            }
        })
    }

    /// Runs async work to its end: it hears Ctrl-C itself, and stopping is its success.
    pub(crate) fn block_on_to_its_end<T>(
        &self,
        work: impl Future<Output = Result<T, Failure>>,
    ) -> Result<T, Failure> {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .map_err(|e| Failure::new(&RUNTIME, "cannot start the runtime").caused_by(&e))?;
        let result = runtime.block_on(work);
        runtime.shutdown_timeout(std::time::Duration::from_secs(2));
        result
    }
}

fn ui_settings(global: &GlobalArgs) -> UiSettings {
    let set = |name: &str| std::env::var_os(name).is_some_and(|v| !v.is_empty());
    let no_color = set("NO_COLOR");
    let color = |terminal: bool| match global.color {
        ColorChoice::Always => true,
        ColorChoice::Never => false,
        ColorChoice::Auto => terminal && !no_color,
    };
    let stderr_is_terminal = std::io::stderr().is_terminal();
    let asks = std::io::stdin().is_terminal() && stderr_is_terminal;
    UiSettings {
        format: global.result_format(),
        quiet: global.quiet,
        verbose: global.verbose,
        color_stdout: color(std::io::stdout().is_terminal()),
        color_stderr: color(stderr_is_terminal),
        interactive: asks && !global.non_interactive && !set("CI"),
        stderr_is_terminal: stderr_is_terminal && !set("CI"),
        tells_steps: false,
    }
}
