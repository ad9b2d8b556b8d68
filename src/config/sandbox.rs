//! How far plugins must be confined: one choice for the whole run, made from the flag.

use std::sync::OnceLock;

/// What a plugin may run in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum SandboxMode {
    /// Every required layer, or the plugin does not run.
    #[default]
    Full,
    /// What this system has; the engine's and the broker's limits always hold.
    Reduced,
}

static CHOSEN: OnceLock<SandboxMode> = OnceLock::new();

/// Makes the choice for this run. The first one stays.
pub(crate) fn choose(mode: SandboxMode) {
    CHOSEN.get_or_init(|| mode);
}

/// What was chosen; the full sandbox when nothing was.
pub(crate) fn mode() -> SandboxMode {
    CHOSEN.get().copied().unwrap_or_default()
}
