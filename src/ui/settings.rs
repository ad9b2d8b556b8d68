//! How a run writes and asks, decided once from flags, environment and the terminal.

/// Form of the result on stdout.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum Format {
    /// Text for people.
    #[default]
    Pretty,
    /// One JSON document with `schema_version`.
    Json,
}

/// When to use colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum ColorChoice {
    /// On a terminal, unless `NO_COLOR` is set.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// How one run writes and asks.
#[derive(Debug, Clone, Default)]
pub struct UiSettings {
    /// Form of the result.
    pub format: Format,
    /// Only results, warnings and errors.
    pub quiet: bool,
    /// Number of `-v`.
    pub verbose: u8,
    /// Colour on stdout.
    pub color_stdout: bool,
    /// Colour on stderr.
    pub color_stderr: bool,
    /// Whether somebody can be asked.
    pub interactive: bool,
    /// Whether stderr is a terminal that can show bars.
    pub stderr_is_terminal: bool,
    /// Whether finished steps are told as lines (the quickstart's story).
    pub tells_steps: bool,
}

impl UiSettings {
    /// Whether progress bars are drawn.
    pub fn draws_bars(&self) -> bool {
        self.stderr_is_terminal && !self.quiet
    }
}
