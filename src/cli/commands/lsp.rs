//! `daino-pdk lsp`.

use crate::cli::Session;
use crate::error::Failure;
use crate::model::ExitCode;
use crate::ops::lsp;

/// Serve an editor: findings while you write, quick fixes, and the keys of manifest.json.
///
/// Speaks the Language Server Protocol over standard input and output.
#[derive(Debug, clap::Args)]
pub(crate) struct LspArgs {
    /// Does nothing; some editors pass it.
    #[arg(long, hide = true)]
    stdio: bool,
}

pub(crate) fn run(args: LspArgs, session: &Session) -> Result<ExitCode, Failure> {
    session.require_format(&["pretty"])?;
    // There is no other way to talk.
    let LspArgs { stdio: _ } = args;
    lsp::serve()
}
