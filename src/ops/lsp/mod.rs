//! The language server: findings while a person writes, with quick fixes, the page of a rule under
//! the pointer, and the keys of `manifest.json`.
//!
//! Source: Language Server Protocol 3.17. Texts are changed piece by piece, positions count UTF-16 units. A plugin
//! is looked at as a whole, with the unsaved texts in place of the files, once nothing was written
//! for a moment.

mod actions;
mod complete;
mod documents;
mod hover;
mod json;
mod position;
mod server;
mod wire;

use crate::error::{ErrorCode, Failure};
use crate::model::ExitCode;

/// Codes of this module.
pub(crate) const CODES: &[&ErrorCode] = &[&PROTOCOL];

static PROTOCOL: ErrorCode = ErrorCode {
    id: "lsp.protocol",
    exit: ExitCode::Usage,
    meaning: "The other end does not speak the Language Server Protocol, or ended without `shutdown`.",
    remedy: "`daino-pdk lsp` is started by an editor, not by hand: docs/editors.md has the settings.",
};

/// Serves an editor over standard input and output until it says `exit`.
pub(crate) fn serve() -> Result<ExitCode, Failure> {
    let (connection, threads) = wire::open();
    let done = speak(&connection);
    drop(connection);
    let broken = |error: &dyn std::error::Error| {
        Failure::new(&PROTOCOL, format!("the editor broke off: {error}"))
    };
    // Why reading ended says more than that nobody spoke any more.
    threads.join().map_err(|error| broken(&error))?;
    let is_clean = done.map_err(|error| broken(&error))?;
    if is_clean {
        return Ok(ExitCode::Done);
    }
    Err(Failure::new(&PROTOCOL, "the editor ended without `shutdown`"))
}

/// From the first word to the last; whether `shutdown` came before the end.
fn speak(connection: &lsp_server::Connection) -> Result<bool, lsp_server::ProtocolError> {
    let (id, params) = connection.initialize_start()?;
    let answer = serde_json::json!({
        "capabilities": server::capabilities(),
        "serverInfo": { "name": "daino-pdk", "version": env!("CARGO_PKG_VERSION") },
    });
    connection.initialize_finish(id, answer)?;
    server::Server::new(connection, &params).run()
}
