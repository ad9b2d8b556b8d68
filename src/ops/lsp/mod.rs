//! The language server: findings while a person writes, with quick fixes, the page of a rule under
//! the pointer, and the keys of `manifest.json`.
//!
//! Source: Language Server Protocol 3.17. Texts are sent whole, positions count UTF-16 units. A plugin
//! is looked at as a whole, with the unsaved texts in place of the files, once nothing was written
//! for a moment.

mod actions;
mod complete;
mod documents;
mod hover;
mod json;
mod position;
mod server;

use lsp_server::Connection;

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
    let (connection, threads) = Connection::stdio();
    let refuse = |error: lsp_server::ProtocolError| {
        Failure::new(&PROTOCOL, "the editor broke off").caused_by(&error)
    };
    let (id, params) = connection.initialize_start().map_err(refuse)?;
    let answer = serde_json::json!({
        "capabilities": server::capabilities(),
        "serverInfo": { "name": "daino-pdk", "version": env!("CARGO_PKG_VERSION") },
    });
    connection.initialize_finish(id, answer).map_err(refuse)?;
    let is_clean = server::Server::new(&connection, &params).run().map_err(refuse)?;
    drop(connection);
    threads
        .join()
        .map_err(|error| Failure::new(&PROTOCOL, "the editor broke off").caused_by(&error))?;
    if is_clean {
        return Ok(ExitCode::Done);
    }
    Err(Failure::new(&PROTOCOL, "the editor ended without `shutdown`"))
}
